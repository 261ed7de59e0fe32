"""Which versions would judge, had the audit been made at another moment or under another law?"""

from collections.abc import Callable
from datetime import UTC, datetime

from checker.changes.timeline import known_at, policy_at, upcoming
from checker.model.policy import Policy


def test_versions_published_later_are_not_known(policy: Callable[..., Policy]) -> None:
    """A version is known from the beginning of the local day of its publication on."""
    versions = (policy(effective="2025-01-01"), policy(effective="2026-01-26"))
    assert known_at(versions, datetime(2026, 1, 25, 14, 59, 59, tzinfo=UTC)) == versions[:1]
    assert known_at(versions, datetime(2026, 1, 25, 15, 0, tzinfo=UTC)) == versions


def test_one_version_for_everything(policy: Callable[..., Policy]) -> None:
    """The version in force at that instant judges alone, events before its first day included."""
    versions = (policy(effective="2025-01-01"), policy(effective="2026-01-26"))
    for at, day in (((2026, 1, 25, 14, 59), 1), ((2026, 1, 25, 15, 0), 26)):
        (chosen,) = policy_at(versions, datetime(*at, tzinfo=UTC))
        assert (chosen.effective.day, chosen.effective_at.year) == (day, 1)
    assert policy_at(versions, datetime(2024, 12, 31, tzinfo=UTC)) == ()


def test_announced_versions_are_upcoming(policy: Callable[..., Policy]) -> None:
    """Between its publication and its first day a version is upcoming, after the one it follows."""
    old, new = policy(effective="2025-01-01"), policy(effective="2026-01-26", published="2026-01-12")
    for at, expected in (
        ((2026, 1, 11, 14, 59), ()),
        ((2026, 1, 11, 15, 0), ((old, new),)),
        ((2026, 1, 25, 14, 59), ((old, new),)),
        ((2026, 1, 25, 15, 0), ()),
    ):
        assert upcoming((old, new), datetime(*at, tzinfo=UTC)) == expected
