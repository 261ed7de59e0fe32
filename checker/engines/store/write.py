"""How do order histories become a store?"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from checker.columns import Orders, as_columns, together
from checker.columns.fingerprint import fingerprints
from checker.engines.store.layout import FORMAT, Store, is_store
from checker.model.history import OrderHistory

ROW_GROUP = 1 << 17


@dataclass(slots=True)
class StoreWriter:
    """Writes bucket after bucket; the store is one only when it is finished.

    As a context it takes away what was written where the store was not finished.
    """

    root: Path
    buckets: int
    orders: int = 0
    events: int = 0

    def __enter__(self) -> "StoreWriter":
        return self

    def __exit__(self, *_: object) -> None:
        if is_store(self.root):
            return
        store = self._store("", {})
        for file_of in (store.orders_file, store.events_file):
            for bucket in range(self.buckets):
                file_of(bucket).unlink(missing_ok=True)
        for folder in (self.root / "orders", self.root / "events", self.root):
            with suppress(OSError):  # something else is in it, or it was never made
                folder.rmdir()

    def write(self, bucket: int, histories: Sequence[OrderHistory], columns: Orders | None = None) -> None:
        """One bucket: all orders whose hash falls into it, be they histories or columns already."""
        orders = together([as_columns(histories), *([] if columns is None else [columns])])
        write_bucket(self._store("", {}), bucket, orders)
        self.count(len(orders.orders), len(orders.events))

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


def write_bucket(store: Store, bucket: int, orders: Orders) -> None:
    """Writes the two tables of one bucket."""
    write_table(orders.orders.append_column("fingerprint", fingerprints(orders)), store.orders_file(bucket))
    write_table(orders.events, store.events_file(bucket))


def write_table(table: pa.Table, path: Path) -> None:
    """Writes a table, and the folder that it belongs into."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd", row_group_size=ROW_GROUP)
