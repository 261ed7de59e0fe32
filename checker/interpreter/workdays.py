"""Which day is the n-th working day?"""

from datetime import date, timedelta

from checker.model.deadline import Calendar

_DAY = timedelta(days=1)


def is_working(calendar: Calendar, day: date) -> bool | None:
    """Whether people work on that day; None where the calendar does not cover it."""
    if not calendar.covers_from <= day <= calendar.covers_to:
        return None
    if day in calendar.working:
        return True
    return day.weekday() not in calendar.days_off and day not in calendar.holidays


def nth_working_day(calendar: Calendar, start: date, count: int) -> tuple[date, tuple[date, ...]] | None:
    """The `count`-th working day after `start`, and the holidays passed over; None where the calendar ends first.

    The day of `start` is not counted. A count of 0 is `start` itself, or the next working day after a day off.
    """
    day, left, skipped = start, count, list[date]()
    while (working := is_working(calendar, day)) is not None:
        if working and left == 0:
            return day, tuple(skipped)
        if day in calendar.holidays and day != start and not working:
            skipped.append(day)
        day += _DAY
        if is_working(calendar, day):
            left = max(left - 1, 0)
    return None
