"""How does a store grow, so that a run that is stopped leaves it as it was?"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from checker.columns import Orders, as_columns, together
from checker.engines.store.layout import Store, is_store, open_store
from checker.engines.store.write import finished, write_bucket, write_table
from checker.model.error import UsageError
from checker.model.history import OrderHistory

Record = tuple[str, bytes]
"""An order, and one record that it was made from."""
RECORDS = pa.schema([("order_id", pa.string()), ("record", pa.binary())])
_OURS = re.compile(r"\d{5}-\d+\.parquet|(?:context|account)-\d+\.json")


@dataclass(slots=True)
class Addition:
    """New buckets beside those of a store; they take their place all at once when it is finished.

    `before` is None for a store that is begun.
    """

    before: Store | None
    store: Store
    written: set[int] = field(default_factory=set)

    def context(self) -> bytes | None:
        """What is known of more than one order; None for a store that is begun."""
        return None if self.before is None else self.before.context_file.read_bytes()

    def records(self, bucket: int, changed: Collection[str] | None = None) -> list[Record]:
        """The records that some orders of a bucket were made from, by order; None: those of all."""
        table = self._records(bucket)
        if changed is not None:
            table = table.filter(pc.is_in(table["order_id"], pa.array(changed, pa.string())))
        return list(zip(*(table[name].to_pylist() for name in RECORDS.names), strict=True))

    def _records(self, bucket: int) -> pa.Table:
        return RECORDS.empty_table() if self.before is None else pq.read_table(self.before.records_file(bucket))

    def write(self, bucket: int, histories: Sequence[OrderHistory], new: Sequence[Record]) -> None:
        """One bucket anew, with all of its orders and with further records."""
        self._write(bucket, as_columns(histories), new)

    def change(self, bucket: int, histories: Sequence[OrderHistory], new: Sequence[Record]) -> None:
        """One bucket with these orders instead of what it held of them, and with further records."""
        held = [] if self.before is None else [_without(self.before, bucket, [h.order_id for h in histories])]
        self._write(bucket, together([*held, as_columns(histories)]), new)

    def _write(self, bucket: int, orders: Orders, new: Sequence[Record]) -> None:
        number, places = self.store.last or 0, enumerate(self.store.additions)
        additions = tuple(number if place == bucket else of for place, of in places)
        self.store = replace(self.store, additions=additions)
        self.written.add(bucket)
        write_bucket(self.store, bucket, orders)
        columns = zip(*new, strict=True) if new else ((), ())
        added = pa.table([pa.array(column, f.type) for column, f in zip(columns, RECORDS, strict=True)], RECORDS)
        write_table(pa.concat_tables([self._records(bucket), added]), self.store.records_file(bucket))

    def finish(self, context: bytes, digest: str, lexicons: Mapping[str, str]) -> Store:
        """The store with the addition. All buckets of a new store must have been written."""
        self.store.context_file.write_bytes(context)
        rows = [_rows(self.store, bucket) for bucket in range(self.store.buckets)]
        orders, events = (sum(counts) for counts in zip(*rows, strict=True))
        store = replace(self.store, orders=orders, events=events, digest=digest, lexicons=dict(lexicons))
        self.store = self.before = finished(store)
        return store

    def sweep(self) -> None:
        """Removes what belongs to no finished store: what was replaced, or what a stopped run left."""
        held = set() if self.before is None else set(_files(self.before))
        for folder in ("orders", "events", "records"):
            found = (self.store.root / folder).glob("*-*")
            for path in (path for path in found if _OURS.fullmatch(path.name) and path not in held):
                path.unlink()


@contextmanager
def adding(root: Path, buckets: int | None, at_first: int) -> Iterator[Addition]:
    """An addition to the store in this folder, or a new one that can grow, by default of `at_first` buckets.

    Raises: UsageError if the store cannot grow, or has another number of buckets.
    """
    addition = _to(open_store(root), buckets) if is_store(root) else _begun(root, buckets or at_first)
    try:
        yield addition
    finally:
        addition.sweep()


def _to(store: Store, buckets: int | None) -> Addition:
    if store.last is None:
        hint = "convert all of the log again into a new folder, with --add from the first time"
        raise UsageError(f"{store.root.as_posix()}: keeps no records to merge new ones with; {hint}")
    if buckets not in (None, store.buckets):
        raise UsageError(f"{store.root.as_posix()}: has {store.buckets} buckets; leave --buckets out")
    return Addition(store, replace(store, last=store.last + 1))


def _begun(root: Path, buckets: int) -> Addition:
    return Addition(None, Store(root, buckets, 0, 0, "", {}, (0,) * buckets, 0))


def _without(store: Store, bucket: int, changed: Collection[str]) -> Orders:
    """The orders of a bucket but these."""
    orders, events = (pq.read_table(path) for path in (store.orders_file(bucket), store.events_file(bucket)))
    stays = pc.invert(pc.is_in(orders["order_id"], pa.array(changed, pa.string()))).to_numpy()
    place = np.cumsum(stays, dtype=np.int32) - np.int32(1)
    order = events["order"].to_numpy()
    kept = events.filter(pa.array(stays[order]))
    numbers = pa.array(place[order[stays[order]]])
    kept = kept.set_column(kept.column_names.index("order"), "order", numbers)
    return Orders(orders.filter(pa.array(stays)).drop_columns(["fingerprint"]), kept)


def _rows(store: Store, bucket: int) -> tuple[int, int]:
    orders, events = pq.read_metadata(store.orders_file(bucket)), pq.read_metadata(store.events_file(bucket))
    return orders.num_rows, events.num_rows


def _files(store: Store) -> Iterator[Path]:
    """The files that may not go away."""
    yield from (store.context_file, store.account_file)
    for bucket in range(store.buckets):
        yield from (store.orders_file(bucket), store.events_file(bucket), store.records_file(bucket))
