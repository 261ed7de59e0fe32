"""When is it due?"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from checker.interpreter.scene import Scene, latest
from checker.interpreter.truth import Unknown
from checker.interpreter.workdays import is_working, nth_working_day
from checker.model.activity import Activity
from checker.model.deadline import (
    ByFact,
    Deadline,
    Duration,
    FromDeadline,
    FromFact,
    FromField,
    FromTrigger,
    Recorded,
    Unit,
)
from checker.model.event import Event, Precision, Value
from checker.model.finding import Due, DueStep, Reason

_TICK = timedelta(microseconds=1)


def due(scene: Scene, deadline: Deadline, trigger: Event, start_at: datetime | None = None) -> Due | Unknown:
    """The last instant still in time (inclusive), with its arithmetic, or why it cannot be known.

    Hours run on the clock. Days end at 23:59:59.999999 in the deadline's zone and do not count the day of the start.
    `start_at` stands in for the trigger's own time where that is coarse.
    """
    anchor = _anchor(scene, deadline, trigger, start_at or trigger.occurred_at)
    if isinstance(anchor, Unknown) or deadline.parameter is None:
        return _compared(scene, deadline, anchor, trigger)
    step = _step(scene, deadline.parameter, anchor.due_at)
    if isinstance(step, Unknown):
        return step
    chained = Due(step.due_at, step.timezone, (*anchor.steps, step), anchor.recorded, anchor.platform_due_at)
    return _compared(scene, deadline, chained, trigger)


def due_range(scene: Scene, deadline: Deadline, trigger: Event) -> tuple[Due, Due] | Unknown:
    """The earliest and the latest due time that the trigger can have: the same one unless its stamp is coarse."""
    first = due(scene, deadline, trigger)
    if isinstance(first, Unknown):
        return first
    last = first if trigger.precision is Precision.SECOND else due(scene, deadline, trigger, latest(trigger))
    return last if isinstance(last, Unknown) else (first, last)


def window_ends(scene: Scene, within: Deadline | None, trigger: Event) -> tuple[Due | Unknown | None, ...]:
    """The due time of an instance, or the earliest and the latest where a coarse stamp leaves it open.

    None: the source states no limit.
    """
    if within is None:
        return (None,)
    ends = due_range(scene, within, trigger)
    if isinstance(ends, Unknown):
        return (ends,)
    first, last = ends
    return (first,) if first == last else ends


def _compared(scene: Scene, deadline: Deadline, found: Due | Unknown, trigger: Event) -> Due | Unknown:
    """The due time beside the platform's own figure for the same duty, where the rule names one."""
    if isinstance(found, Unknown) or deadline.compare_with is None:
        return found
    own = recorded_deadline(scene, deadline.compare_with, trigger)
    return found if own is None else replace(found, platform_due_at=own)


def _anchor(scene: Scene, deadline: Deadline, trigger: Event, start_at: datetime) -> Due | Unknown:
    """Where the clock starts, as a due time without steps of its own."""
    match deadline.start:
        case FromTrigger():
            return _instant(scene, start_at, "occurred_at")
        case FromField(field):
            return _instant(scene, trigger.field(field), field)
        case FromFact(fact):
            return _instant(scene, scene.history.facts.get(fact), fact)
        case FromDeadline(earlier):
            return due(scene, earlier, trigger, start_at)
        case Recorded(name, otherwise):
            own = recorded_deadline(scene, name, trigger)
            if own is not None:
                return Due(own, scene.policy.timezone, recorded=name)
            if otherwise is None:
                return Unknown(Reason.FIELD_MISSING, (name,))
            fallback = due(scene, otherwise, trigger, start_at)
            return _also_missing(fallback, name) if isinstance(fallback, Unknown) else fallback
        case _:
            assert_never(deadline.start)


def _also_missing(cause: Unknown, name: str) -> Unknown:
    return Unknown(cause.reason, (*cause.missing, name))


def _instant(scene: Scene, value: Value | None, name: str) -> Due | Unknown:
    """An instant as it is; a day as its last instant in the policy's zone; anything else is missing."""
    match value:
        case datetime():
            return Due(value, scene.policy.timezone)
        case date():
            return Due(_end_of(value, ZoneInfo(scene.policy.timezone)), scene.policy.timezone)
        case _:
            return Unknown(Reason.FIELD_MISSING, (name,))


def recorded_deadline(scene: Scene, name: str, trigger: Event) -> datetime | None:
    """The platform's own deadline of that name: the latest one set and visible, else the order's fact.

    One that was set for a request counts for that request only.
    """
    for event in reversed(scene.events):
        if event.activity is not Activity.DEADLINE_SET or event.attributes.get("deadline_name") != name:
            continue
        if event.attributes.get("request_id") in (None, trigger.attributes.get("request_id")):
            value = event.attributes.get("due")
            return value if isinstance(value, datetime) else None
    fact = scene.history.facts.get(name)
    return fact if isinstance(fact, datetime) else None


def _step(scene: Scene, parameter: str, start_at: datetime) -> DueStep | Unknown:
    duration = scene.policy.parameters[parameter].value
    if not isinstance(duration, Duration):
        raise TypeError(f"`{parameter}` is no duration; the linter lets none through")
    amount = _amount(scene, duration, parameter)
    if isinstance(amount, Unknown):
        return amount
    zone = duration.timezone or scene.policy.timezone
    reached = _after(scene, duration, amount, start_at, ZoneInfo(zone))
    if isinstance(reached, Unknown):
        return reached
    due_at, skipped = reached
    return DueStep(start_at, duration, amount, due_at, zone, parameter, skipped)


def _amount(scene: Scene, duration: Duration, parameter: str) -> int | Unknown:
    amount = duration.amount
    if isinstance(amount, ByFact):
        fact = scene.history.facts.get(amount.fact)
        if fact is None:
            return Unknown(Reason.FIELD_MISSING, (amount.fact,))
        amount = amount.amounts.get(str(fact).lower() if isinstance(fact, bool) else str(fact))
    return Unknown(Reason.NOT_PUBLISHED, (parameter,)) if amount is None else amount


def _after(
    scene: Scene, duration: Duration, amount: int, start_at: datetime, zone: ZoneInfo
) -> tuple[datetime, tuple[date, ...]] | Unknown:
    """The end of the duration and the holidays it passed over."""
    match duration.unit:
        case Unit.MINUTES:
            return start_at + timedelta(minutes=amount), ()
        case Unit.HOURS:
            return start_at + timedelta(hours=amount), ()
        case Unit.CALENDAR_DAYS:
            return _end_of(start_at.astimezone(zone).date() + timedelta(days=amount), zone), ()
        case Unit.WORKING_DAYS:
            return _after_working_days(scene, duration, amount, start_at.astimezone(zone), zone)
        case _:
            assert_never(duration.unit)


def _after_working_days(
    scene: Scene, duration: Duration, amount: int, local: datetime, zone: ZoneInfo
) -> tuple[datetime, tuple[date, ...]] | Unknown:
    if duration.calendar is None:
        raise TypeError("working days without a calendar; the schema lets none through")
    calendar = scene.policy.calendars[duration.calendar]
    too_late = duration.cut_off is not None and (
        local.time() >= duration.cut_off or not is_working(calendar, local.date())
    )
    found = nth_working_day(calendar, local.date(), amount + too_late)
    if found is None:
        return Unknown(Reason.CALENDAR_ENDS, (calendar.id,))
    day, skipped = found
    return _end_of(day, zone), skipped


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    # The next day's beginning is one instant even where clocks go back over midnight and the last hour comes twice.
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC) - _TICK
