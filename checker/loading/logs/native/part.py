"""What do the plain rows of one part of a log make up, and which orders are left to the readers of single rows?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.columns import Ints, Orders, taken
from checker.loading.logs.collection import Collection, Written, unknown_reason, unknown_status
from checker.loading.logs.coverage import add
from checker.loading.logs.native.doubts import FACTS, Sheet, doubtful
from checker.loading.logs.native.facts import FactsTable, facts_of
from checker.loading.logs.native.tables import Known, Observes, events_of, orders_of
from checker.loading.logs.native.values import NONE, NOTHING, flags
from checker.loading.logs.options import LogOptions
from checker.loading.logs.reasons import published_codes
from checker.loading.logs.record import WHOLE, Notice, Place, Record, orders_named
from checker.loading.logs.sources.canonical import SOURCE
from checker.loading.logs.statuses import STATUSES
from checker.model.activity import Observable
from checker.model.history import Span


@dataclass(frozen=True, slots=True)
class LogKnown:
    """What is known of the whole log: its files, what each declares or proves to show, and whether chats are loose."""

    paths: Sequence[str]
    written: Mapping[str, Written]
    has_loose_chats: bool
    options: LogOptions


@dataclass(frozen=True, slots=True)
class Plain:
    """Orders without doubts, their account, and the rows of all other orders."""

    columns: Orders
    account: Collection
    left: pa.Table


def plain_part(rows: pa.Table, others: Sequence[Record], log: LogKnown) -> Plain:
    """The plain orders among these rows; `others` are the records of rows that are not plain."""
    sheet = Sheet.of(rows)
    is_left = doubtful(sheet, {event.event_id for record in others for event in record.events})
    named = {order_id for record in others for order_id in orders_named(record)}
    is_left |= flags(pc.is_in(pa.array(sheet.ids, pa.string()), pa.array([*named], pa.string())))
    calm = sheet.only(~is_left[sheet.order])
    is_facts = calm.activity == FACTS
    facts, owners = facts_of(calm.rows.filter(pa.array(is_facts))), calm.order[is_facts]
    is_left[owners[~facts.is_read]] = True
    calm = sheet.only(~is_left[sheet.order])
    row = np.full(len(sheet.ids), NONE)
    row[owners] = np.arange(len(owners))
    observes, distinct = _observes(calm, facts, row, log)
    known = Known(facts.columns, row, distinct, observes)
    orders, place = orders_of(calm, known, log.options)
    columns = Orders(orders, events_of(calm, place, known, log.paths))
    return Plain(columns, _account(calm, facts, row, log.paths), rows.filter(pa.array(is_left[sheet.order])))


def _observes(sheet: Sheet, facts: FactsTable, facts_row: Ints, log: LogKnown) -> tuple[Ints, list[Observes]]:
    """What the log shows of each order, worked out once for all orders of the same files and declaration."""
    file, is_facts = sheet.rows["file"].to_numpy(), sheet.activity == FACTS
    told_in, kinds = np.full(len(sheet.ids), NONE), dict[tuple[tuple[int, ...], int, int], int]()
    told_in[sheet.order[is_facts]] = file[is_facts]
    declared = np.where(facts_row >= 0, np.append(facts.observes, NONE)[facts_row], NONE)
    found = np.zeros(len(sheet.ids), np.int64)
    for order, files in _files(sheet.order, file).items():
        found[order] = kinds.setdefault((files, int(declared[order]), int(told_in[order])), len(kinds))
    return found, [_shown(files, facts.declared[code] if code >= 0 else (), at, log) for files, code, at in kinds]


def _files(order: Ints, file: Ints) -> dict[int, tuple[int, ...]]:
    """The files that tell of each order."""
    width = int(file.max(initial=0)) + 1
    found: dict[int, tuple[int, ...]] = {}
    for pair in np.unique(order * width + file).tolist():
        found[pair // width] = (*found.get(pair // width, ()), pair % width)
    return found


def _shown(files: Sequence[int], declared: Sequence[Observes], told_in: int, log: LogKnown) -> Observes:
    """What these files show of an order that one of them declares something of."""
    observes: dict[Observable, Span] = {}
    for file in files:
        for coverage in log.written[log.paths[file]].coverage:
            add(observes, coverage.observes)
        for own in declared if file == told_in else ():
            add(observes, own)
    add(observes, dict.fromkeys(log.options.observes, WHOLE))
    if log.has_loose_chats and Observable.MESSAGES not in log.options.observes:
        observes.pop(Observable.MESSAGES, None)
    return observes


def _account(sheet: Sheet, facts: FactsTable, facts_row: Ints, paths: Sequence[str]) -> Collection:
    """The rows as used, and what is odd about their words."""
    account = Collection(used=len(sheet.rows))
    for file in np.unique(sheet.rows["file"].to_numpy()):
        account.sources[paths[file]][SOURCE] = None
    is_facts = sheet.activity == FACTS
    given = facts.columns.get("status:text", pa.nulls(len(facts.is_read), pa.string()))
    told = taken(given, np.where(is_facts, facts_row[sheet.order], NONE))
    status = pc.if_else(pa.array(is_facts), told, sheet.column("status"))
    reason = pc.if_else(pa.array(is_facts), NOTHING, sheet.column("reason"))
    _note(account, sheet, paths, status, STATUSES, unknown_status)
    _note(account, sheet, paths, reason, published_codes(), unknown_reason)
    return account


def _note(
    account: Collection,
    sheet: Sheet,
    paths: Sequence[str],
    words: pa.Array,
    known: Iterable[str],
    notice: Callable[[str], Notice],
) -> None:
    """Notes every word that is not known, with the first line of each file and how often it came."""
    is_odd = pc.and_(words.is_valid(), pc.invert(pc.is_in(words, pa.array([*known], pa.string()))))
    odd = pa.table({"word": words, "file": sheet.rows["file"], "number": sheet.rows["number"]}).filter(is_odd)
    counted = odd.group_by(["file", "word"], use_threads=False).aggregate([("number", "min"), ("number", "count")])
    for row in counted.to_pylist():
        account.note(Place(paths[row["file"]], row["number_min"]), notice(row["word"]), row["number_count"])
