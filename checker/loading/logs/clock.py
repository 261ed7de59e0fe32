"""Which instant a wall clock of an export means: the order of day and month, and the zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import re2

from checker.loading.logs.options import DateOrder
from checker.loading.logs.record import BadRecord
from checker.model.error import EventLogError
from checker.model.event import Precision

STAMP = re2.compile(
    r"(\d{1,4})[/.\-年](\d{1,2})[/.\-月](\d{1,4})日?"
    r"(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:\s*([AaPp][Mm]))?)?"
)
ORDERS: dict[DateOrder, tuple[int, int, int]] = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}
BLANK = frozenset({"", "-", "0", "/"})


@dataclass(frozen=True, slots=True)
class WallClock:
    """Reads the local times of one file."""

    order: DateOrder
    zone: ZoneInfo

    def instant(self, value: object) -> tuple[datetime, Precision] | None:
        """The instant in UTC and how exactly it is known; None for a blank cell."""
        if isinstance(value, datetime):
            return value.replace(tzinfo=self.zone).astimezone(UTC), Precision.SECOND
        text = str(value or "").strip()
        if text in BLANK:
            return None
        match = STAMP.fullmatch(text)
        if match is None:
            raise BadRecord(f"`{text}` is no date and time", "expected such as 30/01/2026 08:00:00")
        return self._read(match.groups(), text)

    def _read(self, parts: tuple[str | None, ...], text: str) -> tuple[datetime, Precision]:
        year, month, day = (int(parts[place] or 0) for place in ORDERS[self.order])
        hour, minute, second = (int(part or 0) for part in parts[3:6])
        if parts[6]:
            hour = hour % 12 + (12 if parts[6].lower() == "pm" else 0)
        try:
            local = datetime(year, month, day, hour, minute, second, tzinfo=self.zone)
        except ValueError:
            hint = f"dates of this file are read as {self.order}; see --date-order"
            raise BadRecord(f"`{text}` is no date and time", hint) from None
        precision = Precision.SECOND if parts[5] else Precision.MINUTE if parts[3] else Precision.DAY
        return local.astimezone(UTC), precision


@dataclass(slots=True)
class _Seen:
    year_first: bool = False
    day_first: bool = False
    month_first: bool = False
    half_days: bool = False
    open: str | None = None

    def look(self, text: str) -> None:
        match = STAMP.fullmatch(text)
        if match is None:
            return
        first, second, third, *_, half = match.groups()
        self.half_days |= half is not None
        if len(first) == 4:
            self.year_first = True
        elif int(first) > 12:
            self.day_first = True
        elif int(second) > 12:
            self.month_first = True
        elif first != second and len(third) == 4:
            self.open = self.open or text

    def verdicts(self) -> set[DateOrder]:
        """What the values prove; only where they prove nothing the AM and PM of US-style exports decide."""
        proven: set[DateOrder] = set()
        proven |= {"ymd"} if self.year_first else set()
        proven |= {"dmy"} if self.day_first else set()
        proven |= {"mdy"} if self.month_first else set()
        return proven or ({"mdy"} if self.half_days else set())


def date_order(path: str, cells: Iterable[object], told: DateOrder | None) -> DateOrder:
    """The order of day and month in a file.

    Raises: EventLogError if the file does not decide it and nobody told, or if both disagree.
    """
    seen = _Seen()
    for cell in cells:
        if isinstance(cell, str):
            seen.look(cell.strip())
    proven = seen.verdicts()
    if len(proven) > 1:
        raise EventLogError(
            f"{path}: dates are written in several orders: {', '.join(sorted(proven))}; export it again"
        )
    if proven and told and told not in proven:
        raise EventLogError(f"{path}: dates are {proven.pop()}, not {told}; leave --date-order out")
    if not proven and seen.open and not told:
        raise EventLogError(f"{path}: `{seen.open}` can be read in two ways; say --date-order dmy or --date-order mdy")
    return told or (proven.pop() if proven else "dmy")
