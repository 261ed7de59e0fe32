"""Tests in Python beside the features: only where code says it better, such as every edge of every deadline."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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

POLICIES = load_policies("policies")
(POLICY,) = POLICIES


@pytest.mark.parametrize("case", boundary_cases(POLICY), ids=str)
def test_every_edge(case):
    """A microsecond before, at and after each due time."""
    assert_verdict(case.history, POLICIES, case.rule, case.expected, as_of=case.as_of)


def test_a_late_answer_says_how_late():
    """An answer after 25 hours is an hour late."""
    asked = event("cancel_requested", at("2026-01-05 10:00", "Asia/Tokyo"), "buyer", request_id="R1")
    answered = event("cancel_approved", at("2026-01-06 11:00", "Asia/Tokyo"), "seller", request_id="R1")
    finding = assert_verdict(
        order(asked, answered), POLICIES, "we_answer_within_a_day", "violated", as_of=at("2026-01-08 10:00")
    )
    assert finding.evidence.late_by == timedelta(hours=1)


@settings(max_examples=50, deadline=None)
@given(orders(POLICY), check_times(POLICY), st.timedeltas(timedelta(), timedelta(days=30)))
def test_what_holds_for_every_order(history, as_of, later):
    """The invariants of the language, on random orders made of this policy's own values."""
    violations_stay(history, POLICIES, as_of, as_of + later)
    future_is_invisible(history, POLICIES, as_of)
    zone_changes_nothing(history, POLICIES, as_of, "America/New_York")
    unrelated_event_changes_nothing(history, POLICIES, as_of)


def test_the_clock_is_not_read():
    """The same findings whenever the check is made."""
    asked = event("cancel_requested", at("2026-01-05 10:00", "Asia/Tokyo"), "buyer", request_id="R1")
    wall_clock_is_not_read(order(asked), POLICIES, at("2026-01-08 10:00"))
