"""Which events that several sources tell are one and the same."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from checker.loading.logs.record import Notice
from checker.model.activity import RANK, Activity
from checker.model.event import Actor, Event, Precision, SourceRef

TOLERANCE = timedelta(seconds=2)
WIDTHS = {Precision.SECOND: TOLERANCE, Precision.MINUTE: timedelta(minutes=1), Precision.DAY: timedelta(days=1)}
LOOK_BACK = 8  # groups of one activity that an event without a request id is compared with

ONCE = frozenset({Activity.ORDER_CREATED, Activity.PAYMENT_SUCCEEDED, Activity.COMPLETED})
SOURCE_RANK = {"cancellation": 0, "return": 0, "message": 0, "order": 1, "canonical": 3, "export": 4}
WEBHOOK_RANK = 2

# Times that are only an upper bound: the moment of a push, or of the latest change of a cancellation.
INEXACT = frozenset(
    {
        ("webhook:11", Activity.CANCEL_APPROVED),
        ("webhook:11", Activity.CANCEL_CLOSED),
        ("webhook:11", Activity.ORDER_CANCELLED),
        ("cancellation", Activity.ORDER_CANCELLED),
    }
)

Contradiction = tuple[SourceRef, Notice]


@dataclass(slots=True)
class _Groups:
    """Events of one order, grouped as they come, earliest first."""

    groups: list[list[Event]] = field(default_factory=list)
    by_id: dict[str, list[Event]] = field(default_factory=dict)
    by_request: dict[tuple[Activity, object], list[Event]] = field(default_factory=dict)
    recent: dict[Activity, list[list[Event]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, event: Event) -> None:
        group = self.by_id.get(event.event_id)
        if group is None or group[0].activity is not event.activity:
            group = self._same(event)
        if group is None:
            group = []
            self.groups.append(group)
            self.recent[event.activity].append(group)
        group.append(event)
        self.by_id[event.event_id] = group
        if request := event.attributes.get("request_id"):
            self.by_request[event.activity, request] = group

    def _same(self, event: Event) -> list[Event] | None:
        """The group that tells of the same occurrence."""
        recent = self.recent[event.activity]
        if event.activity in ONCE:
            return recent[0] if recent else None
        request = event.attributes.get("request_id")
        named = self.by_request.get((event.activity, request)) if request else None
        if named is not None and _one_time(event, named[0]):
            return named
        return next((group for group in reversed(recent[-LOOK_BACK:]) if _alike(event, group)), None)


def _alike(event: Event, group: Sequence[Event]) -> bool:
    first = group[0]
    if not _near(first, event):
        return False
    mine, theirs = event.attributes, first.attributes
    request, other = mine.get("request_id"), next((r for e in group if (r := e.attributes.get("request_id"))), None)
    if request is not None and other is not None and request != other:
        return False
    if event.activity is Activity.MESSAGE_SENT and (event.actor is not first.actor or _one_file(event, group)):
        return False  # people do say the same thing twice
    return all(mine.get(name) == theirs.get(name) for name in DETAILS.get(event.activity, ()))


def _one_file(event: Event, group: Sequence[Event]) -> bool:
    paths = {ref.path for ref in event.refs}
    return any(ref.path in paths for other in group for ref in other.refs)


DETAILS = {
    Activity.STATUS_CHANGED: ("status",),
    Activity.DEADLINE_SET: ("deadline_name", "due"),
    Activity.MESSAGE_SENT: ("text", "message_type"),
    Activity.NOTIFICATION_SENT: ("channel", "text"),
    Activity.PACKAGE_UPDATED: ("change",),
    Activity.RETURN_STATUS_CHANGED: ("return_status",),
    Activity.REFUND_SUCCEEDED: ("refund_id",),
}


def _near(one: Event, other: Event) -> bool:
    early, late = (one, other) if one.occurred_at <= other.occurred_at else (other, one)
    gap = late.occurred_at - early.occurred_at
    return gap <= TOLERANCE or gap < WIDTHS[early.precision]


def is_exact(event: Event) -> bool:
    """Whether the time is that of the occurrence, not an upper bound of it."""
    return (event.refs[0].source if event.refs else "", event.activity) not in INEXACT


def _one_time(one: Event, other: Event) -> bool:
    return _near(one, other) or not (is_exact(one) and is_exact(other))


def merged(events: Iterable[Event]) -> tuple[list[Event], list[Contradiction]]:
    """The events of one order, each once, in canonical order, and what sources say differently."""
    found = _Groups()
    for event in sorted(events, key=_occurred_at):
        found.add(event)
    _join_whole_cancellation(found.groups)
    contradictions: list[Contradiction] = []
    once = [group[0] if len(group) == 1 else _combined(group, contradictions) for group in found.groups if group]
    once.sort(key=canonical_order)
    return once, contradictions


def canonical_order(event: Event) -> tuple[datetime, int]:
    """What events of one order are sorted by; equal ones keep their place in the log."""
    return event.occurred_at, RANK[event.activity]


def _occurred_at(event: Event) -> datetime:
    return event.occurred_at


def _join_whole_cancellation(groups: list[list[Event]]) -> None:
    """Ties the cancellation of the whole order, which has no request id, to the request that it ended.

    With several requests that is the one decided within seconds of it, else the last.
    """
    cancelled = [group for group in groups if group and group[0].activity is Activity.ORDER_CANCELLED]
    whole = [group for group in cancelled if not _keys(group)]
    named = [group for group in cancelled if any("request_id" in event.attributes for event in group)]
    for group in whole:
        target = next((other for other in named if _near(other[0], group[0])), named[-1] if named else whole[0])
        if target is not group and (target is whole[0] or not is_exact(target[0]) or _near(target[0], group[0])):
            target.extend(group)
            group.clear()


def _keys(group: Sequence[Event]) -> bool:
    return any("request_id" in event.attributes or "line_item_ids" in event.attributes for event in group)


def _preference(event: Event) -> tuple[bool, bool, int, datetime]:
    source = event.refs[0].source if event.refs else ""
    rank = WEBHOOK_RANK if source.startswith("webhook") else SOURCE_RANK.get(source, 3)
    return not is_exact(event), event.precision is not Precision.SECOND, rank, event.occurred_at


def _combined(group: list[Event], contradictions: list[Contradiction]) -> Event:
    group.sort(key=_preference)
    best = group[0]
    attributes = {name: value for event in reversed(group) for name, value in event.attributes.items()}
    recorded = [event.recorded_at for event in group if event.recorded_at]
    contradictions += _contradictions(best, group)
    return replace(
        best,
        actor=_actor(group),
        attributes=attributes,
        recorded_at=min(recorded) if recorded else None,
        inferred=all(event.inferred for event in group),
        refs=tuple(dict.fromkeys(ref for event in group for ref in event.refs)),
    )


def _actor(group: Sequence[Event]) -> Actor:
    """Who acted, by the best source that knows; what is inferred counts last, and operator says more than platform."""
    known = [
        event.actor for event in sorted(group, key=lambda event: event.inferred) if event.actor is not Actor.UNKNOWN
    ]
    if not known:
        return Actor.UNKNOWN
    return Actor.OPERATOR if known[0] is Actor.PLATFORM and Actor.OPERATOR in known else known[0]


def _contradictions(best: Event, group: Sequence[Event]) -> Iterable[Contradiction]:
    what = f"order `{best.order_id}`: {best.activity}"
    seen = best.refs[0].source if best.refs else "another record"
    for event in group[1:]:
        ref = event.refs[0] if event.refs else SourceRef("unknown", "")
        if is_exact(event) and not _near(best, event):
            said = f"{event.occurred_at:%Y-%m-%d %H:%M:%S}Z here, {best.occurred_at:%Y-%m-%d %H:%M:%S}Z in {seen}"
            yield ref, Notice(f"{what} at {said}", f"the time of {seen} was used; is a time zone wrong?")
        if _opposed(best.actor, event.actor):
            said = f"by {event.actor} here, by {best.actor} in {seen}"
            yield ref, Notice(f"{what} {said}", f"{best.actor} was used")
        mine, theirs = best.attributes.get("reason"), event.attributes.get("reason")
        if mine is not None and theirs is not None and mine != theirs:
            yield ref, Notice(f"{what} for `{theirs}` here, for `{mine}` in {seen}", f"`{mine}` was used")


def _opposed(one: Actor, other: Actor) -> bool:
    platform = {Actor.PLATFORM, Actor.OPERATOR}
    return one is not other and Actor.UNKNOWN not in (one, other) and not {one, other} <= platform
