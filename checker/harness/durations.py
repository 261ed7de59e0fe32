"""In which small ways could a duration be wrong?"""

from collections.abc import Iterator
from dataclasses import replace

from checker.model.deadline import ByFact, Duration, Unit

Slip = tuple[str, str, str, Duration]
"""Operator, what it says, a word to find its line by, and the duration that results."""


def duration_changes(duration: Duration, calendar: str | None) -> Iterator[Slip]:
    """One unit more and less, one minute more and less on the clock, and each unit in place of another.

    An unpublished amount has no slips.
    """
    match duration.amount:
        case None:
            return
        case ByFact(fact, amounts):
            for value, amount in amounts.items():
                for changed in () if amount is None else (amount + 1, amount - 1):
                    by_fact = ByFact(fact, {**amounts, value: changed})
                    yield "duration", f"{value} {changed}", f"{value}:", replace(duration, amount=by_fact)
        case int(amount):
            for changed in (amount + 1, amount - 1):
                said = f"{changed} {duration.unit.value}"
                yield "duration", said, duration.unit.value, replace(duration, amount=changed)
            yield from _minutes(duration, amount)
    yield from _units(duration, calendar)


def _minutes(duration: Duration, amount: int) -> Iterator[Slip]:
    if duration.unit is Unit.HOURS:
        for minutes in (amount * 60 + 1, amount * 60 - 1):
            changed = replace(duration, unit=Unit.MINUTES, amount=minutes)
            yield "duration", f"{minutes} minutes", "hours", changed


def _units(duration: Duration, calendar: str | None) -> Iterator[Slip]:
    match duration.unit, duration.amount:
        case (Unit.HOURS, int(amount)):
            days = max(1, amount // 24)
            yield "unit", f"{days} calendar days", "hours", replace(duration, unit=Unit.CALENDAR_DAYS, amount=days)
        case (Unit.CALENDAR_DAYS, amount):
            if isinstance(amount, int):
                yield "unit", f"{amount * 24} hours", "days", replace(duration, unit=Unit.HOURS, amount=amount * 24)
            if calendar is not None:
                working = replace(duration, unit=Unit.WORKING_DAYS, calendar=calendar)
                yield "unit", "working days", "calendar_days", working
        case (Unit.WORKING_DAYS, _):
            days_off = replace(duration, unit=Unit.CALENDAR_DAYS, calendar=None, cut_off=None)
            yield "unit", "calendar days", "working_days", days_off
