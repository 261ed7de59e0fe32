"""Do the columns of a store give what the interpreter gives?"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise, zip_longest

import numpy as np
import pyarrow.parquet as pq

from checker.engines.bulk import claimed
from checker.engines.columnar import add_sums
from checker.engines.columnar.audit import audit
from checker.engines.columnar.bucket import Bucket, only
from checker.engines.columnar.probe import Ints
from checker.engines.columnar.proof import proven
from checker.engines.pool import of_buckets
from checker.engines.source import stored
from checker.engines.store import Store
from checker.engines.task import Group, Task
from checker.interpreter import RateKey, judge, rate_findings, rate_sums
from checker.model.finding import Counts, Finding
from checker.model.history import OrderHistory

Pair = tuple[Finding | None, Finding | None]
"""What the interpreter finds and what the columns find, where it is not the same."""
SHOWN = 5
"""So many pairs are kept."""


@dataclass(slots=True)
class Agreement:
    """What came of comparing some orders: how many findings each side has, how many differ, and the first that do."""

    orders: int = 0
    findings: int = 0
    differing: int = 0
    pairs: list[Pair] = field(default_factory=list)
    sums: dict[RateKey, Counts] = field(default_factory=dict)
    sums_in_columns: dict[RateKey, Counts] = field(default_factory=dict)

    def compare(self, one: Iterable[Finding], other: Iterable[Finding]) -> None:
        """Takes in what both sides say of the same orders."""
        for pair in zip_longest(one, other):
            self.findings += pair[0] is not None
            if pair[0] != pair[1]:
                self.differing += 1
                self.pairs = [*self.pairs, pair][:SHOWN]

    def add(self, other: "Agreement") -> None:
        """Takes in what came of other orders."""
        self.orders += other.orders
        self.findings += other.findings
        self.differing += other.differing
        self.pairs = [*self.pairs, *other.pairs][:SHOWN]
        add_sums(self.sums, other.sums)
        add_sums(self.sums_in_columns, other.sums_in_columns)


def agreement(task: Task, count: int | None, seed: int, workers: int | None = None) -> Agreement:
    """How far both sides agree on so many orders of the store, chosen by the seed, or on all of them."""
    total = Agreement()
    for _, part in of_buckets(partial(_bucket, task, _sampled(task.store, count, seed)), task.store.buckets, workers):
        total.add(part)
    total.compare(*(rate_findings(s, task.policies, task.as_of) for s in (total.sums, total.sums_in_columns)))
    return total


def _sampled(store: Store, count: int | None, seed: int) -> Sequence[Ints] | None:
    """The rows of each bucket that are compared, the same for the same seed; None: all."""
    sizes = [pq.read_metadata(store.orders_file(bucket)).num_rows for bucket in range(store.buckets)]
    if count is None or count >= sum(sizes):
        return None
    places = np.array(sorted(random.Random(seed).sample(range(sum(sizes)), count)), np.int64)  # noqa: S311
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    return [places[(places >= first) & (places < last)] - first for first, last in pairwise(bounds)]


def _bucket(task: Task, sampled: Sequence[Ints] | None, number: int) -> Agreement:
    """What came of comparing orders of one bucket."""
    source, found = stored(task, number), Agreement()
    for group in task.groups:
        mine = claimed(source.bucket, group)
        rows = mine if sampled is None else np.intersect1d(mine, sampled[number])
        found.add(_of_market(task, group, tuple(source.histories(rows)), only(source.bucket, rows)))
    return found


def _of_market(task: Task, group: Group, histories: Sequence[OrderHistory], bucket: Bucket) -> Agreement:
    audited = audit(bucket, group.policies, task.as_of)
    in_columns, found = proven(audited, dict(enumerate(histories))), Agreement(orders=len(histories))
    for place, history in enumerate(histories):
        found.compare(judge(history, group.policies, task.as_of), in_columns[place])
    found.sums = dict(rate_sums(histories, group.policies, task.as_of))
    hard = [histories[place] for place in np.flatnonzero(audited.hard).tolist()]
    found.sums_in_columns = dict(audited.sums)
    add_sums(found.sums_in_columns, rate_sums(hard, group.policies, task.as_of))
    return found
