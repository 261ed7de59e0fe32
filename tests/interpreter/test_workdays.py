"""Is the n-th working day the one that counting on one's fingers finds?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.interpreter.workdays import is_working, nth_working_day
from checker.model.deadline import Calendar

FROM, TO = date(2026, 1, 1), date(2026, 3, 31)
DAYS = [FROM + timedelta(days=n) for n in range((TO - FROM).days + 1)]


def calendar(days_off: frozenset[int], holidays: frozenset[date], working: frozenset[date]) -> Calendar:
    return Calendar("c", days_off, dict.fromkeys(holidays, "off"), working, FROM, TO, "a test")


CALENDARS = st.builds(
    calendar,
    st.frozensets(st.integers(0, 6)),
    st.frozensets(st.sampled_from(DAYS), max_size=20),
    st.frozensets(st.sampled_from(DAYS), max_size=5),
)


def works(of: Calendar, day: date) -> bool:
    return day in of.working or (day.weekday() not in of.days_off and day not in of.holidays)


def by_fingers(of: Calendar, start: date, count: int) -> date | None:
    """The working days at or after the start in a row; counting begins after the start."""
    later = [day for day in DAYS if day > start and works(of, day)]
    if count == 0:
        later = [day for day in DAYS if day >= start and works(of, day)]
        return later[0] if later else None
    return later[count - 1] if len(later) >= count else None


@given(CALENDARS, st.sampled_from(DAYS), st.integers(0, 40))
def test_the_nth_working_day(of: Calendar, start: date, count: int) -> None:
    """Weekends, holidays, worked Saturdays and the calendar's end come out as counted by hand."""
    found = nth_working_day(of, start, count)
    assert (None if found is None else found[0]) == by_fingers(of, start, count)


@given(CALENDARS, st.sampled_from(DAYS), st.integers(0, 40))
def test_holidays_passed_over(of: Calendar, start: date, count: int) -> None:
    """The holidays named lie between start and end, and nobody worked on them."""
    found = nth_working_day(of, start, count)
    if found is not None:
        end, skipped = found
        assert skipped == tuple(d for d in DAYS if start < d < end and d in of.holidays and d not in of.working)


@given(CALENDARS, st.sampled_from(DAYS), st.integers(1, 20))
def test_more_days_end_later(of: Calendar, start: date, count: int) -> None:
    """One working day more never ends earlier."""
    fewer, more = nth_working_day(of, start, count), nth_working_day(of, start, count + 1)
    if more is not None:
        assert fewer is not None
        assert fewer[0] < more[0]


@pytest.mark.parametrize("day", [FROM - timedelta(days=1), TO + timedelta(days=1)])
def test_outside_the_calendar(day: date) -> None:
    """Outside its range a calendar knows nothing, not even of a weekday."""
    of = calendar(frozenset(), frozenset(), frozenset())
    assert is_working(of, day) is None
    assert nth_working_day(of, day, 0) is None


def test_a_calendar_without_working_days_ends() -> None:
    """The search stops at the calendar's end and does not run for ever."""
    assert nth_working_day(calendar(frozenset(range(7)), frozenset(), frozenset()), FROM, 1) is None
