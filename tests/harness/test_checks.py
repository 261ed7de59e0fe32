"""Is a claim true exactly where the findings bear it out, and is the truth told where they do not?"""

from collections.abc import Callable

import pytest

from checker.harness.cases import Case
from checker.harness.runner import run
from checker.harness.sentence import write_sentence

Told = Callable[..., tuple[Case, ...]]
RULE = "rule seller_answers_cancel_request"
LATE = (
    "at 2025-12-01 10:00 the buyer asks to cancel (request R1)",
    "at 2025-12-03 11:20 the seller approves the cancellation (request R1)",
    "the order is checked at 2025-12-05 10:00",
)


@pytest.mark.parametrize(
    "claim",
    [
        "is violated",
        "is violated with major severity",
        "is violated: done too late",
        "on request R1 is violated",
        "is due at 2025-12-03 10:00",
        "is violated, late by 80 minutes",
        "shows the event of 2025-12-03 11:20",
        "does not show the event of 2025-12-01 08:00",
        "of 2025-10-28 is violated",
    ],
)
def test_true_claims(told: Told, claim: str) -> None:
    """Each kind of claim on one late answer."""
    (case,) = told(*LATE, f"{RULE} {claim}")
    assert run(case).failures == ()


@pytest.mark.parametrize(
    ("claim", "truth"),
    [
        ("is satisfied", "is violated"),
        ("is violated with critical severity", "is violated with major severity"),
        ("is violated: not done by the due time", "is violated: done too late"),
        ("on request R2 is violated", "finds nothing"),
        ("is due at 2025-12-03 10:01", "is due at 2025-12-03 10:00"),
        ("is violated, late by 81 minutes", "is violated, late by 80 minutes"),
        ("shows the event of 2025-12-01 08:00", "is violated: done too late"),
        ("does not show the event of 2025-12-03 11:20", "is violated: done too late"),
        ("of 2025-10-29 is violated", "of 2025-10-28 is violated"),
        ("finds nothing", "is violated"),
        ("says seller", "is violated: done too late"),
        ("counts 1 of 2", "is violated: done too late"),
        ("cannot be decided, the log cannot show it: decisions", "is violated: done too late"),
    ],
)
def test_untrue_claims_are_answered_with_the_truth(told: Told, claim: str, truth: str) -> None:
    """In the form of the claim where the finding has such a fact, else as verdict and reason."""
    (case,) = told(*LATE, f"{RULE} {claim}")
    (failure,) = run(case).failures
    assert write_sentence(failure.found, "en") == f"{RULE} {truth}"


def test_a_claim_must_be_true_of_every_finding(told: Told) -> None:
    """Two requests, one of them answered: neither verdict holds for the rule as a whole."""
    two = (
        "at 2025-12-01 10:00 the buyer asks to cancel (request R1)",
        "at 2025-12-01 11:00 the buyer asks to cancel (request R2)",
        "at 2025-12-02 10:00 the seller approves the cancellation (request R2)",
        "the order is checked at 2025-12-05 10:00",
    )
    for verdict, expected in (("violated", 1), ("satisfied", 1)):
        (case,) = told(*two, f"{RULE} is {verdict}")
        assert len(run(case).failures) == expected
    (case,) = told(*two, f"{RULE} on request R1 is violated", f"{RULE} on request R2 is satisfied")
    assert run(case).failures == ()


def test_end_of_day_is_written_as_24(told: Told) -> None:
    """The last microsecond of a day in the policy's zone."""
    (case,) = told(
        "at 2025-12-01 10:00 the buyer pays",
        "the shop assumes dispatch to be 2 working days",
        "the order is checked at 2025-12-01 12:00",
        "rule seller_readies_order_in_time is due at 2025-12-03 24:00",
    )
    assert run(case).failures == ()
