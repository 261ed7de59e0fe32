"""What differs between two versions of a policy, by meaning?"""

from collections.abc import Callable
from typing import Any

import pytest

from checker.changes.diff import difference
from checker.model.difference import PolicyDifference
from checker.model.policy import Policy

PARAMETERS = """
response: {hours: 48, source: page, clause: "1"}
grace: {hours: 1, source: page, clause: "1"}
limit: {percent: "2.5", source: page, clause: "1"}
codes: {codes: [a], source: page, clause: "1"}
"""
RULES = """
- id: answers
  kind: obligation
  title: {zh: 答复, ja: 回答, en: The seller answers}
  severity: major
  bearer: seller
  cites: [{source: page, clause: "1"}]
  applies_by: trigger_time
  trigger: {activity: cancel_requested, actor: buyer}
  given:
    - not: {seen: {activity: order_created}, within: grace}
  must: {activity: [cancel_approved, cancel_rejected], actor: seller, same: [request_id]}
  within: response
- id: quiet
  kind: prohibition
  title: {zh: 静候, ja: 静観, en: The platform waits}
  severity: minor
  bearer: platform
  cites: [{source: page, clause: "1"}]
  applies_by: trigger_time
  trigger: {activity: cancel_requested, actor: buyer}
  forbid: {activity: cancel_approved, actor: platform, same: [request_id]}
  within: response
- id: fault
  kind: classification
  title: {zh: 责任, ja: 責任, en: Whose fault}
  severity: info
  bearer: seller
  cites: [{source: page, clause: "1"}]
  applies_by: trigger_time
  trigger: {activity: order_cancelled}
  first_match:
    - when: {trigger: {reason: {in_codes: codes}}}
      is: seller
      because: {zh: 因, ja: 因, en: because}
  otherwise: other
- id: share
  kind: rate
  title: {zh: 比率, ja: 率, en: The share}
  severity: major
  bearer: seller
  cites: [{source: page, clause: "1"}]
  applies_by: evaluation_time
  per: shop
  cohort: {activity: order_created}
  numerator: {activity: order_cancelled}
  classified: {rule: fault, is: seller}
  limits:
    - {parameter: limit, strict: true, severity: major}
"""


WIDER = "bid: {activity: [cancel_approved, completed]"


@pytest.fixture
def compared(policy: Callable[..., Policy]) -> Callable[..., PolicyDifference]:
    """The difference that one replacement in the text makes."""

    def made(old: str, new: str) -> PolicyDifference:
        text = PARAMETERS + "%%" + RULES
        assert old in text
        before = policy(PARAMETERS, RULES)
        return difference(before, policy(*text.replace(old, new).split("%%"), effective="2025-02-01"))

    return made


def told(found: PolicyDifference) -> set[tuple[Any, ...]]:
    return {(d.kind.value, d.rule, d.part, d.direction.value) for d in found.differences}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("hours: 48", "hours: 24", {("answers", "response", "stricter"), ("quiet", "response", "looser")}),
        ("hours: 48", "hours: 72", {("answers", "response", "looser"), ("quiet", "response", "stricter")}),
        ("hours: 48", "calendar_days: 2", {("answers", "response", "looser"), ("quiet", "response", "stricter")}),
        ("hours: 48", "calendar_days: 1", {("answers", "response", "stricter"), ("quiet", "response", "looser")}),
        ("hours: 48", "hours: null", {("answers", "response", "unclear"), ("quiet", "response", "unclear")}),
        ("hours: 1,", "hours: 2,", {("answers", "grace", "unclear")}),
        ('percent: "2.5"', 'percent: "4"', {("share", "limit", "looser")}),
        ('percent: "2.5"', 'percent: "2"', {("share", "limit", "stricter")}),
        ('percent: "2.5"', 'percent: "2.50"', {("share", "limit", "neutral")}),
        ("codes: [a]", "codes: [a, b]", {("fault", "codes", "unclear")}),
        ("severity: minor", "severity: critical", {("quiet", "severity", "stricter")}),
        ("[cancel_approved, cancel_rejected]", "cancel_approved", {("answers", "must", "stricter")}),
        ("[cancel_approved, cancel_rejected]", "order_cancelled", {("answers", "must", "unclear")}),
        ("bid: {activity: cancel_approved", WIDER, {("quiet", "forbid", "stricter")}),
        ("strict: true", "strict: false", {("share", "limits", "looser")}),
        ("otherwise: other", "otherwise: unknown", {("fault", "otherwise", "unclear")}),
        ("en: The seller answers", "en: The seller replies", set()),
        ('clause: "1"', 'clause: "2"', set()),
    ],
)  # fmt: skip
def test_direction(
    compared: Callable[..., PolicyDifference], old: str, new: str, expected: set[tuple[str, ...]]
) -> None:
    """Each difference is told with its direction where the text shows one; words alone are none."""
    found = compared(old, new)
    assert {(d.rule, d.part, d.direction.value) for d in found.differences} == expected
    assert found.is_empty is all(direction == "neutral" for _, _, direction in expected)


def test_a_further_condition_is_looser(compared: Callable[..., PolicyDifference]) -> None:
    """A duty that holds under one more condition binds less."""
    found = compared("within: grace}", "within: grace}\n    - state: {is: IN_TRANSIT}")
    assert told(found) == {("rule_changed", "answers", "given", "looser")}


def test_rules_come_and_go(policy: Callable[..., Policy]) -> None:
    """A new rule is stricter, one that goes is looser, and a table binds nobody by itself."""
    whole = policy(PARAMETERS, RULES)
    rest = RULES.partition("- id: quiet")[2]
    parameters = PARAMETERS.replace("grace: {hours: 1", "grace: {better_for_buyer: more, hours: 1")
    fewer = policy(parameters, "- id: quiet" + rest, effective="2025-02-01")
    assert ("rule_removed", "answers", "rule", "looser") in told(difference(whole, fewer))
    assert ("rule_added", "answers", "rule", "stricter") in told(difference(fewer, whole))


def test_a_new_name_is_no_new_rule(compared: Callable[..., PolicyDifference]) -> None:
    """A rule that only changed its name is the same rule."""
    found = compared("id: quiet", "id: platform_waits")
    assert told(found) == {("rule_renamed", "platform_waits", "rule", "neutral")}
    assert (dict(found.renamed), found.is_empty) == ({"platform_waits": "quiet"}, True)
