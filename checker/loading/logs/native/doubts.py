"""Which orders need a closer look: where may one event be told twice, contradict another, or be inferred?"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.columns import Ints
from checker.loading.logs.inference import CANCEL_REASONED, SILENT_ON_DECIDER
from checker.loading.logs.merge import ONCE, TOLERANCE, WIDTHS
from checker.loading.logs.native.places import first_sources
from checker.loading.logs.native.values import NONE, Flags, flags
from checker.model.activity import RANK, Activity

FACTS = -1
SECOND = 1_000_000
LAST = np.iinfo(np.int64).max
TOLD_APART = {
    Activity.STATUS_CHANGED: "status",
    Activity.DEADLINE_SET: "deadline_name",
    Activity.MESSAGE_SENT: "text",
    Activity.NOTIFICATION_SENT: "text",
}
"""A field in which two events of one activity and moment must agree to be one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Plain rows of some orders: of each the number of its order among `ids`, and the rank of its activity or FACTS."""

    rows: pa.Table
    ids: list[str]
    order: Ints
    activity: Ints
    at: Ints

    @classmethod
    def of(cls, rows: pa.Table) -> "Sheet":
        """The sheet of these rows."""
        orders = rows["order_id"].combine_chunks().dictionary_encode()
        order = orders.indices.to_numpy().astype(np.int64)
        kinds = pa.array([activity.value for activity in Activity])
        activity = _codes(pc.index_in(rows["type"].combine_chunks(), kinds))
        at = rows["ts"].combine_chunks().cast(pa.int64()).fill_null(0).to_numpy()
        return cls(rows, orders.dictionary.to_pylist(), order, activity, at)

    def column(self, name: str) -> pa.Array:
        """One column of the rows."""
        return self.rows[name].combine_chunks()

    def only(self, chosen: Flags) -> "Sheet":
        """Some of these rows, under the same numbers."""
        if chosen.all():
            return self
        rows = self.rows.filter(pa.array(chosen))
        return Sheet(rows, self.ids, self.order[chosen], self.activity[chosen], self.at[chosen])

    def is_of(self, *activities: Activity) -> Flags:
        """Where a row is an event of one of these activities."""
        found: Flags = np.isin(self.activity, [RANK[activity] for activity in activities])
        return found


def _codes(column: pa.Array) -> Ints:
    found: Ints = column.fill_null(NONE).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def _distinct(sheet: Sheet, name: str) -> Ints:
    """Equal numbers for equal texts, NONE for none."""
    return _codes(sheet.column(name).dictionary_encode().indices)


def doubtful(sheet: Sheet, other_ids: Iterable[str]) -> Flags:
    """The orders that merging or inference may touch; `other_ids` are event ids of rows that are not plain."""
    found = np.zeros(len(sheet.ids), np.bool_)
    doubts = (_told_again(sheet, other_ids), _repeated(sheet), _near(sheet), _too_early(sheet), _inferred(sheet))
    for rows in doubts:
        found[sheet.order[rows]] = True
    return found


def _told_again(sheet: Sheet, other_ids: Iterable[str]) -> Flags:
    """Rows with an event id that another row has, and second rows of facts."""
    ids = _distinct(sheet, "event_id")
    is_event = sheet.activity != FACTS
    counts = np.bincount(ids[is_event], minlength=1)
    elsewhere = flags(pc.is_in(sheet.column("event_id"), pa.array([*other_ids], pa.string())))
    facts = np.bincount(sheet.order[~is_event], minlength=len(sheet.ids))
    found: Flags = np.where(is_event, (counts[np.where(is_event, ids, 0)] > 1) | elsewhere, facts[sheet.order] > 1)
    return found


def _repeated(sheet: Sheet) -> Flags:
    """What happens once and is told more often: by its activity, or as the same step of the same request."""
    once = sheet.is_of(*ONCE, Activity.ORDER_CANCELLED)
    request = _distinct(sheet, "request_id")
    return _again(sheet.order, sheet.activity, chosen=once) | _again(
        sheet.order, sheet.activity, request, chosen=request != NONE
    )


def _again(*keys: Ints, chosen: Flags) -> Flags:
    """The chosen rows whose keys another chosen row has."""
    rows = np.flatnonzero(chosen)
    rows = rows[np.lexsort([key[rows] for key in keys])]
    same = np.logical_and.reduce([key[rows[1:]] == key[rows[:-1]] for key in keys])
    found = np.zeros(len(chosen), np.bool_)
    found[rows[1:][same]] = True
    return found


def _near(sheet: Sheet) -> Flags:
    """Events so near one of the same activity that they may be one."""
    detail = np.zeros(len(sheet.at), np.int64)
    for activity, name in TOLD_APART.items():
        chosen = sheet.is_of(activity)
        detail[chosen] = _distinct(sheet, name)[chosen]
    rows = np.flatnonzero(sheet.activity != FACTS)
    rows = rows[np.lexsort((sheet.at[rows], detail[rows], sheet.activity[rows], sheet.order[rows]))]
    early, late = rows[:-1], rows[1:]
    same = np.logical_and.reduce([key[early] == key[late] for key in (sheet.order, sheet.activity, detail)])
    gap = sheet.at[late] - sheet.at[early]
    found = np.zeros(len(sheet.at), np.bool_)
    found[late[same & ((gap <= TOLERANCE.total_seconds() * SECOND) | (gap < _widths(sheet)[early]))]] = True
    return found


def _widths(sheet: Sheet) -> Ints:
    """How long the interval is in which each event may have happened, in microseconds."""
    found = np.zeros(len(sheet.at), np.int64)
    precision = sheet.column("ts_precision")
    for name, width in WIDTHS.items():
        found[flags(pc.equal(precision, name.value))] = int(width.total_seconds()) * SECOND
    return found


def _first(sheet: Sheet, activity: Activity) -> Ints:
    """The first such event of each row's order, LAST where there is none."""
    found, chosen = np.full(len(sheet.ids), LAST), sheet.is_of(activity)
    np.minimum.at(found, sheet.order[chosen], sheet.at[chosen])
    return found[sheet.order]


def _too_early(sheet: Sheet) -> Flags:
    """What comes before its order was created; people may well talk before they order."""
    created = _first(sheet, Activity.ORDER_CREATED)
    is_said = (sheet.activity == FACTS) | sheet.is_of(Activity.MESSAGE_SENT) | (created == LAST)
    found: Flags = ~is_said & (
        sheet.at < np.where(created == LAST, 0, created) - int(TOLERANCE.total_seconds()) * SECOND
    )
    return found


def _inferred(sheet: Sheet) -> Flags:
    """Events of parts of an order, labels without a code, and approvals whose time or decider may be another."""
    is_event = sheet.activity != FACTS
    part = flags(sheet.column("line_item_ids").is_valid()) & is_event
    labelled = flags(pc.and_(sheet.column("reason_text").is_valid(), sheet.column("reason").is_null()))
    labelled &= sheet.is_of(*CANCEL_REASONED)
    silent = sheet.is_of(Activity.CANCEL_APPROVED)
    if silent.any():
        silent &= flags(pc.is_in(first_sources(sheet.rows), pa.array([*SILENT_ON_DECIDER])))
        nobody = flags(pc.is_in(sheet.column("actor"), pa.array([None, "unknown"])))
        silent &= nobody | (_first(sheet, Activity.ORDER_CANCELLED) < sheet.at)
    found: Flags = part | labelled | silent
    return found
