"""Is a share written right, and beside the right limit?"""

from fractions import Fraction

import pytest

from checker.model.finding import Counts
from checker.reports.shares import limits, percent, rate_text


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (Fraction(3, 40), "7.50%"),
        (Fraction(2, 3), "66.67%"),
        (Fraction(1, 20_000), "0.01%"),
        (Fraction(1, 20_001), "0.00%"),
        (Fraction(1), "100.00%"),
    ],
)
def test_percent(share, told):
    """Two places, rounded half up."""
    assert percent(share) == told


def test_rate():
    """Counts come before the share; what is unclear is said, and so is an empty cohort."""
    assert rate_text("en", Counts(3, 40)) == "3 of 40 = 7.50%"
    assert rate_text("ja", Counts(3, 40, unknown=1, unsure=1)) == "40件中3件 = 7.50%（不明2件）"
    assert rate_text("zh", Counts(0, 0)) == "没有计入的订单"


def test_limits(made):
    """The limit that was crossed, else all of them."""
    assert limits(made.SHARE, made.policy(), 0) == "2.5%"
    assert limits(made.SHARE, made.policy(), None) == "2.5%"
