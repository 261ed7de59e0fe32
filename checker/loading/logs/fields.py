"""What one field of a native JSON object holds: ids, instants, texts."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import re2

from checker.loading.logs.record import BadRecord, Notice

ABSENT = frozenset({"", "-", "0"})
FIRST, LAST = 946_684_800, 4_102_444_800  # the years 2000 to 2099: outside, the number is no time of an order
MILLISECONDS_FROM = 100_000_000_000
DIGITS = re2.compile(r"[0-9]{1,30}")
ROUNDED = re2.compile(r"[0-9]+\.0*|[0-9](\.[0-9]+)?[eE]\+[0-9]+")
UNIX = datetime(1970, 1, 1, tzinfo=UTC)

MANGLED_HINT = "a spreadsheet or a JSON reader has rounded it; export again and keep the id column as text"


def from_unix(number: int) -> tuple[datetime, bool]:
    """The instant of a Unix time, and whether it was in milliseconds (from 1e11 on) rather than seconds."""
    milli = number >= MILLISECONDS_FROM
    seconds = number // 1000 if milli else number
    if not FIRST <= seconds < LAST:
        raise BadRecord(f"`{number}` is no plausible time", "expected Unix seconds between the years 2000 and 2099")
    return UNIX + timedelta(milliseconds=number if milli else number * 1000), milli


def identifier(value: object, name: str) -> str | None:
    """The id as text, without the tabs of exports; None where it is absent."""
    if isinstance(value, str) and value.isdecimal() and value != "0":
        return value  # nearly always
    if value is None or value is False:
        return None
    if isinstance(value, float) or value is True:
        raise BadRecord(f"`{name}` is the number `{value}`, not an exact id", MANGLED_HINT)
    if not isinstance(value, str | int):
        raise BadRecord(f"`{name}` is not an id", "expected digits as text")
    text = str(value).strip()
    if ROUNDED.fullmatch(text):
        raise BadRecord(f"`{name}` is `{text}`, not an exact id", MANGLED_HINT)
    return None if text in ABSENT else text


class Fields:
    """One JSON object, read field by field; what is odd but usable is collected in `notices`."""

    __slots__ = ("data", "notices")

    def __init__(self, data: object, notices: list[Notice] | None = None) -> None:
        if not isinstance(data, Mapping):
            raise BadRecord("this is not a JSON object", "expected an object with named fields")
        self.data: Mapping[str, Any] = data
        self.notices = [] if notices is None else notices

    def note(self, reason: str, hint: str) -> None:
        """Keeps something odd for the reader."""
        self.notices.append(Notice(reason, hint))

    def instant(self, name: str) -> datetime | None:
        """The instant of a Unix time; 0, null, blank and `-` mean unknown or not yet."""
        value = self.data.get(name)
        if isinstance(value, str):
            value = value.strip()
            value = None if value in ABSENT else int(value) if DIGITS.fullmatch(value) else value
        if value is None or value == 0:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadRecord(f"`{name}` is `{value}`, no Unix time", "expected whole seconds since 1970")
        moment, milli = from_unix(value)
        if milli:
            self.note(f"`{name}` is in milliseconds", "it was read as such; TikTok sends seconds here")
        return moment

    def identifier(self, name: str) -> str | None:
        """The id, as text."""
        value = self.data.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value:
            self.note(f"`{name}` is a number, not text", "it was read exactly, but other JSON readers round such ids")
        return identifier(value, name)

    def required(self, name: str) -> str:
        """The id, which must be there."""
        found = self.identifier(name)
        if found is None:
            raise BadRecord(f"missing field `{name}`", "a record without it cannot be tied to anything")
        return found

    def text(self, name: str) -> str | None:
        """The text; blank is absent."""
        value = self.data.get(name)
        return value if isinstance(value, str) and value.strip() else None

    def flag(self, name: str) -> bool | None:
        """True or false, or None where it is not said."""
        value = self.data.get(name)
        return value if isinstance(value, bool) else None

    def child(self, name: str) -> "Fields":
        """The object in a field; an empty one where it is absent."""
        value = self.data.get(name)
        return Fields(value if isinstance(value, Mapping) else {}, self.notices)

    def children(self, name: str) -> tuple["Fields", ...]:
        """The objects in a list; empty where it is absent."""
        value = self.data.get(name)
        rows = value if isinstance(value, list) else ()
        return tuple(Fields(row, self.notices) for row in rows if isinstance(row, Mapping))
