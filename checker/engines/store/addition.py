"""How does a store grow, so that a run that is stopped leaves it as it was?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from checker.columns import as_columns
from checker.engines.store.layout import Store, is_store, open_store
from checker.engines.store.write import finished, write_bucket, write_table
from checker.model.error import UsageError
from checker.model.history import OrderHistory

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

    def records(self, bucket: int) -> list[bytes]:
        """The records that a bucket was made from."""
        if self.before is None:
            return []
        found: list[bytes] = pq.read_table(self.before.records_file(bucket))["record"].to_pylist()
        return found

    def write(self, bucket: int, histories: Sequence[OrderHistory], records: Sequence[bytes]) -> None:
        """One bucket anew, and the records that it was made from."""
        if bucket not in self.written:
            number = self.store.last or 0
            places = enumerate(self.store.additions)
            additions = tuple(number if place == bucket else of for place, of in places)
            self.store = replace(self.store, additions=additions)
            self.written.add(bucket)
        write_bucket(self.store, bucket, as_columns(histories))
        write_table(pa.table({"record": pa.array(records, pa.binary())}), self.store.records_file(bucket))

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


def _rows(store: Store, bucket: int) -> tuple[int, int]:
    orders, events = pq.read_metadata(store.orders_file(bucket)), pq.read_metadata(store.events_file(bucket))
    return orders.num_rows, events.num_rows


def _files(store: Store) -> Iterator[Path]:
    """The files that may not go away."""
    yield from (store.context_file, store.account_file)
    for bucket in range(store.buckets):
        yield from (store.orders_file(bucket), store.events_file(bucket), store.records_file(bucket))
