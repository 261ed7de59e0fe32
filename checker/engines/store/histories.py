"""How do the columns of a store become histories to show?"""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from checker.columns import python_values
from checker.engines.columnar.probe import NONE, Ints
from checker.engines.store.layout import Store
from checker.engines.store.read import named, whole
from checker.model.activity import Activity, Observable
from checker.model.event import Actor, Event, Precision, SourceRef, Value
from checker.model.history import OrderHistory, Span


def histories_in(store: Store, bucket: int, numbers: Ints) -> Iterator[OrderHistory]:
    """The whole histories of some orders of a bucket, by their rows."""
    if len(numbers):
        events = pq.read_table(store.events_file(bucket), use_threads=False)
        yield from histories_from(pq.read_table(store.orders_file(bucket), use_threads=False), events, numbers)


def histories_from(orders: pa.Table, events: pa.Table, numbers: Ints) -> Iterator[OrderHistory]:
    """The histories of some orders, with as much as these tables hold of them."""
    place = np.full(len(orders), NONE, np.int64)
    place[numbers] = np.arange(len(numbers))
    order = events["order"].to_numpy()
    is_wanted = place[order] >= 0
    chosen, events = orders.take(pa.array(numbers)), events.filter(pa.array(is_wanted))
    found: list[list[Event]] = [[] for _ in numbers]
    ids = chosen["order_id"].to_pylist()
    wanted = place[order[is_wanted]].tolist()
    for which, event in zip(wanted, _events(events, [ids[which] for which in wanted]), strict=True):
        found[which].append(event)
    for order_id, facts, spans, of_order in zip(ids, _known(chosen, "fact:"), _spans(chosen), found, strict=True):
        yield OrderHistory(order_id, facts, spans, tuple(of_order))


def _known(table: pa.Table, prefix: str) -> list[dict[str, Value]]:
    """The known fields or facts of each row."""
    rows: list[dict[str, Value]] = [{} for _ in range(len(table))]
    for column in table.column_names:
        name = named(column, prefix)
        values = () if name is None else python_values(column.rpartition(":")[2], whole(table, column))
        for row, value in zip(rows, values, strict=False):
            if name is not None and value is not None:
                row[name] = value
    return rows


def _events(events: pa.Table, order_ids: list[str]) -> Iterator[Event]:
    def column(name: str, kind: str = "text") -> list[Any]:
        known = name in events.column_names
        return python_values(kind, whole(events, name)) if known else [None] * len(events)

    own = (
        column("event_id"),
        order_ids,
        map(Activity, column("activity")),
        column("at", "instant"),
        (Actor(actor or Actor.UNKNOWN.value) for actor in column("actor")),
        _known(events, "field:"),
        column("recorded_at", "instant"),
        map(Precision, column("precision")),
        map(bool, column("inferred")),
        map(_refs, column("refs")),
    )
    return map(Event, *own)


def _refs(text: str | None) -> tuple[SourceRef, ...]:
    return tuple(SourceRef(*ref) for ref in json.loads(text)) if text else ()


def _spans(orders: pa.Table) -> list[dict[Observable, Span]]:
    """What the log shows of each order."""
    rows: list[dict[Observable, Span]] = [{} for _ in range(len(orders))]
    for name in Observable:
        shows = whole(orders, f"shows:{name}").to_pylist()
        ends = (python_values("instant", whole(orders, f"{side}:{name}")) for side in ("from", "to"))
        for row, is_shown, start, end in zip(rows, shows, *ends, strict=True):
            if is_shown:
                row[name] = _span(start, end)
    return rows


@lru_cache(maxsize=10_000)
def _span(start: datetime | None, end: datetime | None) -> Span:
    return Span(start, end)
