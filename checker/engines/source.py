"""Where do the orders come from that are judged together?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from checker.engines.columnar.bucket import Bucket
from checker.engines.columnar.probe import Ints
from checker.engines.store import Store, Wanted, histories_from, histories_in, read_bucket
from checker.engines.task import Task
from checker.model.history import OrderHistory

NOWHERE = -1
"""The bucket of orders that come from none."""


@dataclass(frozen=True, slots=True)
class Source:
    """Whole orders as columns, with what else can be asked of them, by their rows; only what is asked is read."""

    number: int
    bucket: Bucket
    order_ids: Callable[[], pa.Array]
    histories: Callable[[Ints], Iterator[OrderHistory]]
    orders_of_events: Callable[[], Ints]

    def events_of(self, rows: Ints) -> int:
        """How many events these orders have, visible or not."""
        return int(np.isin(self.orders_of_events(), rows).sum()) if len(rows) else 0


def stored(task: Task, number: int) -> Source:
    """The orders of a bucket of the store."""
    with_ids = task.listing is not None and task.listing.verdicts is not None
    return Source(
        number,
        read_bucket(Wanted(task.store, number, task.as_of, task.needs, with_ids)),
        partial(stored_ids, task.store, number),
        partial(histories_in, task.store, number),
        partial(_stored_orders_of_events, task.store, number),
    )


def stored_ids(store: Store, number: int) -> pa.Array:
    """The ids of a bucket's orders, by row."""
    return pq.read_table(store.orders_file(number), columns=["order_id"], use_threads=False)[0].combine_chunks()


def _stored_orders_of_events(store: Store, number: int) -> Ints:
    found: Ints = pq.read_table(store.events_file(number), columns=["order"], use_threads=False)[0].to_numpy()
    return found


def held(bucket: Bucket, orders: pa.Table, events: pa.Table) -> Source:
    """Orders that are held in memory as the rows of a store."""
    return Source(
        NOWHERE,
        bucket,
        lambda: orders["order_id"].combine_chunks(),
        partial(histories_from, orders, events),
        lambda: events["order"].to_numpy(),
    )
