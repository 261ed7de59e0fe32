"""What are whole orders as tables, whether made from histories or never anything else?"""

import json
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.columns.kinds import INSTANT, Columns, Ints, python_values
from checker.model.activity import Observable
from checker.model.event import Actor, Event, SourceRef, Value
from checker.model.history import OrderHistory


@dataclass(frozen=True, slots=True)
class Orders:
    """A row per order, and a row per event: order by order, each in canonical order.

    Columns of `orders`: order_id, `fact:NAME:KIND`, `shows:KIND`, `from:KIND`, `to:KIND`. Of `events`: `order`, the row
    of its order, `place` in it, its own columns, `field:NAME:KIND`.
    """

    orders: pa.Table
    events: pa.Table


def as_columns(histories: Sequence[OrderHistory]) -> Orders:
    """These orders as tables, in the order in which they come."""
    return Orders(_orders_table(histories), _events_table(histories))


def together(parts: Iterable[Orders]) -> Orders:
    """The orders of all parts, sorted by their ids."""
    found = [part for part in parts if len(part.orders)]
    if len(found) < 2:
        return found[0] if found else as_columns(())
    orders = pa.concat_tables([part.orders for part in found], promote_options="default")
    events = pa.concat_tables([part.events for part in found], promote_options="default")
    rows = pc.sort_indices(orders["order_id"]).to_numpy()
    place = np.empty(len(rows), np.int32)
    place[rows] = np.arange(len(rows))
    before = np.repeat(np.cumsum([0, *(len(part.orders) for part in found[:-1])]), [len(part.events) for part in found])
    order = place[events["order"].to_numpy() + before]
    events = events.set_column(events.column_names.index("order"), "order", pa.array(order))
    return Orders(orders.take(pa.array(rows)), events.take(pa.array(np.argsort(order, kind="stable"))))


def facts_alike(orders: pa.Table, names: Container[str]) -> tuple[list[dict[str, Value]], Ints]:
    """The distinct combinations of some facts, and which of them each order has."""
    columns = [name for name in orders.column_names if name.startswith("fact:") and name.split(":")[1] in names]
    encoded = [orders[name].combine_chunks().dictionary_encode() for name in columns]
    codes = [one.indices.fill_null(-1).to_numpy().astype(np.int64) for one in encoded]
    rows, which = np.unique(np.stack([np.zeros(len(orders), np.int64), *codes], axis=1), axis=0, return_inverse=True)
    known = [
        (name.split(":")[1], python_values(name.rpartition(":")[2], one.dictionary))
        for name, one in zip(columns, encoded, strict=True)
    ]
    return [
        {name: values[code] for (name, values), code in zip(known, row, strict=True) if code >= 0}
        for row in rows[:, 1:].tolist()
    ], which.reshape(-1)


def _orders_table(histories: Sequence[OrderHistory]) -> pa.Table:
    facts = Columns.of(history.facts for history in histories)
    columns = {"order_id": pa.array([history.order_id for history in histories], pa.string())}
    columns |= {f"fact:{name}": column for name, column in facts.arrays().items()}
    for name in Observable:
        spans = [history.observes.get(name) for history in histories]
        columns[f"shows:{name}"] = pa.array([span is not None for span in spans], pa.bool_())
        columns[f"from:{name}"] = pa.array([span and span.start for span in spans], INSTANT)
        columns[f"to:{name}"] = pa.array([span and span.end for span in spans], INSTANT)
    return pa.table(columns)


def _events_table(histories: Sequence[OrderHistory]) -> pa.Table:
    events = [event for history in histories for event in history.events]
    fields = Columns.of(event.attributes for event in events)
    sizes = [len(history.events) for history in histories]
    columns = {
        "order": pa.array(np.repeat(np.arange(len(histories), dtype=np.int32), sizes)),
        "place": pa.array([place for size in sizes for place in range(size)], pa.int32()),
        "order_id": pa.array([event.order_id for event in events], pa.string()),
        **_own_columns(events),
        **{f"field:{name}": column for name, column in fields.arrays().items()},
    }
    return pa.table(columns)


def _own_columns(events: Sequence[Event]) -> dict[str, pa.Array]:
    return {
        "event_id": pa.array([event.event_id for event in events], pa.string()),
        "at": pa.array([event.occurred_at for event in events], INSTANT),
        "recorded_at": pa.array([event.recorded_at for event in events], INSTANT),
        "precision": pa.array([event.precision.value for event in events], pa.string()),
        "activity": pa.array([event.activity.value for event in events], pa.string()),
        "actor": pa.array([None if e.actor is Actor.UNKNOWN else e.actor.value for e in events], pa.string()),
        "inferred": pa.array([event.inferred for event in events], pa.bool_()),
        "refs": pa.array([places_text(event.refs) for event in events], pa.string()),
    }


def places_text(refs: Sequence[SourceRef]) -> str:
    """Places in the log as one JSON text."""
    listed = [[ref.source, ref.path, ref.line, ref.pointer] for ref in refs]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
