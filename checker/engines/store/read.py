"""How does a bucket of a store become columns to judge, or histories to show?"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from checker.engines.columnar.bucket import Bucket, Coded, Shown, instant_of, micros
from checker.engines.columnar.probe import FOREVER, NEVER, NONE, Codes, Flags, Ints, Texts
from checker.engines.needs import Needs
from checker.engines.store.layout import Store
from checker.model.activity import RANK, Activity, Observable
from checker.model.event import Actor, Event, Precision, SourceRef, Value
from checker.model.history import OrderHistory, Span

TO_JUDGE = ("at", "recorded_at", "precision", "activity", "actor")


@dataclass(frozen=True, slots=True)
class Values(Sequence[Value]):
    """The distinct values of the columns of one field, made into Python values one at a time."""

    parts: tuple[tuple[str, pa.Array], ...]

    def __len__(self) -> int:
        return sum(len(array) for _, array in self.parts)

    def __getitem__(self, place: int | slice) -> Value:  # type: ignore[override]  # nobody cuts slices
        if isinstance(place, slice):
            raise TypeError("one value at a time")
        for kind, array in self.parts:
            if place < len(array):
                return python_value(kind, array[int(place)])
            place -= len(array)
        raise IndexError(place)

    def instants(self) -> Ints:
        """The microseconds of each value that is an instant, NEVER for any other."""
        parts = [_int64(array) if kind == "instant" else np.full(len(array), NEVER) for kind, array in self.parts]
        return np.concatenate([np.empty(0, np.int64), *parts])


def python_value(kind: str, scalar: pa.Scalar) -> Value:
    """The value as events and facts hold it."""
    match kind:
        case "instant":
            return instant_of(int(scalar.value))
        case "list":
            return tuple(json.loads(scalar.as_py()))
        case _:
            found: Value = scalar.as_py()
            return found


def _int64(array: pa.Array | pa.ChunkedArray, unknown: int = 0) -> Ints:
    """The numbers of a column, microseconds for instants; something else where unknown."""
    return np.asarray(array.cast(pa.int64()).fill_null(unknown), np.int64)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which bucket, seen at which moment, and what of it."""

    store: Store
    bucket: int
    as_of: datetime
    needs: Needs
    with_ids: bool = False


def read_bucket(wanted: Wanted) -> Bucket:
    """The columns to judge; nothing else is read."""
    orders_file = pq.ParquetFile(wanted.store.orders_file(wanted.bucket))
    events_file = pq.ParquetFile(wanted.store.events_file(wanted.bucket))
    own = ["order", *TO_JUDGE, *(["event_id"] if wanted.with_ids else [])]
    events = _columns(events_file, own, "field:", wanted.needs.fields)
    orders = _columns(orders_file, ["order_id"], "fact:", wanted.needs.facts)
    return bucket_from(orders, events, wanted.as_of)


def _columns(file: pq.ParquetFile, own: Sequence[str], prefix: str, names: frozenset[str]) -> pa.Table:
    found = [
        column
        for column in file.schema_arrow.names
        if column in own or column.startswith(("shows:", "from:", "to:")) or _named(column, prefix) in names
    ]
    return file.read(columns=found, use_threads=False).combine_chunks()


def _named(column: str, prefix: str) -> str | None:
    return column.removeprefix(prefix).rpartition(":")[0] if column.startswith(prefix) else None


def bucket_from(orders: pa.Table, events: pa.Table, as_of: datetime) -> Bucket:
    """The bucket that these tables hold, with what is visible at `as_of`."""
    at, now, count = _int64(events["at"]), micros(as_of), len(orders)
    recorded = _int64(events["recorded_at"], NEVER)
    rows = np.flatnonzero((at <= now) & (recorded <= now))
    order = events["order"].to_numpy().astype(np.int64)[rows]
    is_coarse = np.zeros(count, np.bool_)
    is_coarse[order[pc.not_equal(events["precision"], Precision.SECOND.value).to_numpy()[rows]]] = True
    actor = {"actor": _coded([("text", events["actor"].combine_chunks())], rows)}
    return Bucket(
        order_ids=_texts(orders["order_id"]),
        bounds=np.searchsorted(order, np.arange(count + 1)),
        order=order,
        at=at[rows],
        activity=_ranks(events["activity"])[rows],
        fields={**_named_columns(events, "field:", rows), **actor},
        facts=_named_columns(orders, "fact:", np.arange(count)),
        shown={name: _shown(orders, name) for name in Observable},
        is_coarse=is_coarse,
        event_ids=_texts(events["event_id"])[rows] if "event_id" in events.column_names else None,
    )


def _ranks(activities: pa.ChunkedArray) -> Codes:
    """The canonical rank of each activity."""
    encoded = activities.combine_chunks().dictionary_encode()
    ranks = np.array([RANK[Activity(name)] for name in encoded.dictionary.to_pylist()], np.uint8)
    found: Codes = ranks[encoded.indices.to_numpy()]
    return found


