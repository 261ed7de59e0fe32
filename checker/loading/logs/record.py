"""What one record of a log says, before the records of all files become histories."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import NamedTuple

from checker.model.activity import Activity, Observable
from checker.model.event import Actor, Event, SourceRef, Value
from checker.model.history import Span

EPOCH = datetime.min.replace(tzinfo=UTC)
WHOLE = Span()
DISTINCT = ("request_id", "deadline_name", "change")


class Place(NamedTuple):
    """Where a record stands: the path as given, a line, a JSON pointer."""

    path: str
    line: int | None = None
    pointer: str | None = None

    def ref(self, source: str) -> SourceRef:
        """The same place as evidence of one format."""
        return SourceRef(source, self.path, self.line, self.pointer)

    def at(self, step: str) -> "Place":
        """One step further down the JSON document."""
        return Place(self.path, self.line, f"{self.pointer or ''}/{step}")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something odd in a record, and what to do about it."""

    reason: str
    hint: str


class BadRecord(Exception):  # noqa: N818 - it names the record, and never leaves loading
    """The record cannot be used."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.notice = Notice(reason, hint)


@dataclass(frozen=True, slots=True)
class Facts:
    """What one record knows of one order; of two records of one source the one `known_at` later speaks."""

    order_id: str
    values: Mapping[str, Value]
    known_at: datetime = EPOCH


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a log can show, for some orders or (None) for every order of the log.

    `declared` coverage was written down by somebody and replaces what the formats of the same file would prove.
    """

    observes: Mapping[Observable, Span]
    orders: tuple[str, ...] | None = None
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A conversation's tie to an order (from a card, at a time) or to a buyer; both None: it merely exists."""

    conversation_id: str
    order_id: str | None = None
    buyer_id: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a paged list: how many it holds, how many there are in all, and whether it is the last."""

    source: str
    path: str
    listed: int
    total: int | None
    last: bool
    observed_at: datetime | None = None


class Record(NamedTuple):
    """One record read. With a `rejected` notice it says nothing else; `raw` is then its text.

    `identity` is its native id; a second record of the same identity is a duplicate if its `fingerprint` is
    the same, else a contradiction. `pushed_at` is the time of a webhook. A record without events, facts, coverage
    and links is ignored.
    """

    source: str
    place: Place
    events: tuple[Event, ...] = ()
    facts: tuple[Facts, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    links: tuple[Link, ...] = ()
    notices: tuple[Notice, ...] = ()
    identity: str | None = None
    fingerprint: int = 0
    pushed_at: datetime | None = None
    rejected: Notice | None = None
    raw: str = ""


Item = Record | Page
"""What a file yields."""


def orders_named(record: Record) -> Iterator[str]:
    """The orders that a record names: of its events, its facts, its coverage; blank where an event has none yet."""
    yield from (event.order_id for event in record.events)
    yield from (facts.order_id for facts in record.facts)
    yield from (order_id for coverage in record.coverage for order_id in coverage.orders or ())


def content_number(*said: object) -> int:
    """Tells contents apart by what stands in them; the same in every process."""
    return int.from_bytes(blake2b(repr(said).encode(), digest_size=8).digest())


@dataclass(frozen=True, slots=True)
class Origin:
    """The format and place that events are taken from, and when the source learnt of them."""

    source: str
    place: Place
    recorded_at: datetime | None = None

    def event(self, order_id: str, activity: Activity, at: datetime, actor: Actor, **attributes: Value | None) -> Event:
        """An event found here, under a stable id; attributes of None are absent."""
        told = (str(attributes[name]) for name in DISTINCT if attributes.get(name))
        parts = (self.source, order_id, activity.value, *told, f"{at.timestamp():.0f}")
        known = {name: value for name, value in attributes.items() if value is not None and value != ()}
        refs = (self.place.ref(self.source),)
        return Event(":".join(parts), order_id, activity, at, actor, known, self.recorded_at, refs=refs)
