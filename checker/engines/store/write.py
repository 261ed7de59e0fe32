"""How do order histories become a store?"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from checker.engines.store.layout import FORMAT, INSTANT, KINDS, Store, kind_of
from checker.model.activity import Observable
from checker.model.event import Actor, Event, Value
from checker.model.history import OrderHistory

ROW_GROUP = 1 << 17


@dataclass(slots=True)
class Columns:
    """Values by name and kind, each with the rows where it is known."""

    rows: int = 0
    known: dict[str, tuple[list[int], list[object]]] = field(default_factory=lambda: defaultdict(lambda: ([], [])))

    def add(self, row: Mapping[str, Value]) -> None:
        """One more row."""
        for name, value in row.items():
            kind = kind_of(value)
            places, values = self.known[f"{name}:{kind}"]
            places.append(self.rows)
            values.append(json.dumps(value, ensure_ascii=False) if kind == "list" else value)
        self.rows += 1

    def arrays(self) -> dict[str, pa.Array]:
        """The columns, null where unknown."""
        return {name: _spread(name, *self.known[name], self.rows) for name in sorted(self.known)}


def _spread(name: str, places: list[int], values: list[object], count: int) -> pa.Array:
    found = pa.array(values, KINDS[name.rpartition(":")[2]])
    if len(places) == count:
        return found
    indices = np.zeros(count, np.int64)
    indices[places] = np.arange(len(places))
    unknown = np.ones(count, np.bool_)
    unknown[places] = False
    return found.take(pa.array(indices, mask=unknown))


@dataclass(slots=True)
class StoreWriter:
    """Writes bucket after bucket; the store is one only when it is finished."""

    root: Path
    buckets: int
    orders: int = 0
    events: int = 0

    def write(self, bucket: int, histories: Sequence[OrderHistory]) -> None:
        """One bucket: all orders whose hash falls into it."""
        write_bucket(self._store("", {}), bucket, histories)
        self.count(len(histories), sum(len(history.events) for history in histories))

    def count(self, orders: int, events: int) -> None:
        """Takes note of what was written."""
        self.orders += orders
        self.events += events

    def finish(self, digest: str, lexicons: Mapping[str, str]) -> Store:
        """The finished store."""
        return finished(self._store(digest, lexicons))

    def _store(self, digest: str, lexicons: Mapping[str, str]) -> Store:
        return Store(self.root, self.buckets, self.orders, self.events, digest, dict(lexicons))


def finished(store: Store) -> Store:
    """The store, which from now on is what its folder holds."""
    said = {"format": FORMAT, **{name: value for name, value in asdict(store).items() if name != "root"}}
    partial = store.root / "store.json.partial"
    partial.write_text(json.dumps(said, indent=1), encoding="utf-8")
    partial.replace(store.root / "store.json")
    return store


def write_bucket(store: Store, bucket: int, histories: Sequence[OrderHistory]) -> None:
    """Writes the two tables of one bucket."""
    write_table(orders_table(histories), store.orders_file(bucket))
    write_table(events_table(histories), store.events_file(bucket))


def write_table(table: pa.Table, path: Path) -> None:
    """Writes a table, and the folder that it belongs into."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd", row_group_size=ROW_GROUP)


def orders_table(histories: Sequence[OrderHistory]) -> pa.Table:
    """One row per order."""
    facts = Columns()
    for history in histories:
        facts.add(history.facts)
    columns = {
        "order_id": pa.array([history.order_id for history in histories], pa.string()),
        "fingerprint": pa.array([fingerprint(history) for history in histories], pa.binary(16)),
    }
    columns |= {f"fact:{name}": column for name, column in facts.arrays().items()}
    for name in Observable:
        spans = [history.observes.get(name) for history in histories]
        columns[f"shows:{name}"] = pa.array([span is not None for span in spans], pa.bool_())
        columns[f"from:{name}"] = pa.array([span and span.start for span in spans], INSTANT)
        columns[f"to:{name}"] = pa.array([span and span.end for span in spans], INSTANT)
    return pa.table(columns)


def fingerprint(history: OrderHistory) -> bytes:
    """16 bytes that change with anything that a verdict on the order can depend on."""
    spans = [(name.value, span.start, span.end) for name, span in sorted(history.observes.items())]
    events = [
        (
            e.event_id,
            e.activity.value,
            e.occurred_at,
            e.recorded_at,
            e.actor.value,
            e.precision.value,
            _said(e.attributes),
        )
        for e in history.events
    ]
    return hashlib.blake2b(repr((_said(history.facts), spans, events)).encode(), digest_size=16).digest()


def _said(known: Mapping[str, Value]) -> list[tuple[str, Value]]:
    return sorted(known.items(), key=lambda pair: pair[0])


def events_table(histories: Sequence[OrderHistory]) -> pa.Table:
    """One row per event, order by order, in canonical order."""
    events = [event for history in histories for event in history.events]
    fields = Columns()
    for event in events:
        fields.add(event.attributes)
    sizes = [len(history.events) for history in histories]
    columns = {
        "order": pa.array(np.repeat(np.arange(len(histories), dtype=np.int32), sizes)),
        "place": pa.array([place for size in sizes for place in range(size)], pa.int32()),
        "order_id": pa.array([event.order_id for event in events], pa.string()),
        **_own_columns(events),
        **{f"field:{name}": column for name, column in fields.arrays().items()},
    }
    return pa.table(columns)


def _own_columns(events: Iterable[Event]) -> dict[str, pa.Array]:
    rows = list(events)
    return {
        "event_id": pa.array([event.event_id for event in rows], pa.string()),
        "at": pa.array([event.occurred_at for event in rows], INSTANT),
        "recorded_at": pa.array([event.recorded_at for event in rows], INSTANT),
        "precision": pa.array([event.precision.value for event in rows], pa.string()),
        "activity": pa.array([event.activity.value for event in rows], pa.string()),
        "actor": pa.array([None if e.actor is Actor.UNKNOWN else e.actor.value for e in rows], pa.string()),
        "inferred": pa.array([event.inferred for event in rows], pa.bool_()),
        "refs": pa.array([_refs(event) for event in rows], pa.string()),
    }


def _refs(event: Event) -> str:
    refs = [[ref.source, ref.path, ref.line, ref.pointer] for ref in event.refs]
    return json.dumps(refs, ensure_ascii=False, separators=(",", ":"))
