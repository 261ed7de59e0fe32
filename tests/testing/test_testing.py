"""Does the public API for tests of policies do what it promises?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model.finding import Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.testing import (
    assert_verdict,
    at,
    boundary_cases,
    event,
    future_is_invisible,
    load_policies,
    order,
    unrelated_event_changes_nothing,
    violations_stay,
    wall_clock_is_not_read,
    zone_changes_nothing,
)
from checker.testing.strategies import check_times, orders

POLICIES = tuple(policy for policy in load_policies() if policy.id == "tiktok_shop.jp.order_cancellation")
RULE = "seller_answers_cancel_request"
LATER = at("2025-12-05 10:00", "Asia/Tokyo")


def asked() -> OrderHistory:
    return order(
        event("order_created", at("2025-12-01 08:00", "Asia/Tokyo"), "buyer", status="UNPAID"),
        event("cancel_requested", at("2025-12-01 10:00", "Asia/Tokyo"), "buyer", request_id="R1"),
    )


@pytest.mark.parametrize("case", [case for policy in POLICIES for case in boundary_cases(policy)], ids=str)
def test_boundary_cases_hold(case: object) -> None:
    """A microsecond before, at and after every published deadline of the shipped policy, on every engine."""
    assert_verdict(case.history, POLICIES, case.rule, case.expected, as_of=case.as_of)


def test_boundary_cases_come_in_threes() -> None:
    """For each rule whose deadline is known in a plain order."""
    found = [(case.rule, case.place) for case in boundary_cases(POLICIES[0])]
    assert [place for _, place in found] == ["before", "at", "after"] * (len(found) // 3)
    assert RULE in {rule for rule, _ in found}


def test_the_assertion_gives_the_finding() -> None:
    """So that a test can go on to its evidence."""
    finding = assert_verdict(asked(), POLICIES, RULE, "violated", as_of=LATER)
    assert finding.verdict is Verdict.VIOLATED


@pytest.mark.parametrize(
    ("rule", "verdict", "message"),
    [
        (RULE, "satisfied", f"rule `{RULE}` is violated \\(not_done\\); expected satisfied"),
        ("no_such_rule", "violated", "no rule `no_such_rule`; expected one of "),
        ("platform_emails_seller", "violated", "rule `platform_emails_seller` has 0 findings; expected one, violated"),
    ],
)
def test_the_assertion_says_what_was_found(rule: str, verdict: str, message: str) -> None:
    """Verdict, reason and what is missing."""
    with pytest.raises(AssertionError, match=message):
        assert_verdict(asked(), POLICIES, rule, verdict, as_of=LATER)


def test_an_event_needs_a_zone() -> None:
    """A naive time would be anybody's."""
    with pytest.raises(ValueError, match="has no time zone"):
        event("delivered", datetime(2025, 12, 1))  # noqa: DTZ001 - that is the mistake


def test_times_are_local_and_24_is_the_end_of_the_day() -> None:
    """As features write them."""
    assert at("2025-12-01 24:00", "Asia/Tokyo") == datetime(2025, 12, 1, 14, 59, 59, 999999, tzinfo=UTC)


@settings(max_examples=60, deadline=None)
@given(orders(POLICIES[0]), check_times(POLICIES[0]), st.timedeltas(timedelta(), timedelta(days=30)))
def test_the_invariants_hold_of_the_shipped_policy(history: OrderHistory, as_of: datetime, later: timedelta) -> None:
    """On random orders made of the policy's own values."""
    violations_stay(history, POLICIES, as_of, as_of + later)
    future_is_invisible(history, POLICIES, as_of)
    zone_changes_nothing(history, POLICIES, as_of, "America/New_York")
    unrelated_event_changes_nothing(history, POLICIES, as_of)


def test_the_clock_on_the_wall_is_not_read() -> None:
    """Years before and after, the findings are the same."""
    wall_clock_is_not_read(asked(), POLICIES, LATER)


def test_invariants_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that looks at the number of events, or at the future, is caught."""
    from checker.testing import invariants

    def counts(history: OrderHistory, policies: tuple[Policy, ...], as_of: datetime) -> tuple[int, ...]:
        return (len(history.events),)

    monkeypatch.setattr(invariants, "judge", counts)
    with pytest.raises(AssertionError, match="an event of the future was seen"):
        future_is_invisible(asked(), POLICIES, at("2025-12-01 09:00", "Asia/Tokyo"))
    with pytest.raises(AssertionError, match="changed a finding"):
        unrelated_event_changes_nothing(asked(), POLICIES, LATER)
