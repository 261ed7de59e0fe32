"""What does a machine read of everything that was counted?"""

from typing import Any

from checker.model.census import Tallied, Tallies


def tallies_json(tallies: Tallies) -> list[dict[str, Any]]:
    """How many findings of each kind there are, listed or not; by rule, whoever counted first."""
    return [_tally(kind, tallies[kind]) for kind in sorted(tallies, key=lambda kind: (str(kind.rule), str(kind)))]


def _tally(kind: Tallied, count: int) -> dict[str, Any]:
    return {
        "rule": str(kind.rule),
        "severity": kind.severity.name.lower(),
        "verdict": kind.verdict.value,
        "reason": kind.reason.value,
        "missing": list(kind.missing),
        "outcome": kind.outcome,
        "standing": kind.standing,
        "dated": kind.is_dated,
        "provisional": kind.provisional,
        "count": count,
    }
