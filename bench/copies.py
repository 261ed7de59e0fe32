"""A store of as many made-up orders as one likes: 50,000 that `checker generate` makes, and copies under other ids."""

import argparse
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from checker.engines.store import Store, StoreWriter, open_store
from checker.generating import Sample
from checker.generating.files import PER_BUCKET, write_sample
from checker.generating.moments import UNTIL as AS_OF

__all__ = ["AS_OF", "write"]


def write(root: Path, orders: int, seed: int = 1) -> Store:
    """A store of so many orders. Each bucket after the first is the first again, other ids apart, so what a check
    must find is known, and no bucket holds an order twice."""
    made = min(orders, PER_BUCKET)
    write_sample(Sample(seed), made, root)
    first = open_store(root)
    tables = pq.read_table(first.orders_file(0)), pq.read_table(first.events_file(0))
    writer = StoreWriter(root, -(-orders // PER_BUCKET), first.orders, first.events)
    for bucket in range(1, writer.buckets):
        count = min(PER_BUCKET, orders - bucket * PER_BUCKET)
        events = tables[1].filter(pc.less(tables[1]["order"], count))
        copied = _renamed(tables[0].slice(0, count), bucket), _renamed(events, bucket)
        for table, path in zip(copied, (first.orders_file(bucket), first.events_file(bucket)), strict=True):
            pq.write_table(table, path, compression="zstd", row_group_size=1 << 17)
        writer.count(count, len(events))
    return writer.finish(f"copies of seed {seed}", first.lexicons)


def _renamed(table: pa.Table, copy: int) -> pa.Table:
    for name in {"order_id", "event_id"} & set(table.column_names):
        other = pc.binary_replace_slice(table[name].cast(pa.binary()), 2, 7, f"9{copy:04d}".encode())
        table = table.set_column(table.column_names.index(name), name, other.cast(pa.string()))
    return table


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--orders", type=int, default=10_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--out", type=Path, required=True)
    given = words.parse_args()
    print(write(given.out, given.orders, given.seed), file=sys.stderr)
