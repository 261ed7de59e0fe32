"""Does a store give the report that its orders give as a log: every count, and every finding that it lists?"""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from checker.changes.baseline import with_baseline
from checker.changes.waiving import with_waivers
from checker.check import check
from checker.check.store import StoreAudit, check_store, groups, listed_rates
from checker.engines.bulk import Outcome, Task
from checker.engines.kept import kept_outcome
from checker.engines.pool import judge_store
from checker.engines.state import judge_night
from checker.engines.store import Store, StoreWriter
from checker.engines.store.layout import bucket_of_order
from checker.engines.survey import chosen
from checker.model.case import case_key
from checker.model.finding import Finding, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.report import EventLog, Report, Tally
from checker.model.rule import Location, Severity
from checker.model.waiver import Waiver, WaiverMatch

BUCKETS = 3
FEW = {Verdict.VIOLATED: 3, Verdict.PENDING: 2, Verdict.UNDETERMINED: 1}
MANY = dict.fromkeys(FEW, 10_000)


def written(root: Path, orders: Sequence[OrderHistory], buckets: int = BUCKETS) -> Store:
    writer = StoreWriter(root, buckets)
    for number in range(buckets):
        writer.write(number, [order for order in orders if bucket_of_order(order.order_id, buckets) == number])
    return writer.finish("d", {})


def of_two_markets(policies: Sequence[Policy]) -> tuple[Policy, ...]:
    """The same policies for the shops s1 and s2, each a market; orders of s3 belong to none."""
    return tuple(
        replace(policy, id=f"{policy.id}_{shop}", market=replace(policy.market, id=shop, orders={"shop_id": (shop,)}))
        for shop in ("s1", "s2")
        for policy in policies
    )


def waiver(name: str, finding: Finding, match: WaiverMatch, report: Report) -> Waiver:
    place, policy = Location("waivers.yaml", 1, 1), finding.rule.policy
    return Waiver(name, policy, finding.rule.rule, match, "x", "y", report.as_of, report.as_of, place)


def waivers(report: Report, rng: random.Random) -> tuple[Waiver, ...]:
    """Waivers of an order, a shop, a trigger, and one that waives nothing."""
    wrong = [f for f in report.findings if f.verdict is Verdict.VIOLATED and f.subject.value == "order"]
    if not wrong:
        return ()
    facts = {history.order_id: history.facts for history in report.log.histories}
    one, two, three = (rng.choice(wrong) for _ in range(3))
    trigger = () if three.evidence.trigger is None else (("actor", str(three.evidence.trigger.field("actor"))),)
    shop = str(facts[two.subject_id].get("shop_id", "s1"))
    matches = (
        (one, WaiverMatch(order_id=one.subject_id)),
        (two, WaiverMatch(shop_id=shop)),
        (three, WaiverMatch(trigger=trigger)),
        (one, WaiverMatch(order_id="nobody's")),
    )
    return tuple(waiver(f"W{n}", finding, match, report) for n, (finding, match) in enumerate(matches))


def known(report: Report, rng: random.Random) -> frozenset[str]:
    """The cases of a third of all violations."""
    return frozenset(case_key(f) for f in report.findings if f.verdict is Verdict.VIOLATED and rng.random() < 0.3)


def compared(stored: Report, whole: Report, most: dict[Verdict, int]) -> None:
    """Asserts that both say the same, as far as the store's report lists it."""
    rates = tuple(finding for finding in whole.findings if finding.evidence.counts is not None)
    of_orders = (finding for finding in whole.findings if finding.evidence.counts is None)
    duties = frozenset(rule for group in groups(whole.policies) for rule in group.duties)
    assert stored.census == whole.census
    assert stored.findings == (*chosen(of_orders, duties, most), *listed_rates(sorted(rates, key=_key), most))
    assert (stored.lapsed, stored.verdicts) == (whole.lapsed, whole.verdicts)
    histories = {history.order_id: history for history in whole.log.histories}
    assert all(histories[history.order_id] == history for history in stored.log.histories)
    for severity in Severity:
        for strict in (False, True):
            assert stored.exit_code(severity, strict=strict) == whole.exit_code(severity, strict=strict)


def _key(rate: Finding) -> tuple[str, str, str]:
    return rate.rule.policy, rate.rule.rule, rate.subject_id


def in_columns(task: Task) -> Outcome:
    return judge_store(task, workers=1)


@pytest.mark.parametrize(("seed", "most"), [*((seed, FEW) for seed in range(7)), (8, MANY), (10, MANY)])
def test_report_of_a_store(
    dense: ModuleType, grammar: ModuleType, tmp_path: Path, seed: int, most: dict[Verdict, int]
) -> None:
    """With several markets, strays, waivers and a baseline, in columns, by the interpreter and from a state."""
    rng = random.Random(seed)  # noqa: S311 - it must repeat itself
    orders = tuple(sorted(dense.histories(seed, 80), key=lambda order: order.order_id))
    policies, as_of = of_two_markets(grammar.timeline(seed)), grammar.as_of(seed)
    plain = check(EventLog(orders, (), Tally(), {}, "d"), policies, as_of, engine="reference")
    store, accepted, cases = written(tmp_path / "store", orders), waivers(plain, rng), known(plain, rng)
    whole = with_baseline(with_waivers(plain, accepted), cases)
    audit = StoreAudit(store, policies, as_of, most, accepted, cases)
    compared(check_store(replace(audit, waivers=(), known=frozenset()), in_columns, "columnar", 1)[0], plain, most)
    compared(check_store(audit, in_columns, "columnar", 1)[0], whole, most)
    compared(check_store(replace(audit, is_interpreted=True), in_columns, "reference", 1)[0], whole, most)

    def from_state(task: Task) -> Outcome:
        return kept_outcome(task, judge_night(task, tmp_path / "state", 1).generation, 1)

    for _ in range(2):
        compared(check_store(audit, from_state, "columnar", 1)[0], whole, most)


def test_buckets_and_workers_make_no_difference(dense: ModuleType, grammar: ModuleType, tmp_path: Path) -> None:
    """What is listed depends on the orders alone."""
    orders, policies, as_of = dense.histories(4, 90), of_two_markets(grammar.timeline(4)), grammar.as_of(4)
    reports = []
    for buckets, workers in ((1, 1), (5, 1), (3, 2)):
        store = written(tmp_path / f"{buckets}", orders, buckets)
        audit = StoreAudit(store, policies, as_of, FEW)
        reports.append(check_store(audit, lambda task, n=workers: judge_store(task, n), "columnar", workers)[0])
    assert reports[0] == reports[1] == reports[2]
    assert any(finding.verdict is Verdict.VIOLATED for finding in reports[0].findings)
