"""Which orders would a new version judge differently, in which direction, and because of what?"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from checker.changes.impact import Bench, impact, unsieved, with_upcoming
from checker.engines import columnar, reference
from checker.engines.differing import differing
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.report import ExitCode, Report

AS_OF = datetime(2025, 3, 1, tzinfo=UTC)
BENCHES = {
    "reference": Bench(reference.findings, unsieved),
    "columnar": Bench(columnar.findings, differing),
}
FASTER = """
response: {hours: 24, source: page, clause: "1", better_for_buyer: less}
"""
MORE = """
response: {hours: 96, source: page, clause: "1", better_for_buyer: less}
"""


@pytest.fixture
def orders(asked: Callable[..., OrderHistory]) -> Sequence[OrderHistory]:
    """Answered at 24 h, just after, at 48 h, just after, and asked an hour before the audit."""
    day = "2025-02-01T10:00:00+09:00"
    answers = ("02T10:00:00", "02T10:00:01", "03T10:00:00", "03T10:00:01")
    told = [asked(f"o{n}", day, f"2025-02-{at}+09:00") for n, at in enumerate(answers)]
    return (*told, asked("late", "2025-03-01T08:00:00+09:00", shop_id="S2"))


@pytest.mark.parametrize("bench", BENCHES.values(), ids=BENCHES)
def test_changes_have_direction_and_reason(
    policy: Callable[..., Policy], orders: Sequence[OrderHistory], bench: Bench
) -> None:
    """Just the orders between the two deadlines change, each for the clause that moved; so does what is pending."""
    old, new = policy(), policy(FASTER, effective="2025-02-15")
    found = impact(old, new, orders, AS_OF, bench)
    assert [(c.subject_id, c.shop_id, c.direction.value) for c in found.changes] == [
        ("o1", "S1", "stricter"),
        ("o2", "S1", "stricter"),
        ("late", "S2", "stricter"),
    ]
    assert [(d.rule, d.part) for d in found.changes[0].because] == [("seller_answers", "response")]
    assert (found.orders, found.cases, found.exit_code) == (5, 5, ExitCode.CLEAN)
    late = found.changes[2]
    assert late.before is not None and late.after is not None
    assert (late.before.due_at, late.after.due_at) == (
        datetime(2025, 3, 2, 23, tzinfo=UTC),
        datetime(2025, 3, 1, 23, tzinfo=UTC),
    )


@pytest.mark.parametrize("bench", BENCHES.values(), ids=BENCHES)
def test_the_other_way_is_looser(policy: Callable[..., Policy], orders: Sequence[OrderHistory], bench: Bench) -> None:
    """A longer deadline takes violations back."""
    found = impact(policy(), policy(MORE, effective="2025-02-15"), orders, AS_OF, bench)
    assert [(c.subject_id, c.direction.value) for c in found.changes] == [("o3", "looser"), ("late", "looser")]


@pytest.mark.parametrize("bench", BENCHES.values(), ids=BENCHES)
def test_editorial_changes_nothing(policy: Callable[..., Policy], orders: Sequence[OrderHistory], bench: Bench) -> None:
    """The same text under a new date changes no verdict; a broken promise is a violation."""
    old, new = policy(), policy(effective="2025-02-15", change="editorial")
    found = impact(old, new, orders, AS_OF, bench)
    assert (found.changes, found.cases, found.exit_code) == ((), 5, ExitCode.CLEAN)
    broken = policy(FASTER, effective="2025-02-16", change="editorial")
    assert impact(old, broken, orders, AS_OF, bench).exit_code is ExitCode.VIOLATIONS


def test_dates_do_not_matter(policy: Callable[..., Policy], orders: Sequence[OrderHistory]) -> None:
    """Both versions judge as if they had always been in force, orders from before their time included."""
    old, new = policy(effective="2030-01-01"), policy(FASTER, effective="2031-01-01")
    assert len(impact(old, new, orders, AS_OF, BENCHES["reference"]).changes) == 3


def test_announced_versions_are_replayed(
    policy: Callable[..., Policy], orders: Sequence[OrderHistory], report: Callable[..., Report]
) -> None:
    """Between announcement and first day a report tells what the version will change; neither before nor after."""
    versions = (policy(), policy(FASTER, effective="2025-04-01", published="2025-02-20"))
    for as_of, upcoming in (("2025-02-19", 0), ("2025-02-20", 1), ("2025-03-31", 1), ("2025-04-01", 0)):
        told = with_upcoming(report(versions, orders, f"{as_of}T12:00:00+09:00"), BENCHES["reference"])
        assert len(told.upcoming) == upcoming
