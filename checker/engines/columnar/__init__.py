"""The columnar engine: every pattern judged once per distinct value, every search one probe, many orders at once."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice

import numpy as np

from checker.engines.columnar.audit import audit
from checker.engines.columnar.bucket import bucket_of
from checker.engines.columnar.proof import proven
from checker.interpreter import RateKey, Sums, add_counts, rate_findings, rate_sums
from checker.model.finding import Counts, Finding
from checker.model.history import OrderHistory
from checker.model.policy import Policy

BUCKET = 20_000
"""Orders judged at once: enough for arrays to pay, few enough for memory."""


def findings(histories: Iterable[OrderHistory], policies: Sequence[Policy], as_of: datetime) -> tuple[Finding, ...]:
    """All findings: order by order as given, then the rates."""
    found: list[Finding] = []
    sums: dict[RateKey, Counts] = {}
    for orders in _batches(histories) if policies else ():
        with _uncollected():
            audited = audit(bucket_of(orders, as_of), policies, as_of)
            for of_order in proven(audited, dict(enumerate(orders))).values():
                found += of_order
        hard = [orders[number] for number in np.flatnonzero(audited.hard)]
        for part in (audited.sums, rate_sums(hard, policies, as_of)):
            add_sums(sums, part)
    return (*found, *rate_findings(sums, policies, as_of))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pauses the search for garbage in cycles: findings are values, made by the million, and have none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def add_sums(sums: dict[RateKey, Counts], part: Sums) -> None:
    """Adds partial counts to the counts so far."""
    if not sums:
        sums.update(part)
        return
    for key, counts in part.items():
        known = sums.get(key)
        sums[key] = counts if known is None else add_counts(known, counts)


def _batches(histories: Iterable[OrderHistory]) -> Iterator[tuple[OrderHistory, ...]]:
    rest = iter(histories)
    while batch := tuple(islice(rest, BUCKET)):
        yield batch
