"""Are instants, days and lengths of time written right?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from checker.model.activity import Activity
from checker.model.deadline import Duration, Unit
from checker.model.event import Actor, Event, Precision
from checker.reports.instants import Clock, duration, span

AS_OF = datetime(2025, 12, 5, tzinfo=UTC)
AT = datetime(2025, 12, 1, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "Mon 1 Dec 10:00 JST"), ("ja", "12月1日(月) 10:00 JST"), ("zh", "12月1日 周一 10:00 JST")],
)
def test_instant(lang, told):
    """An instant is local, with weekday and zone."""
    assert Clock(lang, "Asia/Tokyo", AS_OF).instant(AT) == told


def test_seconds():
    """Seconds and their parts are shown only where there are any."""
    clock = Clock("en", "Asia/Tokyo", AS_OF)
    assert clock.instant(AT.replace(second=2)) == "Mon 1 Dec 10:00:02 JST"
    assert clock.instant(AT.replace(microsecond=1)) == "Mon 1 Dec 10:00:00.000001 JST"


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "end of Mon 1 Dec JST"), ("ja", "12月1日(月) の終わり JST"), ("zh", "12月1日 周一 结束时 JST")],
)
def test_end_of_day(lang, told):
    """The last instant of a local day is its end."""
    assert Clock(lang, "Asia/Tokyo", AS_OF).instant(datetime(2025, 12, 1, 14, 59, 59, 999999, UTC)) == told


def test_year():
    """The year is said where it is not that of the audit, as the reader's zone counts years."""
    clock = Clock("en", "Asia/Tokyo", datetime(2025, 12, 31, 15, tzinfo=UTC))
    assert clock.instant(AT) == "Mon 1 Dec 2025 10:00 JST"
    assert clock.day(date(2026, 1, 1)) == "Thu 1 Jan"
    assert clock.dated(datetime(2026, 1, 1, tzinfo=UTC)) == "Thu 1 Jan 2026 09:00 JST"


def test_zone_without_letters():
    """A zone whose name is a number is told as an offset."""
    assert Clock("en", "Asia/Bangkok", AS_OF).instant(AT) == "Mon 1 Dec 08:00 UTC+07"


def test_coarse_event():
    """A time that is known to the day is not told more exactly."""
    event = Event("e", "o", Activity.DELIVERED, AT, Actor.CARRIER, {}, precision=Precision.DAY)
    clock = Clock("en", "Asia/Tokyo", AS_OF)
    assert clock.event_time(event) == "Mon 1 Dec (time unknown)"
    assert clock.time(event) == "--:--"


@pytest.mark.parametrize(
    ("length", "en", "ja", "zh"),
    [
        (timedelta(hours=1, minutes=20), "1 h 20 min", "1時間20分", "1小时20分"),
        (timedelta(days=2, hours=3, minutes=59), "2 d 3 h", "2日3時間", "2天3小时"),
        (timedelta(days=2, minutes=59), "2 d", "2日", "2天"),
        (timedelta(seconds=2), "2 s", "2秒", "2秒"),
        (timedelta(microseconds=1), "less than 1 s", "1秒未満", "不到1秒"),
        (-timedelta(minutes=5), "5 min", "5分", "5分"),
    ],
)
def test_span(length, en, ja, zh):
    """A length of time is told in its two largest units, without its sign."""
    assert (span("en", length), span("ja", length), span("zh", length)) == (en, ja, zh)


@pytest.mark.parametrize(
    ("unit", "amount", "en", "ja", "zh"),
    [
        (Unit.MINUTES, 30, "30 min", "30分", "30分钟"),
        (Unit.HOURS, 48, "48 h", "48時間", "48小时"),
        (Unit.CALENDAR_DAYS, 1, "1 calendar day", "1日（暦日）", "1个自然日"),
        (Unit.WORKING_DAYS, 2, "2 working days", "2営業日", "2个工作日"),
    ],
)
def test_duration(unit, amount, en, ja, zh):
    """A policy's length of time keeps the policy's unit."""
    length = Duration(unit, amount)
    assert tuple(duration(lang, length, amount) for lang in ("en", "ja", "zh")) == (en, ja, zh)
