"""When do people in Japan order, answer and ship?"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from itertools import accumulate
from random import Random

from checker.interpreter.workdays import nth_working_day
from checker.loading.policies.calendars import load_calendar
from checker.loading.policies.policy_files import CALENDARS, shipped_policies
from checker.model.deadline import Calendar

TOKYO = timezone(timedelta(hours=9))
"""Japan has no summer time, and a fixed offset is fast."""

SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=seconds) for seconds in (1, 60, 3600, 86_400))

FIRST_DAY = date(2025, 11, 1)
UNTIL = datetime(2026, 1, 31, 15, tzinfo=UTC)
"""The log knows everything up to here: the beginning of 1 February in Tokyo."""

DAYS = 92
READY_WITHIN_WORKING_DAYS = 3
_SALES = {(11, 11): 3.0, (12, 12): 3.0}
_HOURS = (5, 3, 2, 1, 1, 1, 2, 4, 5, 5, 6, 6, 8, 7, 6, 6, 6, 7, 8, 9, 12, 14, 13, 9)
_OPEN, _CLOSE = 9, 21


def _weight(day: date) -> float:
    return _SALES.get((day.month, day.day), 1.4 if day.weekday() >= 5 else 1.0)


_DAY_SUMS = tuple(accumulate(_weight(FIRST_DAY + number * DAY) for number in range(DAYS)))
_HOUR_SUMS = tuple(accumulate(_HOURS))
_MIDNIGHT = datetime.combine(FIRST_DAY, time(), TOKYO).astimezone(UTC)


def ordered_at(rng: Random, days: int) -> datetime:
    """When an order of the first so many days is placed: evenings, weekends and sales have most of them."""
    day = rng.choices(range(days), cum_weights=_DAY_SUMS[:days])[0]
    hour = rng.choices(range(24), cum_weights=_HOUR_SUMS)[0]
    return _MIDNIGHT + timedelta(days=day, seconds=hour * 3600 + rng.randrange(3600))


def after(rng: Random, start: datetime, least: timedelta, most: timedelta) -> datetime:
    """Any second from `least` to `most` after the start, both inclusive."""
    span = int((most - least).total_seconds())
    return start + least + timedelta(seconds=rng.randrange(span + 1))


def at_work(rng: Random, start: datetime, least: timedelta, most: timedelta) -> datetime:
    """The same while shops are open, if need be up to twelve hours later."""
    at = after(rng, start, least, most)
    hour = (at.hour + 9) % 24
    return at if _OPEN <= hour < _CLOSE else at + timedelta(hours=(_OPEN - hour) % 24)


def day_of(at: datetime) -> date:
    """The day in Tokyo."""
    return at.astimezone(TOKYO).date()


def midnight(day: date) -> datetime:
    """The first instant of a day in Tokyo."""
    return datetime.combine(day, time(), TOKYO).astimezone(UTC)


def shipping_due(paid_at: datetime) -> datetime:
    """The last second of the third working day after payment, in Tokyo."""
    return _last_second(day_of(paid_at))


@cache
def _last_second(paid_on: date) -> datetime:
    found = nth_working_day(_calendar(), paid_on, READY_WITHIN_WORKING_DAYS)
    assert found is not None  # noqa: S101 - the shipped calendar covers these years
    return midnight(found[0] + DAY) - SECOND


@cache
def _calendar() -> Calendar:
    return load_calendar(shipped_policies() / CALENDARS / "jp.yaml")
