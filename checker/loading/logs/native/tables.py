"""How do plain orders become columns, with all that merging and inference give an order without doubts?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.columns import INSTANT, Columns, Ints, taken
from checker.loading.logs.histories import given_facts
from checker.loading.logs.native.doubts import Sheet
from checker.loading.logs.native.places import places
from checker.loading.logs.native.rows import attributes
from checker.loading.logs.native.values import NOTHING, Flags, flags, once_each
from checker.loading.logs.options import LogOptions
from checker.loading.logs.sources.canonical import TEXTS
from checker.loading.logs.statuses import STATUS_AFTER
from checker.model.activity import RANK, Activity, Observable
from checker.model.event import Actor, Precision
from checker.model.history import Span

Observes = Mapping[Observable, Span]
Arrays = dict[str, pa.Array]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of orders beside their events, by their number in the sheet.

    `facts` are columns over rows of facts, `facts_row` tells each order's row; `observed` are the distinct things that
    the log shows, `observes` tells which of them.
    """

    facts: Mapping[str, pa.Array]
    facts_row: Ints
    observed: Sequence[Observes]
    observes: Ints


def orders_of(sheet: Sheet, known: Known, options: LogOptions) -> tuple[pa.Table, Ints]:
    """The orders of the sheet as a store keeps them, sorted by their ids, and the place of each number among them."""
    numbers = np.array(sorted(np.unique(sheet.order).tolist(), key=sheet.ids.__getitem__), np.int64)
    place = np.zeros(len(sheet.ids), np.int64)
    place[numbers] = np.arange(len(numbers))
    facts = {name: taken(column, known.facts_row[numbers]) for name, column in known.facts.items()}
    columns = {"order_id": pa.array([sheet.ids[number] for number in numbers], pa.string())}
    columns |= {f"fact:{name}": column for name, column in sorted(_completed(facts, len(numbers), options).items())}
    shown = _shown(known.observed)
    columns |= {name: column.take(pa.array(known.observes[numbers])) for name, column in shown.items()}
    return pa.table(columns), place


def _completed(facts: Arrays, count: int, options: LogOptions) -> Arrays:
    """The facts, with what the user said of all orders where an order does not say it."""
    found = {name: column for name, column in facts.items() if column.null_count < count}
    for name, value in given_facts(options).items():
        kinds = [column for key, column in found.items() if key.rpartition(":")[0] == name]
        is_open = np.logical_and.reduce([np.ones(count, np.bool_), *(flags(column.is_null()) for column in kinds)])
        column = found.get(f"{name}:text", pa.nulls(count, pa.string()))
        if is_open.any():
            found[f"{name}:text"] = pc.if_else(pa.array(is_open), value, column)
    return found


def _shown(observed: Sequence[Observes]) -> Arrays:
    """What each of these shows, in the columns of a store."""
    columns = {}
    for name in Observable:
        spans = [shown.get(name) for shown in observed]
        columns[f"shows:{name}"] = pa.array([span is not None for span in spans], pa.bool_())
        columns[f"from:{name}"] = pa.array([span and span.start for span in spans], INSTANT)
        columns[f"to:{name}"] = pa.array([span and span.end for span in spans], INSTANT)
    return columns


def events_of(sheet: Sheet, place: Ints, known: Known, paths: Sequence[str]) -> pa.Table:
    """The events of the sheet as a store keeps them, in canonical order; `place` is that of each order."""
    rows = np.flatnonzero(sheet.activity >= 0)
    rows = rows[np.lexsort((rows, sheet.activity[rows], sheet.at[rows], place[sheet.order[rows]]))]
    sorted_rows = sheet.rows.take(pa.array(rows))
    order = place[sheet.order[rows]]
    starts = np.searchsorted(order, np.arange(len(place) + 1))
    fields = _fields(sorted_rows)
    default = _next_status(sheet, known)[rows]
    fields["status:text"] = pc.coalesce(fields["status:text"], taken(_STATUSES, default))
    columns = {
        "order": pa.array(order.astype(np.int32)),
        "place": pa.array((np.arange(len(rows)) - starts[order]).astype(np.int32)),
        **_own_columns(sorted_rows),
        "refs": places(sorted_rows, paths),
        **{f"field:{name}": fields[name] for name in sorted(fields) if fields[name].null_count < len(rows)},
    }
    return pa.table(columns)


def _own_columns(rows: pa.Table) -> Arrays:
    column = {name: rows[name].combine_chunks() for name in rows.column_names}
    return {
        "order_id": column["order_id"],
        "event_id": column["event_id"],
        "at": column["ts"],
        "recorded_at": column["observed_at"],
        "precision": pc.fill_null(column["ts_precision"], Precision.SECOND.value),
        "activity": column["type"],
        "actor": pc.if_else(pc.equal(column["actor"], Actor.UNKNOWN.value), NOTHING, column["actor"]),
        "inferred": pc.fill_null(column["inferred"], False),
    }


def _fields(rows: pa.Table) -> Arrays:
    """The fields that the rows give, by name and kind."""
    codes, said = once_each(rows["facts"].combine_chunks(), attributes)
    fields = {name: taken(column, codes) for name, column in Columns.of(one or {} for one in said).arrays().items()}
    fields |= {f"{name}:text": rows[name].combine_chunks() for name in TEXTS}
    return fields | {"due:instant": rows["due"].combine_chunks()}


_STATUSES = pa.array([STATUS_AFTER.get(activity) for activity in Activity], pa.string())


def _next_status(sheet: Sheet, known: Known) -> Ints:
    """The activity whose status follows each row; none for the payment of an order that is paid on delivery."""
    on_delivery = known.facts.get("is_cod:bool")
    if on_delivery is None:
        return sheet.activity
    is_cod: Flags = flags(taken(on_delivery, known.facts_row))[sheet.order]
    return np.where(is_cod & (sheet.activity == RANK[Activity.PAYMENT_SUCCEEDED]), -1, sheet.activity)
