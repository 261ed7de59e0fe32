"""What all records together say, before the events of one order are merged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

import orjson

from checker.loading.logs.reasons import published_codes
from checker.loading.logs.record import Coverage, Facts, Item, Link, Notice, Page, Place, Record
from checker.loading.logs.sources.canonical import SOURCE as CANONICAL
from checker.loading.logs.statuses import STATUSES
from checker.model.event import Event, Value
from checker.model.report import DataProblem, Tally

RAW_SHOWN, REASON_SHOWN = 200, 300
PROBLEMS_KEPT = 10_000

Told = tuple[str, str, Facts]
"""Facts of an order, after the format and the path that they come from."""
Ends = tuple[datetime, datetime]
"""The first and the last of several instants."""
Buyers = Mapping[str, tuple[str, ...]]
"""The orders of each buyer."""

UNLISTED = Notice("more records could not be used than are listed", "--quarantine writes every one to a file")


@dataclass(slots=True)
class Written:
    """What one file of canonical rows is about: its orders, what it declares to show, and where it was taken from.

    A file that `declares` anything shows nothing beyond that, be the row that says so here or in another part.
    """

    orders: set[str] = field(default_factory=set)
    coverage: list[Coverage] = field(default_factory=list)
    sources: dict[str, Ends] = field(default_factory=dict)
    declares: bool = False

    def add(self, record: Record) -> None:
        """Takes in one row."""
        self.coverage += record.coverage
        self.declares |= bool(record.coverage)
        for facts in record.facts:
            self.orders.add(facts.order_id)
        for event in record.events:
            self.orders.add(event.order_id)
            self.saw(event.refs[0].source, event.recorded_at or event.occurred_at)

    def saw(self, source: str, at: datetime) -> None:
        """A source told of something at a moment."""
        first, last = self.sources.get(source, (at, at))
        if not first < at < last:
            self.sources[source] = (min(first, at), max(last, at))


def unknown_reason(code: Value) -> Notice:
    """What is odd about a code that no published list has."""
    return Notice(f"unknown reason code `{code}`", "it was kept; no published list has it")


def unknown_status(status: Value) -> Notice:
    """What is odd about a status that the platform does not have."""
    return Notice(f"unknown status `{status}`", "it was kept; rules know no such state")


@dataclass(slots=True)
class Collection:
    """Everything read so far; `buyers` where more orders are known than these records tell of."""

    quarantine: IO[bytes] | None = None
    buyers: Buyers | None = None
    events: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))
    coverage: list[Coverage] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    unlinked: list[tuple[Event, bool]] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    pushes: dict[str, Ends] = field(default_factory=dict)
    sources: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    canonical: dict[str, Written] = field(default_factory=lambda: defaultdict(Written))
    problems: list[DataProblem] = field(default_factory=list)
    notices: dict[tuple[str, Notice], tuple[int | None, int]] = field(default_factory=dict)
    seen: dict[str, tuple[int, Place]] = field(default_factory=dict)
    has_loose_chats: bool = False
    used: int = 0
    duplicates: int = 0
    ignored: int = 0
    quarantined: int = 0

    @property
    def tally(self) -> Tally:
        """The account of all records."""
        read = self.used + self.duplicates + self.ignored + self.quarantined
        return Tally(read, self.used, self.duplicates, self.ignored, self.quarantined)

    def add(self, items: Iterable[Item]) -> None:
        """Takes in the items of a file."""
        for item in items:
            if isinstance(item, Page):
                self.pages.append(item)
            else:
                self._add_record(item)

    def _add_record(self, record: Record) -> None:
        if record.rejected is not None:
            self._reject(record, record.rejected)
            return
        if record.identity is not None and self._is_again(record, record.identity):
            return
        self._note(record)
        self._take(record)
        if record.events or record.facts or record.coverage or record.links:
            self.used += 1
        else:
            self.ignored += 1

    def _is_again(self, record: Record, identity: str) -> bool:
        """Whether a record of that identity was there before; its places are kept if it says the same."""
        first = self.seen.setdefault(identity, (record.fingerprint, record.place))
        if first[1] is record.place:
            return False
        if first[0] == record.fingerprint:
            self.duplicates += 1
            self._take(record, again=True)
        else:
            where = f"{first[1].path}:{first[1].line or first[1].pointer}"
            notice = Notice(f"the id `{identity}` stands at {where} with other content", "the first one was used")
            self._reject(record, notice)
        return True

    def _take(self, record: Record, *, again: bool = False) -> None:
        path = record.place.path
        self.sources[path][record.source] = None
        for event in record.events:
            if event.order_id:
                self.events[event.order_id].append(event)
            else:
                self.unlinked.append((event, not again))
        for facts in record.facts:
            self.facts[facts.order_id].append((record.source, path, facts))
        self.links += record.links
        if record.source == CANONICAL:
            self.canonical[path].add(record)
        else:
            self.coverage += record.coverage
        if at := record.pushed_at:
            first, last = self.pushes.get(record.source, (at, at))
            self.pushes[record.source] = (min(first, at), max(last, at))

    def _note(self, record: Record) -> None:
        for event in record.events:
            reason = event.attributes.get("reason")
            if reason is not None and reason not in published_codes():
                self.note(record.place, unknown_reason(reason))
            self._note_status(record.place, event.attributes.get("status"))
        for facts in record.facts:
            self._note_status(record.place, facts.values.get("status"))
        for notice in record.notices:
            self.note(record.place, notice)

    def _note_status(self, place: Place, status: Value | None) -> None:
        if status is not None and status not in STATUSES:
            self.note(place, unknown_status(status))

    def note(self, place: Place, notice: Notice, count: int = 1) -> None:
        """Keeps a notice once per file, with the first line and how often it came."""
        if len(self.notices) >= PROBLEMS_KEPT and (place.path, notice) not in self.notices:
            notice = Notice("more is odd than is listed", "mend what is listed first")
        line, before = self.notices.get((place.path, notice), (place.line, 0))
        if line is not None and place.line is not None:
            line = min(line, place.line)
        self.notices[place.path, notice] = (line, before + count)

    def _reject(self, record: Record, notice: Notice) -> None:
        self.quarantined += 1
        place, raw = record.place, record.raw
        path = f"{place.path}#{place.pointer}" if place.pointer else place.path
        if len(self.problems) < PROBLEMS_KEPT:
            reason = notice.reason[:REASON_SHOWN]
            self.problems.append(DataProblem(path, place.line, reason, notice.hint, raw[:RAW_SHOWN]))
        else:
            self.note(Place(place.path, place.line), UNLISTED)
        if self.quarantine is not None:
            row = {"path": place.path, "line": place.line, "pointer": place.pointer, "reason": notice.reason}
            self.quarantine.write(orjson.dumps(row | {"hint": notice.hint, "raw": raw}) + b"\n")

    def absorb(self, part: "Collection") -> None:
        """Takes over the account of other records of the same log: the tally, and what was wrong or odd."""
        self.used, self.duplicates = self.used + part.used, self.duplicates + part.duplicates
        self.ignored, self.quarantined = self.ignored + part.ignored, self.quarantined + part.quarantined
        self.problems = (self.problems + part.problems)[:PROBLEMS_KEPT]
        for (path, notice), (line, count) in part.notices.items():
            self.note(Place(path, line), notice, count)
        for path, names in part.sources.items():
            self.sources[path] |= names

    def all_problems(self) -> tuple[DataProblem, ...]:
        """Rejected records first, then what was odd but usable."""
        odd = (
            DataProblem(
                path, line, notice.reason[:REASON_SHOWN] + (f" ({count} times)" if count > 1 else ""), notice.hint
            )
            for (path, notice), (line, count) in self.notices.items()
        )
        return (*self.problems, *odd)
