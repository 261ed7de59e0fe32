"""Is a shop's own policy at least as favourable to the buyer as the platform's?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.changes.compare import compare
from checker.loading.policies.own_policies import load_own_policy
from checker.model.comparison import Comparison, Standing
from checker.model.error import PolicyError
from checker.model.policy import Policy
from checker.model.report import ExitCode

PARAMETERS = """
response: {hours: 48, source: page, clause: "1", better_for_buyer: less}
free: {hours: 1, source: page, clause: "1", better_for_buyer: more}
undelivered:
  {calendar_days: {by: shipping, local: 3, cross_border: 15}, source: page, clause: "1", better_for_buyer: less}
notice: {hours: null, source: page, clause: "1", better_for_buyer: less}
tolerance: {hours: 1, source: page, clause: "1"}
"""
RULES = """
- id: duty
  kind: obligation
  title: {zh: t, ja: t, en: t}
  severity: major
  bearer: seller
  cites: [{source: page, clause: "1"}]
  applies_by: trigger_time
  trigger: {activity: cancel_requested}
  must: {activity: cancel_approved}
  within: response
"""


@pytest.fixture
def compared(policy: Callable[..., Policy], tmp_path: Path) -> Callable[[str], Comparison]:
    """The comparison of an own policy with these parameters."""

    def result(own: str) -> Comparison:
        versions = (policy(PARAMETERS, RULES),)
        path = tmp_path / "own.yaml"
        path.write_text(f"language: 1\nshop: s\nparameters: {{{own}}}\n", encoding="utf-8")
        return compare(load_own_policy(path, versions), versions)

    return result


def standings(comparison: Comparison) -> dict[str, Standing]:
    return {p.parameter if p.case is None else f"{p.parameter} {p.case[1]}": p.standing for p in comparison.points}


def test_every_standing_point_by_point(compared: Callable[[str], Comparison]) -> None:
    """Each value stands by itself, in the direction that favours the buyer."""
    found = standings(
        compared(
            "response: {hours: 48}, free: {minutes: 10}, notice: {hours: 1}, tolerance: {hours: 2},"
            "undelivered: {calendar_days: {by: shipping, local: 4, cross_border: 14}}"
        )
    )
    assert found == {
        "response": Standing.EQUAL,
        "free": Standing.WORSE,
        "undelivered local": Standing.WORSE,
        "undelivered cross_border": Standing.BETTER,
        "notice": Standing.UNPUBLISHED,
        "tolerance": Standing.INCOMPARABLE,
    }


def test_silence_leaves_the_platforms_value(compared: Callable[[str], Comparison]) -> None:
    """A parameter that the shop does not state is listed as such; one that favours nobody is not listed."""
    assert standings(compared("free: {hours: 1}")) == {
        "response": Standing.UNSTATED,
        "free": Standing.EQUAL,
        "undelivered local": Standing.UNSTATED,
        "undelivered cross_border": Standing.UNSTATED,
        "notice": Standing.UNSTATED,
    }


def test_one_amount_for_every_kind_of_order(compared: Callable[[str], Comparison]) -> None:
    """An own amount without a fact is compared with each of the platform's."""
    found = standings(compared("undelivered: {calendar_days: 10}"))
    assert (found["undelivered local"], found["undelivered cross_border"]) == (Standing.WORSE, Standing.BETTER)


@pytest.mark.parametrize(
    ("own", "strict", "code"),
    [
        ("free: {hours: 1}", True, ExitCode.CLEAN),
        ("free: {minutes: 59}", False, ExitCode.VIOLATIONS),
        ("free: {minutes: 59}, notice: {hours: 1}", True, ExitCode.VIOLATIONS),
        ("notice: {hours: 1}", False, ExitCode.CLEAN),
        ("notice: {hours: 1}", True, ExitCode.INCOMPLETE),
        ("tolerance: {hours: 1}", True, ExitCode.INCOMPLETE),
    ],
)
def test_exit_code(compared: Callable[[str], Comparison], own: str, strict: bool, code: ExitCode) -> None:
    """Worse anywhere is a violation; what could not be compared is incomplete, under strict."""
    assert compared(own).exit_code(strict=strict) is code


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("respons: {hours: 48}", "own.yaml:3:14: unknown parameter `respons`; did you mean `response`?"),
        ("zzz: {hours: 48}", "own.yaml:3:14: unknown parameter `zzz`; expected a parameter of the platform, such as"),
        ("response: {hour: 48}", "own.yaml:3:25: unknown key `hour`; did you mean `hours`?"),
        ("response: {hours: null}", "own.yaml:3:32: an empty value does not fit; expected a whole number"),
        ("response: {hours: 1, minutes: 2}", "own.yaml:3:24: `hours` and `minutes` together"),
    ],
)
def test_mistakes_are_named(compared: Callable[[str], Comparison], own: str, message: str) -> None:
    """A mistake in the shop's file is told with its line, column and a guess."""
    with pytest.raises(PolicyError) as error:
        compared(own)
    assert message in str(error.value)
