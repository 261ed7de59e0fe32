"""Are moments and lengths of time read right from the command line?"""

from datetime import UTC, datetime, timedelta

import click
import pytest

from checker.cli.instant import span, time


def test_time():
    """A moment with an offset becomes UTC."""
    assert time("2026-01-31T10:00+09:00") == datetime(2026, 1, 31, 1, tzinfo=UTC)
    assert time("2026-01-31T10:00:00Z") == datetime(2026, 1, 31, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("2026-01-31", "`2026-01-31` has no UTC offset; write 2026-01-31T00:00+09:00 for Japan or"),
        ("yesterday", "`yesterday` is no time; expected ISO 8601 such as 2026-01-31T10:00+09:00"),
        ("9999-12-31T00:00Z", "is too far away; expected a year from 2000 to 2099"),
    ],
)
def test_bad_time(word, message):
    """What is no moment is refused with what to write."""
    with pytest.raises(click.BadParameter) as error:
        time(word)
    assert message in error.value.message


@pytest.mark.parametrize(
    ("word", "length"),
    [
        ("30min", timedelta(minutes=30)),
        ("5m", timedelta(minutes=5)),
        ("12h", timedelta(hours=12)),
        ("3d", timedelta(3)),
    ],
)
def test_span(word, length):
    """A number and a unit."""
    assert span(word) == length


@pytest.mark.parametrize("word", ["", "12", "-1h", "1.5h", "3w", "9999999d"])
def test_bad_span(word):
    """What is no length of time is refused."""
    with pytest.raises(click.BadParameter):
        span(word)
