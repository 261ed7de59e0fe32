"""Which moment does a word on the command line mean?"""

from datetime import UTC, datetime, timedelta

import click
import re2

_SPAN = re2.compile(r"([0-9]{1,6})(min|m|h|d)")
_UNIT = {"m": timedelta(minutes=1), "min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


class Instant(click.ParamType):
    """ISO 8601 with an offset; a time without one could be anybody's."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The instant, aware UTC."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"`{value}` is no time; expected ISO 8601 such as 2026-01-31T10:00+09:00", param, ctx)
        if moment.tzinfo is None:
            told = moment.isoformat(timespec="minutes")
            self.fail(f"`{value}` has no UTC offset; write {told}+09:00 for Japan or {told}Z for UTC", param, ctx)
        return moment.astimezone(UTC)


class Span(click.ParamType):
    """A length of time: `30min`, `12h`, `3d`."""

    name = "span"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The length of time."""
        if isinstance(value, timedelta):
            return value
        found = _SPAN.fullmatch(str(value))
        if found is None:
            self.fail(f"`{value}` is no length of time; expected one such as 30min, 12h or 3d", param, ctx)
        return int(found[1]) * _UNIT[found[2]]


INSTANT = Instant()
SPAN = Span()
