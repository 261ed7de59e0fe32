"""What a policy's own tests need: builders, boundary cases, strategies, invariants and one assertion.

    from checker.testing import assert_verdict, at, event, load_policies, order

    def test_a_late_answer_is_violated():
        asked = event("cancel_requested", at("2025-12-01 10:00", "Asia/Tokyo"), "buyer", request_id="R1")
        assert_verdict(order(asked), load_policies("policies"), "my_rule", "violated", as_of=...)

Only what is named here is kept stable. Hypothesis strategies are in `checker.testing.strategies`, pytest fixtures in
`checker.testing.fixtures`.
"""

from checker.testing.boundaries import BoundaryCase, boundary_cases
from checker.testing.builders import at, event, load_policies, order
from checker.testing.invariants import (
    future_is_invisible,
    unrelated_event_changes_nothing,
    violations_stay,
    wall_clock_is_not_read,
    zone_changes_nothing,
)
from checker.testing.verdicts import assert_verdict, findings_of

__all__ = [
    "BoundaryCase",
    "assert_verdict",
    "at",
    "boundary_cases",
    "event",
    "findings_of",
    "future_is_invisible",
    "load_policies",
    "order",
    "unrelated_event_changes_nothing",
    "violations_stay",
    "wall_clock_is_not_read",
    "zone_changes_nothing",
]
