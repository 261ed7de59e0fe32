"""Are clauses counted, and only those that a test claims something of?"""

from collections.abc import Callable
from datetime import timedelta

from checker.harness.cases import Case
from checker.harness.coverage import coverage, nearest
from checker.model.policy import Policy

RULE = "seller_answers_cancel_request"
STEPS = (
    "at 2025-12-01 10:00 the buyer asks to cancel (request R1)",
    "at 2025-12-03 10:00 the seller approves the cancellation (request R1)",
    "the order is checked at 2025-12-05 10:00",
)


def test_one_scenario_tries_what_it_shows(told: Callable[..., tuple[Case, ...]]) -> None:
    """The verdict claimed, the conditions as they were, the deadline from the side where the answer came."""
    tests = told(*STEPS, f"rule {RULE} is satisfied")
    (found,) = [one for one in coverage(tests[0].world.policies[0], tests) if one.rule.head.id == RULE]
    assert [clause.name for clause in found.clauses if clause.is_covered] == [
        "verdict satisfied",
        "given 1 holds",
        "given 2 holds",
        "unless 1 does not release",
        "at the deadline",
    ]
    assert (found.tests, found.nearest, nearest(found)) == (1, (timedelta(),), "0 s")


def test_a_verdict_seen_but_not_claimed_is_not_covered(told: Callable[..., tuple[Case, ...]]) -> None:
    """The due time is claimed, the verdict is not."""
    tests = told(*STEPS, f"rule {RULE} is due at 2025-12-03 10:00")
    (found,) = [one for one in coverage(tests[0].world.policies[0], tests) if one.rule.head.id == RULE]
    assert "verdict satisfied" not in [clause.name for clause in found.clauses if clause.is_covered]


def test_the_shipped_features_try_everything(pool: tuple[Policy, ...], shipped_cases: tuple[Case, ...]) -> None:
    """Every clause of the Japanese policy has a test."""
    (policy,) = [one for one in pool if one.id == "tiktok_shop.jp.order_cancellation"]
    missing = {
        found.rule.head.id: [clause.name for clause in found.clauses if not clause.is_covered]
        for found in coverage(policy, shipped_cases)
        if found.covered < len(found.clauses)
    }
    assert missing == {}
