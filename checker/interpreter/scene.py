"""What one version of a policy can see of one order at `as_of`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property

from checker.interpreter.truth import NO, YES, Truth, Unknown, unknown
from checker.model.activity import SHOWN_BY, Activity, Observable
from checker.model.event import Event, Precision
from checker.model.finding import Reason
from checker.model.history import OrderHistory
from checker.model.policy import Policy

_INTERVAL = {Precision.MINUTE: timedelta(minutes=1), Precision.DAY: timedelta(days=1)}
_TICK = timedelta(microseconds=1)


# Not slotted: what every rule asks about the same order is found out once and kept.
@dataclass(frozen=True)
class Scene:
    """One order under one policy version. `events` are the visible ones, in canonical order."""

    policy: Policy
    history: OrderHistory
    events: tuple[Event, ...]
    as_of: datetime

    @cached_property
    def provisional(self) -> bool:
        """Whether a late event could still change a verdict: some source is not known to be complete up to `as_of`."""
        spans = self.history.observes.values()
        return not spans or any(span.end is None or span.end < self.as_of for span in spans)

    @cached_property
    def began_at(self) -> datetime | None:
        """When the order was created, None where the log does not show it."""
        return next((e.occurred_at for e in self.events if e.activity is Activity.ORDER_CREATED), None)

    @cached_property
    def activities(self) -> frozenset[Activity]:
        """Everything that is seen to have happened."""
        return frozenset([event.activity for event in self.events])

    @cached_property
    def stated(self) -> tuple[Event, ...]:
        """The events that state a status."""
        return tuple([event for event in self.events if "status" in event.attributes])


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
    needed, observes = _shown_by(activities), scene.history.observes
    hidden = [name.value for name in needed if name not in observes]
    if hidden:
        return Unknown(Reason.NOT_OBSERVED, tuple(hidden))
    began_at = scene.began_at if start is None else start
    if began_at is None:
        return Unknown(Reason.HISTORY_INCOMPLETE, (Activity.ORDER_CREATED.value,))
    cut = [name.value for name in needed if not shows(scene, name, began_at, end)]
    return Unknown(Reason.HISTORY_INCOMPLETE, tuple(cut)) if cut else None


@cache
def _shown_by(activities: tuple[Activity, ...]) -> tuple[Observable, ...]:
    """What a log must show for any of these activities to be seen in it."""
    return tuple(dict.fromkeys(SHOWN_BY[activity] for activity in activities))


def shows(scene: Scene, observable: Observable, start: datetime, end: datetime | None) -> bool:
    """Whether the log shows this kind of event from `start` to `end`, both inclusive; `end` None: however long."""
    span = scene.history.observes.get(observable)
    if span is None or (span.start is not None and span.start > start):
        return False
    return end is None or span.end is None or span.end >= end


def final_at(scene: Scene) -> datetime | None:
    """When the order reached the visible status that ended it, None while its latest one is no end."""
    stated = scene.stated
    ended = stated and stated[-1].attributes["status"] in scene.policy.market.final
    return stated[-1].occurred_at if ended else None
