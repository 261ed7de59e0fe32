"""The schema sees one precise error for one mistake."""

import json
from pathlib import Path

import pytest

from checker.loading.policies.policy_files import shipped_policies
from checker.loading.text.schema import SCHEMAS, document, schema_text, shape_problems
from checker.loading.text.yaml_text import parsed_text

POLICY = """\
language: 1
policy: shop.xx.cancel
effective: 2026-01-01
effective_basis: published
published: 2025-12-01
timezone: Asia/Tokyo
change: initial
open_windows: keep_old
title: {zh: 甲, ja: 乙, en: c}
sources:
  law: {title: Law, address: "https://example.org", read_on: 2025-12-01, confidence: official}
parameters:
  answer: {hours: 48, source: law, clause: "02"}
  overdue: {calendar_days: {by: shipping, local: 3, cross_border: null}, source: law, clause: "02"}
  dispatch: {working_days: 2, calendar: jp, cut_off: '14:00', source: law, clause: "02"}
  limit: {percent: '2.5', source: law, clause: "02"}
rules:
  - id: seller_answers
    kind: obligation
    title: {zh: 甲, ja: 乙, en: c}
    severity: major
    bearer: seller
    cites: [{source: law, clause: "02"}]
    applies_by: trigger_time
    trigger: {activity: cancel_requested, actor: [buyer, platform], reason: {not: x}}
    given:
      - state: {before: IN_TRANSIT}
      - {seen: {activity: payment_succeeded}, within: answer}
    must: {activity: [cancel_approved, cancel_rejected], same: [request_id]}
    within: {parameter: answer, from: {deadline: {recorded: shipping_due, else: dispatch}}, compare_with: tts_sla}
"""


def said(old: str, new: str) -> list[str]:
    """The problems of the policy with one passage exchanged, as `line:column: message`."""
    assert POLICY.count(old) == 1
    node, problems = parsed_text(POLICY.replace(old, new).encode(), "f")
    assert node is not None
    assert not problems
    return [str(problem).removeprefix("f:").removesuffix(" [P002]") for problem in shape_problems(node, "policy")]


