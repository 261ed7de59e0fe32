"""What are the verdicts on some orders of a bucket, and when can time alone change them?"""

from collections.abc import Iterable, Iterator
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from checker.engines.bulk import Group, Task, claimed
from checker.engines.columnar.audit import Audit, audit
from checker.engines.columnar.bucket import Bucket, micros, only
from checker.engines.columnar.probe import FOREVER, NEVER, Ints
from checker.engines.columnar.sheet import VERDICTS
from checker.engines.store import Wanted, histories_in, read_bucket
from checker.engines.table import SCHEMA, table_of, verdict_table
from checker.interpreter.judge import judge
from checker.model.finding import Verdict
from checker.model.history import OrderHistory

_MAY_CHANGE = tuple(verdict in (Verdict.PENDING, Verdict.UNDETERMINED) for verdict in VERDICTS)


def judged_orders(task: Task, number: int, orders: Ints) -> tuple[pa.Table, Ints]:
    """The verdicts on these orders of a bucket, and for each the first instant at which a later `as_of` matters."""
    if not len(orders):
        return SCHEMA.empty_table(), orders
    whole = read_bucket(Wanted(task.store, number, task.as_of, task.needs, with_ids=True))
    chosen = only(whole, orders)
    wakes = np.minimum(_appearing(task, number)[orders], _watched_until(chosen, micros(task.as_of)))
    tables = []
    for group, mine, audited in audits(chosen, task.groups, task.as_of):
        histories = histories_in(task.store, number, orders[mine[audited.hard]])
        tables += [verdict_table(audited, task.as_of), judged_alone(histories, group, task.as_of)]
        wakes[mine] = np.minimum(wakes[mine], _falling_due(audited, micros(task.as_of)))
    return pa.concat_tables(tables), wakes


def audits(bucket: Bucket, groups: Iterable[Group], as_of: datetime) -> Iterator[tuple[Group, Ints, Audit]]:
    """For each market its orders and what is said of them."""
    for group in groups:
        mine = claimed(bucket, group)
        yield group, mine, audit(only(bucket, mine), group.policies, as_of)


def judged_alone(histories: Iterable[OrderHistory], group: Group, as_of: datetime) -> pa.Table:
    """What the interpreter says of orders that are hard."""
    return table_of(found for history in histories for found in judge(history, group.policies, as_of))


def _appearing(task: Task, number: int) -> Ints:
    """When the next event of each order becomes visible that is not yet."""
    file = task.store.events_file(number)
    events = pq.read_table(file, columns=["order", "at", "recorded_at"], use_threads=False)
    at, recorded = (np.asarray(events[name].cast(pa.int64()).fill_null(NEVER)) for name in ("at", "recorded_at"))
    appears, order = np.maximum(at, recorded), events["order"].to_numpy()
    later = appears > micros(task.as_of)
    wakes = np.full(pq.read_metadata(task.store.orders_file(number)).num_rows, FOREVER)
    np.minimum.at(wakes, order[later], appears[later])
    return wakes


def _watched_until(bucket: Bucket, now: int) -> Ints:
    """When the next of the spans of each order ends, after which its verdicts are provisional."""
    wakes = np.full(bucket.count, FOREVER)
    for shown in bucket.shown.values():
        ends = shown.shows & (shown.end >= now) & (shown.end != FOREVER)
        wakes = np.where(ends, np.minimum(wakes, np.where(ends, shown.end, 0) + 1), wakes)
    return wakes


def _falling_due(audited: Audit, now: int) -> Ints:
    """When the next open window of each order is over; hard orders are judged every time."""
    wakes = np.where(audited.hard, NEVER, FOREVER)
    may_change = np.array(_MAY_CHANGE)
    for part in audited.parts:
        sheet = part.sheet
        opens = may_change[sheet.verdict] & (sheet.due != NEVER) & (sheet.due >= now)
        np.minimum.at(wakes, part.orders[opens], sheet.due[opens] + 1)
    return wakes
