"""What one version of a policy can see of one order at `as_of`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from checker.interpreter.truth import NO, YES, Truth, Unknown, unknown
from checker.model.activity import SHOWN_BY, Activity, Observable
from checker.model.event import Event, Precision
from checker.model.finding import Reason
from checker.model.history import OrderHistory
from checker.model.policy import Policy

_INTERVAL = {Precision.MINUTE: timedelta(minutes=1), Precision.DAY: timedelta(days=1)}
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Scene:
    """One order under one policy version. `events` are the visible ones, in canonical order."""

    policy: Policy
    history: OrderHistory
    events: tuple[Event, ...]
    as_of: datetime

    @property
    def provisional(self) -> bool:
        """Whether a late event could still change a verdict: some source is not known to be complete up to `as_of`."""
        spans = self.history.observes.values()
        return not spans or any(span.end is None or span.end < self.as_of for span in spans)


def visible(history: OrderHistory, as_of: datetime) -> tuple[Event, ...]:
    """The events that had happened, and had been recorded where that is known, at `as_of` (inclusive)."""
    return tuple(
        event
        for event in history.events
        if event.occurred_at <= as_of and (event.recorded_at is None or event.recorded_at <= as_of)
    )


def latest(event: Event) -> datetime:
    """The last instant at which the event can have happened; its own time unless that is coarse."""
    if event.precision is Precision.SECOND:
        return event.occurred_at
    return event.occurred_at + _INTERVAL[event.precision] - _TICK


def order_unclear(one: Event, other: Event) -> bool:
    """Whether a coarse stamp leaves open which of two events came first."""
    if one.precision is Precision.SECOND and other.precision is Precision.SECOND:
        return False
    return one.occurred_at <= latest(other) and other.occurred_at <= latest(one)


def is_after(event: Event, instant: datetime) -> Truth:
    """Whether the event came after the instant (strictly); unknown where its coarse stamp contains the instant."""
    if event.occurred_at > instant:
        return YES
    return NO if latest(event) <= instant else unknown(Reason.TIME_TOO_COARSE, "occurred_at")


def unseen(
    scene: Scene, activities: tuple[Activity, ...], start: datetime | None, end: datetime | None
) -> Unknown | None:
    """Why absence of these activities between two instants proves nothing, or None where it does.

    `start` None asks for the order's whole past; then the order's creation must be in the log.
    `end` None asks for no watermark.
    """
    needed = tuple(dict.fromkeys(SHOWN_BY[activity] for activity in activities))
    hidden = tuple(name.value for name in needed if name not in scene.history.observes)
    if hidden:
        return Unknown(Reason.NOT_OBSERVED, hidden)
    began_at = _began_at(scene) if start is None else start
    if began_at is None:
        return Unknown(Reason.HISTORY_INCOMPLETE, (Activity.ORDER_CREATED.value,))
    cut = tuple(name.value for name in needed if not shows(scene, name, began_at, end))
    return Unknown(Reason.HISTORY_INCOMPLETE, cut) if cut else None


def shows(scene: Scene, observable: Observable, start: datetime, end: datetime | None) -> bool:
    """Whether the log shows this kind of event from `start` to `end`, both inclusive; `end` None: however long."""
    span = scene.history.observes.get(observable)
    if span is None or (span.start is not None and span.start > start):
        return False
    return end is None or span.end is None or span.end >= end


def _began_at(scene: Scene) -> datetime | None:
    return next((e.occurred_at for e in scene.events if e.activity is Activity.ORDER_CREATED), None)


def final_at(scene: Scene) -> datetime | None:
    """When the order reached the visible status that ended it, None while its latest one is no end."""
    stated = [event for event in scene.events if "status" in event.attributes]
    ended = stated and stated[-1].attributes["status"] in scene.policy.market.final
    return stated[-1].occurred_at if ended else None
