"""Is the calendar one that calendars read?"""

from dataclasses import replace
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from checker.model.finding import Reason
from checker.reports.icalendar import render
from checker.reports.view import View


def calendar(report, within=None, **view):
    return Calendar.from_ical(b"".join(render(report, View(**view), within)))


def todos(report, within=None):
    return calendar(report, within).walk("VTODO")


def test_a_to_do_for_each_deadline(made):
    """The duty that is running is a to-do, due in its own zone; nothing else is one."""
    (todo,) = todos(made.report())
    assert todo["DUE"].dt == made.AHEAD_AT
    assert (todo["DUE"].params["TZID"], todo["DTSTAMP"].dt, todo["STATUS"]) == (
        "Asia/Tokyo",
        made.AS_OF,
        "NEEDS-ACTION",
    )
    assert todo["SUMMARY"] == "The seller answers within 48 hours · order 582300000000000103"
    assert (todo["PRIORITY"], todo["CATEGORIES"].to_ical()) == (3, b"seller")


def test_uid_outlives_the_run(made):
    """The same case has the same UID in a later run; of two cases each has its own."""
    open_ = made.every_reason()[Reason.OPEN]
    other = replace(open_, subject_id="9")
    later = replace(made.report(open_), as_of=made.AS_OF + timedelta(hours=1))
    one, two = todos(made.report(open_, other))
    assert todos(later)[0]["UID"] == one["UID"] != two["UID"]


def test_zone_is_defined(made):
    """The calendar carries the rules of its zone, so that nobody has to guess."""
    (zone,) = calendar(made.report()).walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Tokyo"
    assert zone.to_tz().utcoffset(made.AS_OF.replace(tzinfo=None)) == timedelta(hours=9)


def test_last_microsecond_of_a_day_stays_that_day(made):
    """A deadline at the end of a day is 23:59:59, never the next day."""
    open_ = made.every_reason()[Reason.OPEN]
    end = made.AS_OF.astimezone(ZoneInfo("Asia/Tokyo")).replace(hour=23, minute=59, second=59, microsecond=999999)
    due = replace(open_.evidence.due, due_at=end.astimezone(UTC))
    (todo,) = todos(made.report(replace(open_, evidence=replace(open_.evidence, due=due))))
    assert todo["DUE"].dt.isoformat() == "2025-12-03T23:59:59+09:00"


@pytest.mark.parametrize(("hours", "count"), [(11, 0), (12, 1)])
def test_within(made, hours, count):
    """Only what is due in so long is there, inclusive."""
    assert len(todos(made.report(), timedelta(hours=hours))) == count


def test_no_line_can_be_smuggled_in(made):
    """Line ends in an order id stay text, and lines are folded at 75 octets as RFC 5545 wants."""
    hostile = replace(made.every_reason()[Reason.OPEN], subject_id="1\r\nEND:VTODO\nBEGIN:VALARM" + "長" * 90)
    text = b"".join(render(made.report(hostile), View(lang="ja"), None))
    assert text.count(b"END:VTODO\r\n") == 1
    assert b"\r\nBEGIN:VALARM" not in text
    assert max(map(len, text.split(b"\r\n"))) <= 75