def _texts(column: pa.ChunkedArray) -> Texts:
    found: Texts = column.to_numpy(zero_copy_only=False)
    return found


def _named_columns(table: pa.Table, prefix: str, rows: Ints) -> Mapping[str, Coded]:
    """The fields or facts, of whatever kinds their values are."""
    kinds: dict[str, list[tuple[str, pa.Array]]] = {}
    for column in table.column_names:
        if (name := _named(column, prefix)) is not None:
            kinds.setdefault(name, []).append((column.rpartition(":")[2], table[column].combine_chunks()))
    return {name: _coded(parts, rows) for name, parts in kinds.items()}


def _coded(parts: Sequence[tuple[str, pa.Array]], rows: Ints) -> Coded:
    codes, values, total = np.full(len(rows), NONE, np.int64), list[tuple[str, pa.Array]](), 0
    for kind, column in parts:
        encoded = pc.dictionary_encode(column)
        encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
        own = encoded.indices.fill_null(NONE).to_numpy(zero_copy_only=False).astype(np.int64)[rows]
        codes = np.where(own >= 0, own + total, codes)
        values.append((kind, encoded.dictionary))
        total += len(encoded.dictionary)
    distinct = Values(tuple(values))
    return Coded(codes, distinct, distinct.instants(), are_distinct=len(values) == 1)


def _shown(orders: pa.Table, name: Observable) -> Shown:
    shows: Flags = orders[f"shows:{name}"].to_numpy()
    start = _int64(orders[f"from:{name}"], NEVER)
    end = _int64(orders[f"to:{name}"], FOREVER)
    return Shown(shows, start, end)


def histories_in(store: Store, bucket: int, numbers: Ints) -> Iterator[OrderHistory]:
    """The whole histories of some orders of a bucket, by their rows."""
    if len(numbers):
        events = pq.read_table(store.events_file(bucket), use_threads=False)
        yield from histories_from(pq.read_table(store.orders_file(bucket)), events, numbers)


def histories_from(orders: pa.Table, events: pa.Table, numbers: Ints) -> Iterator[OrderHistory]:
    """The histories of some orders, with as much as these tables hold of them."""
    place = np.full(len(orders), NONE, np.int64)
    place[numbers] = np.arange(len(numbers))
    order = events["order"].to_numpy()
    is_wanted = place[order] >= 0
    chosen, events = orders.take(pa.array(numbers)), events.filter(pa.array(is_wanted))
    found: list[list[Event]] = [[] for _ in numbers]
    ids = chosen["order_id"].to_pylist()
    for which, row in zip(place[order[is_wanted]], _rows(events, "field:"), strict=True):
        found[which].append(_event(ids[which], row[0], row[1]))
    for order_id, (own, facts), of_order in zip(ids, _rows(chosen, "fact:"), found, strict=True):
        yield OrderHistory(order_id, facts, _spans(own), tuple(of_order))


Row = tuple[dict[str, pa.Scalar], dict[str, Value]]


def _rows(table: pa.Table, prefix: str) -> Iterator[Row]:
    """Each row's own columns, and its known fields or facts."""
    named = [(column, _named(column, prefix), column.rpartition(":")[2]) for column in table.column_names]
    columns = {column: table[column].combine_chunks() for column in table.column_names}
    for row in range(len(table)):
        own: dict[str, pa.Scalar] = {}
        known: dict[str, Value] = {}
        for column, name, kind in named:
            scalar = columns[column][row]
            if name is None:
                own[column] = scalar
            elif scalar.is_valid:
                known[name] = python_value(kind, scalar)
        yield own, known


def _event(order_id: str, own: Mapping[str, pa.Scalar], attributes: Mapping[str, Value]) -> Event:
    refs = (SourceRef(*ref) for ref in json.loads(own["refs"].as_py())) if "refs" in own else ()
    return Event(
        event_id=own["event_id"].as_py(),
        order_id=order_id,
        activity=Activity(own["activity"].as_py()),
        occurred_at=instant_of(own["at"].value),
        actor=Actor(own["actor"].as_py() or Actor.UNKNOWN.value),
        attributes=attributes,
        recorded_at=instant_of(own["recorded_at"].value) if own["recorded_at"].is_valid else None,
        precision=Precision(own["precision"].as_py()),
        inferred="inferred" in own and own["inferred"].as_py(),
        refs=tuple(refs),
    )


def _spans(own: Mapping[str, pa.Scalar]) -> dict[Observable, Span]:
    def instant(column: str) -> datetime | None:
        return instant_of(own[column].value) if own[column].is_valid else None

    return {
        name: Span(instant(f"from:{name}"), instant(f"to:{name}"))
        for name in Observable
        if own[f"shows:{name}"].as_py()
    }