def test_the_base_is_right() -> None:
    """The policy that the other tests spoil fits the schema."""
    assert said("language: 1", "language: 1") == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("hours: 48", "hour: 48", "13:12: unknown key `hour`; did you mean `hours`?"),
        (
            "hours: 48",
            "months: 2",
            "13:12: unknown key `months`; expected a unit of minutes, hours, calendar_days, working_days, codes,",
        ),
        (
            "hours: 48, ",
            "",
            "13:3: missing key; expected a unit of minutes, hours, calendar_days, working_days, codes,",
        ),
        (
            "hours: 48",
            "hours: 48, calendar_days: 2",
            "13:23: key `calendar_days` does not belong here; expected one unit only, and `hours` is one",
        ),
        (
            "hours: 48",
            "hours: 48, calendar: jp",
            "13:23: key `calendar` does not belong here; expected this with `working_days` only",
        ),
        ("hours: 48", "hours: 4.8", "13:19: decimal `4.8`; expected quotes around it, or a whole number"),
        ("hours: 48", "hours: -1", "13:19: `-1` is out of range; expected at least `0`"),
        (
            "hours: 48",
            'hours: "48"',
            '13:19: `"48"` does not fit; expected a whole number of hours, null where none is published, or amounts',
        ),
        ("by: shipping", "bye: shipping", "14:29: unknown key `bye`; did you mean `by`?"),
        ("'14:00'", "'25:00'", "15:54: `25:00` does not fit; expected a time of day in quotes such as '14:00'"),
        (
            "'2.5'",
            "2.5%",
            "16:20: `2.5%` does not fit; expected a percentage in quotes such as '2.5',",
        ),
        ("language: 1", "language: 2", "1:11: `2` does not fit; expected `1`"),
        ("Asia/Tokyo", "Asia/Tokio", "6:11: `Asia/Tokio` does not fit; did you mean `Asia/Tokyo`?"),
        ("effective: 2026-01-01", "effective: 2026-02-30", "3:12: `2026-02-30` does not fit; expected a day such as"),
        ("change: initial", "change: first", "7:9: `first` is not known; expected `initial`, `substantive` or"),
        ("confidence: official", "confidence: offical", "11:86: `offical` is not known; did you mean `official`?"),
        (
            '"https://example.org"',
            '"javascript:x"',
            "11:30: `javascript:x` does not fit; expected a web address beginning with https:// or http://, or null",
        ),
        ("rules:", "rule:", "17:1: unknown key `rule`; did you mean `rules`?"),
        ("kind: obligation", "kind: obligaton", "19:11: `obligaton` is not known; did you mean `obligation`?"),
        ("    must:", "    mst:", "29:5: unknown key `mst`; did you mean `must`?"),
        ("applies_by: trigger_time", "applies_by: trigger", "24:17: `trigger` is not known; did you mean"),
        (
            "    applies_by: trigger_time\n",
            "",
            "18:5: missing key `applies_by`; expected which time chooses the version that judges: order_time,",
        ),
        (
            "{activity: cancel_requested",
            "{activty: cancel_requested",
            "25:15: unknown key `activty`; did you mean `activity`?",
        ),
        (
            "activity: cancel_requested",
            "activity: cancel_request",
            "25:25: `cancel_request` is not known; did you mean `cancel_requested`?",
        ),
        ("{not: x}", "{nott: x}", "25:78: unknown key `nott`; did you mean `not`?"),
        ("{not: x}", "{lt: soon}", "25:82: `soon` does not fit; expected the field is less than this number, day"),
        ("- state:", "- sate:", "27:9: unknown key `sate`; did you mean `state`?"),
        ("before: IN_TRANSIT", "befor: IN_TRANSIT", "27:17: unknown key `befor`; did you mean `before`?"),
        (
            "before: IN_TRANSIT",
            "before: in_transit",
            "27:25: `in_transit` does not fit; expected a state in capital letters such as IN_TRANSIT",
        ),
        (
            "before: IN_TRANSIT",
            "before: A, is: B",
            "27:16: `before` and `is` together; expected the order's state just before the trigger",
        ),
        (
            "{seen: {activity: payment_succeeded}, within: answer}",
            "{observed: payment, within: answer}",
            "28:9: missing key `seen`; expected `within` or `after` beside `seen` only",
        ),
        ("same: [request_id]", "same: [a, a]", "29:64: `a` twice; expected each entry once"),
        ("same: [request_id]", "same: []", "29:64: an empty list; expected fields that must equal the trigger's"),
        ("{parameter: answer", "{paramter: answer", "30:14: unknown key `paramter`; did you mean `parameter`?"),
        ("recorded: shipping_due, ", "", "30:40: missing key `recorded`, which `else` needs"),
    ],
)
def test_one_mistake_one_problem(old: str, new: str, problem: str) -> None:
    """One mistake gives one problem, at its place, with what was expected or probably meant."""
    (only,) = said(old, new)
    assert only.startswith(problem)


def test_every_mistake_is_told() -> None:
    """Mistakes in different objects are all told at once."""
    node, _ = parsed_text(POLICY.replace("hours", "hour").replace("before", "befor").encode(), "f")
    assert node is not None
    assert [str(problem) for problem in shape_problems(node, "policy")] == [
        "f:13:12: unknown key `hour`; did you mean `hours`? [P002]",
        "f:27:17: unknown key `befor`; did you mean `before`? [P002]",
    ]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_object_is_closed_and_described(name: str) -> None:
    """Every object refuses unknown keys or tests them, says what it is for, and none uses `oneOf`."""
    text = schema_text(name)
    assert '"oneOf"' not in text
    for path, schema in objects(json.loads(text), "#"):
        assert "description" in schema, path
        assert "additionalProperties" in schema, path


def objects(value: object, path: str) -> list[tuple[str, dict[str, object]]]:
    """Every schema object that declares properties of its own, conditions apart."""
    found = []
    if isinstance(value, dict):
        if value.get("type") == "object" and "properties" in value and "allOf" not in value:
            found.append((path, value))
        for key, part in value.items():
            found += objects(part, f"{path}/{key}") if key not in ("if", "then", "else", "allOf") else []
    if isinstance(value, list):
        for number, part in enumerate(value):
            found += objects(part, f"{path}/{number}")
    return found


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_valid(name: str) -> None:
    """Each schema is a valid JSON Schema of draft 2020-12."""
    import jsonschema_rs

    schema = json.loads(schema_text(name))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert jsonschema_rs.meta.is_valid(schema)


def test_problems_of_text_come_first() -> None:
    """A file whose text is wrong is not measured by the schema as well."""
    node, problems = parsed_text(b"a: 1\na: 2\n", "f")
    assert node is not None
    assert len(problems) == 1


@pytest.mark.parametrize("path", sorted(shipped_policies().rglob("market.yaml")), ids=str)
def test_shipped_markets(path: Path) -> None:
    """Every shipped market file fits its schema."""
    assert document(path, "market")[1] == ()
