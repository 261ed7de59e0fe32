"""Which moment, and which length of time, does a word on the command line mean?"""

from datetime import UTC, datetime, timedelta

import click
import re2

YEARS = range(2000, 2100)
_SPAN = re2.compile(r"([0-9]{1,6})(min|m|h|d)")
_UNIT = {"m": timedelta(minutes=1), "min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def time(word: str | datetime) -> datetime:
    """The instant, aware UTC, of ISO 8601 with an offset; a time without one could be anybody's.

    Raises: click.BadParameter.
    """
    if isinstance(word, datetime):
        return word
    try:
        moment = datetime.fromisoformat(word)
    except ValueError:
        raise click.BadParameter(f"`{word}` is no time; expected ISO 8601 such as 2026-01-31T10:00+09:00") from None
    if moment.tzinfo is None:
        told = moment.isoformat(timespec="minutes")
        raise click.BadParameter(f"`{word}` has no UTC offset; write {told}+09:00 for Japan or {told}Z for UTC")
    if moment.year not in YEARS:
        raise click.BadParameter(f"`{word}` is too far away; expected a year from {YEARS[0]} to {YEARS[-1]}")
    return moment.astimezone(UTC)


def span(word: str | timedelta) -> timedelta:
    """The length of time: `30min`, `12h`, `3d`.

    Raises: click.BadParameter.
    """
    if isinstance(word, timedelta):
        return word
    found = _SPAN.fullmatch(word)
    if found is None:
        raise click.BadParameter(f"`{word}` is no length of time; expected one such as 30min, 12h or 3d")
    return int(found[1]) * _UNIT[found[2]]


INSTANT = time
SPAN = span
"""Types of options; the names of the functions are what `--help` shows."""
