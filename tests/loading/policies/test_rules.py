"""Rules as values, each kind with everything that it can hold."""

from checker.loading.policies.rules import rule
from checker.loading.text.node import Node
from checker.loading.text.yaml_text import parsed_text
from checker.model.activity import Activity, Observable
from checker.model.condition import EventPattern, Observed
from checker.model.deadline import Deadline
from checker.model.rule import (
    AppliesBy,
    Bearer,
    Case,
    Citation,
    Classification,
    Limit,
    Location,
    Obligation,
    Precedence,
    Prohibition,
    Rate,
    RuleHead,
    Severity,
    Subject,
)

HEAD = """\
kind: {kind}
id: duty
title: {{zh: 甲, ja: 乙, en: c}}
severity: critical
bearer: platform
cites: [{{source: law, clause: "02"}}, {{source: api, clause: x}}]
applies_by: order_time
note: {{zh: 丙, ja: 丁, en: d}}
"""
EXPECTED = RuleHead(
    "duty",
    {"zh": "甲", "ja": "乙", "en": "c"},
    Severity.CRITICAL,
    Bearer.PLATFORM,
    (Citation("law", "02"), Citation("api", "x")),
    AppliesBy.ORDER_TIME,
    Location("f", 2, 5),
    {"zh": "丙", "ja": "丁", "en": "d"},
)
PAID = EventPattern((Activity.PAYMENT_SUCCEEDED,))
SHIPPED = EventPattern((Activity.COLLECTED,))
ENDED = EventPattern((Activity.ORDER_CANCELLED,))
GIVEN = (Observed(Observable.PAYMENT),)


def read(kind: str, body: str) -> object:
    node, problems = parsed_text((HEAD.format(kind=kind) + body).encode(), "f")
    assert isinstance(node, Node)
    assert not problems
    return rule(node)


def test_obligation() -> None:
    """Trigger, conditions, answer, time, releases and what the platform does then."""
    body = """\
trigger: {activity: payment_succeeded}
given: [{observed: payment}]
must: {activity: collected}
within: dispatch
unless: [{activity: order_cancelled}]
on_timeout: {activity: order_cancelled}
"""
    assert read("obligation", body) == Obligation(EXPECTED, PAID, SHIPPED, GIVEN, Deadline("dispatch"), (ENDED,), ENDED)


def test_prohibition() -> None:
    """What is forbidden, after what, while what, how long, and unless what."""
    body = """\
forbid: {activity: collected}
trigger: {activity: payment_succeeded}
given: [{observed: payment}]
within: dispatch
unless: [{activity: order_cancelled}]
"""
    expected = Prohibition(EXPECTED, SHIPPED, PAID, GIVEN, Deadline("dispatch"), (ENDED,))
    assert read("prohibition", body) == expected
    assert read("prohibition", "forbid: {activity: collected}\n") == Prohibition(EXPECTED, SHIPPED)


def test_precedence() -> None:
    """What must hold when the trigger comes."""
    body = "trigger: {activity: collected}\nneeds: {observed: payment}\ngiven: [{observed: payment}]\n"
    assert read("precedence", body) == Precedence(EXPECTED, SHIPPED, GIVEN[0], GIVEN)


def test_classification() -> None:
    """Cases from the top, each with its class and why; `none` is a word."""
    body = """\
trigger: {activity: order_cancelled}
given: [{observed: payment}]
first_match:
  - {when: {observed: payment}, is: none, because: {zh: 甲, ja: 乙, en: c}}
otherwise: unknown
"""
    case = Case(GIVEN[0], "none", {"zh": "甲", "ja": "乙", "en": "c"})
    assert read("classification", body) == Classification(EXPECTED, ENDED, (case,), "unknown", GIVEN)


def test_rate() -> None:
    """Cohort, class, window and limits."""
    body = """\
per: product
cohort: {activity: payment_succeeded}
numerator: {activity: order_cancelled}
classified: {rule: fault, is: seller}
exclude: [{observed: payment}]
window: days
lag: later
min_denominator: least
limits:
  - {parameter: top, strict: false, severity: minor, min_count: few, effect: {zh: 甲, ja: 乙, en: c}}
"""
    limit = Limit("top", False, Severity.MINOR, "few", {"zh": "甲", "ja": "乙", "en": "c"})
    assert read("rate", body) == Rate(
        EXPECTED, Subject.PRODUCT, PAID, ENDED, ("fault", "seller"), GIVEN, "days", "later", (limit,), "least"
    )
