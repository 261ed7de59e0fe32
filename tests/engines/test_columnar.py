"""Does the columnar engine give exactly what the interpreter gives?"""

from collections import Counter
from types import ModuleType

import numpy as np
import pytest

from checker.engines import columnar, reference
from checker.engines.columnar.audit import audit
from checker.engines.columnar.bucket import bucket_of
from checker.engines.columnar.probe import Index
from checker.loading.policies import load_policies
from checker.model.finding import Reason, Verdict

SEEDS = range(60)
# Reasons of rates need several orders and a rate that is published; of no rule does an engine give REPEALED often.
RARE = {Reason.REPEALED, Reason.OVER_LIMIT, Reason.WITHIN_LIMIT, Reason.TOO_FEW, Reason.UNCLASSIFIED}


@pytest.mark.parametrize("seed", SEEDS)
def test_random_policies_on_random_orders(dense: ModuleType, grammar: ModuleType, seed: int) -> None:
    """Every finding, with all its evidence and in the same sequence, is the interpreter's."""
    orders, policies, as_of = dense.histories(seed, 60), grammar.timeline(seed), grammar.as_of(seed)
    assert columnar.findings(orders, policies, as_of) == reference.findings(orders, policies, as_of)


@pytest.mark.parametrize("seed", range(4))
def test_shipped_policies_on_random_orders(dense: ModuleType, grammar: ModuleType, seed: int) -> None:
    """The shipped policies are judged alike too."""
    orders, as_of = dense.histories(seed, 200), grammar.as_of(seed)
    policies = load_policies()
    assert columnar.findings(orders, policies, as_of) == reference.findings(orders, policies, as_of)


def test_one_order_alone(dense: ModuleType, grammar: ModuleType) -> None:
    """What an order's neighbours in a bucket are makes no difference."""
    orders, policies, as_of = dense.histories(7, 40), grammar.timeline(7), grammar.as_of(7)
    alone = [f for order in orders for f in columnar.findings([order], policies, as_of) if f.subject.value == "order"]
    together = [f for f in columnar.findings(orders, policies, as_of) if f.subject.value == "order"]
    assert alone == together


def test_small_buckets(dense: ModuleType, grammar: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of the buckets makes no difference, to rates neither."""
    orders, policies, as_of = dense.histories(11, 50), grammar.timeline(11), grammar.as_of(11)
    whole = columnar.findings(orders, policies, as_of)
    monkeypatch.setattr(columnar, "BUCKET", 3)
    assert columnar.findings(orders, policies, as_of) == whole


def test_hits_are_counted_or_searched_alike() -> None:
    """Where many ask, an index counts once instead of searching; at every place, the ends too, it says the same."""
    keys, places = np.array([0, 3, 4, 31]), np.arange(33)
    counted, searched = Index(keys, size=32).before(places), np.searchsorted(keys, places)
    assert counted.tolist() == searched.tolist() == Index(keys).before(places).tolist()


def test_nothing_to_judge(grammar: ModuleType) -> None:
    """No orders and no policies give no findings."""
    assert columnar.findings([], grammar.timeline(1), grammar.START) == ()
    assert columnar.findings([], (), grammar.START) == ()


def test_corpus_reaches_every_verdict(dense: ModuleType, grammar: ModuleType) -> None:
    """The random orders and policies meet every verdict and nearly every reason, most of them often."""
    seen: Counter[Verdict | Reason] = Counter()
    for seed in SEEDS:
        as_of = grammar.as_of(seed)
        for finding in reference.findings(dense.histories(seed, 60), grammar.timeline(seed), as_of):
            seen.update([finding.verdict, finding.evidence.reason])
    assert [verdict for verdict in Verdict if seen[verdict] < 100] == []
    assert [reason for reason in Reason if reason not in RARE and seen[reason] < 10] == []


def test_few_orders_are_hard(dense: ModuleType, grammar: ModuleType) -> None:
    """Only coarse stamps and windows that a newer version takes over are left to the interpreter."""
    as_of = grammar.as_of(3)
    exact = bucket_of(dense.histories(3, 300, coarse=0), as_of)
    assert not audit(exact, load_policies(), as_of).hard.any()
    coarse = bucket_of(dense.histories(3, 300, coarse=1), as_of)
    assert np.array_equal(audit(coarse, load_policies(), as_of).hard, coarse.is_coarse)
