"""How do whole orders look as columns?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np

from checker.engines.columnar.probe import FOREVER, NEVER, Codes, Flags, Ints, Texts, distinct, nothing
from checker.interpreter.scene import visible
from checker.model.activity import RANK, Activity, Observable
from checker.model.event import Actor, Precision, Value
from checker.model.history import OrderHistory, Span

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_ACTOR = {actor: {} if actor is Actor.UNKNOWN else {"actor": actor.value} for actor in Actor}


def micros(instant: datetime) -> int:
    """Microseconds since 1970."""
    return (instant - EPOCH) // _TICK


def instant_of(micros: int) -> datetime:
    """The instant so many microseconds after 1970."""
    return EPOCH + timedelta(microseconds=micros)


@dataclass(frozen=True)
class Coded:
    """One field of many rows: the place of each row's value among the distinct values, NONE where unknown.

    `instants` are the microseconds of each distinct value that is an instant, NEVER for any other. `are_distinct`
    says that no two values are equal though told apart, as 1 and True are.
    """

    codes: Ints
    values: Sequence[Value]
    instants: Ints
    are_distinct: bool = False

    def at(self, rows: Ints) -> "Coded":
        """The same for some of the rows."""
        return replace(self, codes=self.codes[rows])

    def in_rows(self) -> list[Value | None]:
        """The value in each row, None where unknown."""
        return [None if code < 0 else self.values[code] for code in self.codes.tolist()]

    @cached_property
    def equal(self) -> Ints:
        """For each distinct value the first one that equals it."""
        if self.are_distinct:
            return np.arange(len(self.values))
        first: dict[Value, int] = {}
        return np.fromiter((first.setdefault(value, place) for place, value in enumerate(self.values)), np.int64)


def unknown(count: int) -> Coded:
    """A field that no row has."""
    return Coded(nothing(count), (), np.empty(0, np.int64))


def combinations(columns: Iterable[Coded], count: int) -> tuple[Ints, Ints]:
    """An example of each distinct combination of values of these columns, and which of them each row has."""
    examples, which = np.arange(min(count, 1)), np.zeros(count, np.int64)
    for column in columns:
        examples, which = distinct(which * (len(column.values) + 1) + column.codes + 1)
    return examples, which


@dataclass(frozen=True, slots=True)
class Shown:
    """For each order whether its log shows one kind of event, from when and until when (inclusive)."""

    shows: Flags
    start: Ints
    end: Ints

    def at(self, orders: Ints) -> "Shown":
        """The same for some of the orders."""
        return Shown(self.shows[orders], self.start[orders], self.end[orders])


@dataclass(frozen=True, slots=True)
class Bucket:
    """Whole orders as columns: the visible events of one order stand together, in canonical order.

    Order number n has the rows from `bounds[n]` to `bounds[n + 1]` (exclusive). Instants are microseconds since 1970.
    `is_coarse` marks orders in which an event's time is not known exactly. Ids are there for who shows them.
    """

    bounds: Ints
    order: Ints
    at: Ints
    activity: Codes
    fields: Mapping[str, Coded]
    facts: Mapping[str, Coded]
    shown: Mapping[Observable, Shown]
    is_coarse: Flags
    order_ids: Texts | None = None
    event_ids: Texts | None = None

    @property
    def count(self) -> int:
        """How many orders there are."""
        return len(self.bounds) - 1

    def field(self, name: str) -> Coded:
        """A field of the events; unknown everywhere where no event has it."""
        return self.fields.get(name) or unknown(len(self.at))

    def fact(self, name: str) -> Coded:
        """A fact of the orders; unknown everywhere where no order has it."""
        return self.facts.get(name) or unknown(self.count)


def only(bucket: Bucket, orders: Ints) -> Bucket:
    """Some orders of a bucket, renumbered; `orders` ascend."""
    bounds = bucket.bounds
    sizes = bounds[orders + 1] - bounds[orders]
    ends = np.concatenate([[0], np.cumsum(sizes)])
    rows = np.repeat(bounds[orders] - ends[:-1], sizes) + np.arange(ends[-1])
    return Bucket(
        bounds=ends,
        order=np.repeat(np.arange(len(orders)), sizes),
        at=bucket.at[rows],
        activity=bucket.activity[rows],
        fields={name: column.at(rows) for name, column in bucket.fields.items()},
        facts={name: column.at(orders) for name, column in bucket.facts.items()},
        shown={name: s.at(orders) for name, s in bucket.shown.items()},
        is_coarse=bucket.is_coarse[orders],
        order_ids=None if bucket.order_ids is None else bucket.order_ids[orders],
        event_ids=None if bucket.event_ids is None else bucket.event_ids[rows],
    )


def bucket_of(histories: Sequence[OrderHistory], as_of: datetime) -> Bucket:
    """The columns of these orders, with what is visible at `as_of`."""
    events = [visible(history, as_of) for history in histories]
    rows = [event for order in events for event in order]
    sizes = np.fromiter(map(len, events), np.int64, len(events))
    order = np.repeat(np.arange(len(events)), sizes)
    is_coarse = np.zeros(len(events), np.bool_)
    is_coarse[order[[row for row, event in enumerate(rows) if event.precision is not Precision.SECOND]]] = True
    return Bucket(
        bounds=np.concatenate([[0], np.cumsum(sizes)]),
        order=order,
        at=np.fromiter((micros(event.occurred_at) for event in rows), np.int64, len(rows)),
        activity=np.fromiter((RANK[event.activity] for event in rows), np.uint8, len(rows)),
        fields={**_coded([event.attributes for event in rows]), **_coded([_ACTOR[event.actor] for event in rows])},
        facts=_coded([history.facts for history in histories]),
        shown={name: _shown(histories, name) for name in Observable},
        is_coarse=is_coarse,
        order_ids=np.array([history.order_id for history in histories], np.object_),
        event_ids=np.array([event.event_id for event in rows], np.object_),
    )


def _coded(rows: Sequence[Mapping[str, Value]]) -> Mapping[str, Coded]:
    """Every name of every row as a column."""
    known: dict[str, tuple[list[int], list[Value]]] = defaultdict(lambda: ([], []))
    for row, said in enumerate(rows):
        for name, value in said.items():
            places, values = known[name]
            places.append(row)
            values.append(value)
    return {name: _column(*of_name, len(rows)) for name, of_name in known.items()}


def _column(places: Sequence[int], values: Sequence[Value], count: int) -> Coded:
    """A column with these values in these places, told apart by their kinds too, as 1 and True are equal."""
    told: Sequence[object] = values if len({*map(type, values)}) == 1 else [(type(value), value) for value in values]
    first = dict(zip(reversed(told), reversed(values), strict=True))
    number = {key: code for code, key in enumerate(first)}
    codes = nothing(count)
    codes[places] = [number[key] for key in told]
    distinct_values = [*first.values()]
    return Coded(codes, distinct_values, _instants(distinct_values))


def _instants(values: Sequence[Value]) -> Ints:
    found = (micros(value) if isinstance(value, datetime) else NEVER for value in values)
    return np.fromiter(found, np.int64, len(values))


def _shown(histories: Sequence[OrderHistory], name: Observable) -> Shown:
    spans = [history.observes.get(name) for history in histories]
    ends = {id(span): _ends(span) for span in spans}
    start, end = np.array([ends[id(span)] for span in spans], np.int64).reshape(-1, 2).T
    return Shown(np.array([span is not None for span in spans], np.bool_), start, end)


def _ends(span: Span | None) -> tuple[int, int]:
    start, end = (None, None) if span is None else (span.start, span.end)
    return NEVER if start is None else micros(start), FOREVER if end is None else micros(end)


def activity_rows(bucket: Bucket, activity: Activity) -> Ints:
    """The rows of one activity."""
    return np.flatnonzero(bucket.activity == RANK[activity])
