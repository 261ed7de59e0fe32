"""How are the orders of a store that a report lists found again, judged, and their findings proven?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.engines.pool import of_buckets
from checker.engines.source import stored_ids
from checker.engines.store import Store, histories_in
from checker.engines.store.layout import bucket_of_order
from checker.engines.survey import Survey, chosen
from checker.engines.task import Task
from checker.interpreter.judge import judge
from checker.model.finding import Finding
from checker.model.history import OrderHistory

Where = tuple[int, tuple[str, ...]]
"""A bucket, and some of its orders."""
WORTH_A_PROCESS = 1_000
"""Fewer orders are proven sooner than processes start."""


@dataclass(frozen=True, slots=True)
class Proven:
    """The findings on one order of one market, violations marked where somebody accepts them."""

    market: int
    history: OrderHistory
    findings: tuple[Finding, ...]


def prove(
    task: Task, survey: Survey, workers: int | None = None
) -> tuple[tuple[OrderHistory, ...], tuple[Finding, ...]]:
    """The orders that a report lists with all that is listed of them: market by market, by order id, as in a log."""
    wanted = _by_bucket((order_id, bucket) for found in survey.shelves.values() for _, order_id, bucket in found)
    few = sum(len(ids) for _, ids in wanted) < WORTH_A_PROCESS
    parts = of_buckets(partial(_nth, task, wanted), len(wanted), 1 if few else workers)
    proven = sorted((one for _, part in parts for one in part), key=lambda one: (one.market, one.history.order_id))
    listed = chosen((finding for one in proven for finding in one.findings), task.duties, survey.most)
    shown = {finding.subject_id for finding in listed}
    return tuple(one.history for one in proven if one.history.order_id in shown), listed


def _by_bucket(found: Iterable[tuple[str, int]]) -> tuple[Where, ...]:
    ids: dict[int, set[str]] = defaultdict(set)
    for order_id, bucket in found:
        ids[bucket].add(order_id)
    return tuple((bucket, tuple(sorted(ids[bucket]))) for bucket in sorted(ids))


def _nth(task: Task, wanted: Sequence[Where], number: int) -> tuple[Proven, ...]:
    return tuple(judged(task, wanted[number]))


def judged(task: Task, where: Where) -> Iterator[Proven]:
    """What the interpreter says of these orders; those of no market are left out."""
    accept = None if task.listing is None else task.listing.accept
    for history in histories_named(task.store, where):
        for market, group in enumerate(task.groups):
            if group.claims(history.facts):
                found = judge(history, group.policies, task.as_of)
                yield Proven(market, history, found if accept is None else accept(found, (history,)))


def histories_named(store: Store, where: Where) -> tuple[OrderHistory, ...]:
    """The histories of these orders of a bucket."""
    bucket, ids = where
    rows = np.flatnonzero(pc.is_in(stored_ids(store, bucket), pa.array(ids, pa.string())))
    return tuple(histories_in(store, bucket, rows))


def located(store: Store, ids: Iterable[str]) -> dict[str, int]:
    """The bucket of each of these orders that the store holds: where its hash says, else wherever it is."""
    left, found = set(ids), dict[str, int]()
    guesses = sorted({bucket_of_order(order_id, store.buckets) for order_id in left})
    for bucket in dict.fromkeys((*guesses, *range(store.buckets))):
        if not left:
            break
        held = stored_ids(store, bucket)
        here = set(held.filter(pc.is_in(held, pa.array(sorted(left), pa.string()))).to_pylist())
        found.update(dict.fromkeys(here, bucket))
        left -= here
    return found


def settled(store: Store, survey: Survey) -> Survey:
    """The survey of orders that came from no bucket, with the bucket of each."""
    listed = [*survey.shelves.values(), survey.strays]
    buckets = located(store, {order_id for found in listed for _, order_id, _ in found})
    for found in listed:
        found[:] = [(due, order_id, buckets[order_id]) for due, order_id, _ in found]
    return survey
