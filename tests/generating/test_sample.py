"""Is what was injected all that there is to find?"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

import pytest

from checker.generating import Made, Sample, made
from checker.generating.injections import INJECTIONS, POLICY
from checker.generating.lives import LIVES, Life
from checker.generating.sample import DAYS_OF_INJECTIONS, drafted
from checker.model.deadline import Duration
from checker.model.finding import Finding, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.rule import Classification, Obligation, Rate, Rule

Judged = Callable[[Iterable[OrderHistory]], tuple[Finding, ...]]
Key = tuple[str, str]

EVERY_INJECTION = 2 * len(INJECTIONS)


def verdicts(findings: Iterable[Finding]) -> dict[Key, set[Verdict]]:
    found: dict[Key, set[Verdict]] = defaultdict(set)
    for finding in findings:
        found[finding.subject_id, f"{finding.rule.policy}.{finding.rule.rule}"].add(finding.verdict)
    return found


def differences(sample: Iterable[Made], judged: Judged) -> list[Any]:
    """Where a check does not find what it must find, or finds a violation more."""
    orders = tuple(sample)
    found = verdicts(judged(one.history for one in orders))
    expected = {(note.order_id, note.rule): note for one in orders for note in one.expected}
    missed = [note for key, note in expected.items() if found[key] != {note.verdict}]
    return missed + [key for key, said in found.items() if Verdict.VIOLATED in said and key not in expected]


@pytest.mark.parametrize("seed", [1, 2, 30_011])
def test_every_injection_is_found_and_no_twin(seed: int, judged: Judged) -> None:
    """Every way to break a rule is found, its twin has the verdict that was foreseen, and nothing else is wrong."""
    orders = [made(Sample(seed, percent=100), number) for number in range(2 * EVERY_INJECTION)]
    assert differences(orders, judged) == []


@pytest.mark.parametrize("seed", [1, 4])
def test_ordinary_orders_break_no_rule(seed: int, judged: Judged) -> None:
    """In a log with few injections there is nothing to find but them."""
    orders = [made(Sample(seed), number) for number in range(2000)]
    assert sum(bool(one.expected) for one in orders) == 100
    assert differences(orders, judged) == []


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
def test_nobody_can_complain_about_any_life(life: Life, judged: Judged) -> None:
    """However seldom a life is, it breaks no rule."""
    orders = []
    for number in range(60):
        draft = drafted(Sample(3), number, Random(number), DAYS_OF_INJECTIONS)  # noqa: S311
        life(draft)
        orders.append(draft.history())
    assert [found for found in judged(orders) if found.verdict is Verdict.VIOLATED] == []


def can_be_violated(rule: Rule, policy: Policy) -> bool:
    """Whether a log can show that the rule was broken: it has an end, and its number is published or in the log."""
    if not isinstance(rule, Obligation):
        return not isinstance(rule, Rate | Classification)
    if rule.within is None or rule.within.parameter is None:
        return rule.within is not None
    value = policy.parameters[rule.within.parameter].value
    return isinstance(value, Duration) and value.amount is not None


def test_every_rule_that_a_log_can_break_is_broken(policies: tuple[Policy, ...]) -> None:
    """No rule is left out but those without a number, without an end, or without a verdict."""
    (policy,) = policies
    breakable = {f"{POLICY}.{rule.head.id}" for rule in policy.rules if can_be_violated(rule, policy)}
    orders = [made(Sample(1, percent=100), number) for number in range(EVERY_INJECTION)]
    broken = {note.rule for one in orders for note in one.expected if note.verdict is Verdict.VIOLATED}
    assert broken == breakable


def test_an_order_is_made_without_the_others() -> None:
    """The same seed and number give the same order, another seed another one."""
    assert made(Sample(1), 70) == made(Sample(1), 70)
    assert made(Sample(1), 70).history.order_id != made(Sample(2), 70).history.order_id


@pytest.mark.parametrize(("percent", "injected"), [(0, 0), (5, 10), (33, 66), (100, 200)])
def test_injections_are_spread_evenly(percent: int, injected: int) -> None:
    """So many of every hundred orders are injections."""
    orders = [made(Sample(1, percent), number) for number in range(200)]
    assert sum(bool(one.expected) for one in orders) == injected
