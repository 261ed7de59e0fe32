"""Policies as values, from the shipped folder, a user's folder or one file."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from checker.loading.policies import load_policies, shipped_policies
from checker.loading.policies.conditions import condition, deadline, event_pattern, field_test
from checker.loading.policies.parameters import amount
from checker.loading.text.node import Node
from checker.loading.text.yaml_text import parsed_text
from checker.model.activity import Activity, Observable
from checker.model.condition import (
    AllOf,
    AnyOf,
    Compare,
    EqualsFact,
    EqualsField,
    EventPattern,
    InCodes,
    Matches,
    Missing,
    NoneOf,
    Not,
    Observed,
    OneOf,
    OrderIs,
    Past,
    Present,
    Relation,
    Seen,
    State,
    StateRelation,
    TriggerIs,
)
from checker.model.deadline import (
    ByFact,
    Deadline,
    Duration,
    FromDeadline,
    FromFact,
    FromField,
    FromTrigger,
    Recorded,
    Unit,
)
from checker.model.error import PolicyError
from checker.model.policy import Codes, Count, Percent
from checker.model.rule import Classification, Location, Obligation, Precedence, Prohibition, Rate

JAPAN = Path("tiktok_shop", "jp", "order_cancellation", "2025-10-28.yaml")


def node(text: str) -> Node:
    found, problems = parsed_text(text.encode(), "f")
    assert found is not None
    assert not problems
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder that holds the Japanese market and policy, without calendars."""
    market = tmp_path / JAPAN.parents[1]
    (market / "order_cancellation").mkdir(parents=True)
    shutil.copy(shipped_policies() / JAPAN.parents[1] / "market.yaml", market)
    shutil.copy(shipped_policies() / JAPAN, tmp_path / JAPAN)
    return tmp_path


def test_shipped_policy() -> None:
    """The Japanese policy is shipped, in force from midnight of its day in Tokyo."""
    policy = next(policy for policy in load_policies() if policy.id.startswith("tiktok_shop.jp."))
    assert (policy.id, policy.effective) == ("tiktok_shop.jp.order_cancellation", date(2025, 10, 28))
    assert policy.effective_at == datetime(2025, 10, 27, 15, 0, tzinfo=UTC)
    assert policy.path == "policies/tiktok_shop/jp/order_cancellation/2025-10-28.yaml"
    assert policy.market.id == "tiktok_shop.jp"
    assert set(policy.calendars) == {"jp"}
    kinds = {type(rule) for rule in policy.rules}
    assert kinds == {Obligation, Prohibition, Precedence, Classification, Rate}


def test_sorted(folder: Path) -> None:
    """Policies come by id and then by day in force."""
    text = (folder / JAPAN).read_text(encoding="utf-8").replace("hours: 48", "hours: 47")
    versions = [("order_cancellation", "2026-05-01", "substantive"), ("advice", "2026-01-01", "initial")]
    for topic, day, change in versions:
        path = folder / JAPAN.parents[1] / topic / f"{day}.yaml"
        path.parent.mkdir(exist_ok=True)
        dated = text.replace("2025-10-28", day).replace("change: initial", f"change: {change}")
        path.write_text(dated.replace("jp.order_cancellation", f"jp.{topic}"), encoding="utf-8")
    assert [(policy.id.rsplit(".")[-1], str(policy.effective)) for policy in load_policies(folder)] == [
        ("advice", "2026-01-01"),
        ("order_cancellation", "2025-10-28"),
        ("order_cancellation", "2026-05-01"),
    ]


def test_places_of_rules() -> None:
    """A rule's place is that of its id, so that a report can point there."""
    (policy,) = load_policies(shipped_policies() / JAPAN)
    lines = (shipped_policies() / JAPAN).read_text(encoding="utf-8").splitlines()
    for rule in policy.rules:
        at = rule.head.location
        assert at.path == policy.path
        assert lines[at.line - 1][at.column - 1 :] == rule.head.id


def test_one_file() -> None:
    """A single file is loaded alone, with its market found above it."""
    (policy,) = load_policies(shipped_policies() / JAPAN)
    assert policy.effective == date(2025, 10, 28)


def test_own_folder_with_shipped_calendar(folder: Path) -> None:
    """A user's folder has markets of its own; a calendar that it lacks is the shipped one."""
    (policy,) = load_policies(folder)
    assert policy.calendars["jp"].holidays[date(2026, 9, 22)] == "国民の休日"
    assert policy.path == str(folder / JAPAN)


def test_own_calendar_comes_first(folder: Path) -> None:
    """A calendar in the user's folder is taken before the shipped one."""
    (folder / "calendars").mkdir()
    text = "{calendar: jp, source: ours, covers: {from: 2025-01-01, to: 2026-01-01}, days_off: [], holidays: {}}"
    (folder / "calendars" / "jp.yaml").write_text(text, encoding="utf-8")
    (policy,) = load_policies(folder)
    assert policy.calendars["jp"].source == "ours"


def test_shipped_market_for_a_lone_file(folder: Path) -> None:
    """A policy of a shipped market needs no market file of its own."""
    (folder / JAPAN.parents[1] / "market.yaml").unlink()
    assert load_policies(folder)[0].market.id == "tiktok_shop.jp"


def test_digest_ignores_layout(folder: Path) -> None:
    """The digest is over what a file says: comments, order of keys and `reviewed_on` do not change it."""
    before = load_policies(folder)[0].digest
    text = (folder / JAPAN).read_text(encoding="utf-8")
    moved = text.replace("language: 1\n", "") + "\nlanguage: 1 # moved\nreviewed_on: 2026-01-01\n"
    (folder / JAPAN).write_text(moved, encoding="utf-8")
    assert load_policies(folder)[0].digest == before
    (folder / JAPAN).write_text(text.replace("hours: 48", "hours: 49"), encoding="utf-8")
    assert load_policies(folder)[0].digest != before


def test_problems_of_all_files_at_once(folder: Path) -> None:
    """Loading names every problem of every file in one error, by file and line."""
    text = (folder / JAPAN).read_text(encoding="utf-8")
    (folder / JAPAN).write_text(text.replace("hours: 48", "hour: 48"), encoding="utf-8")
    later = text.replace("effective: 2025-10-28", "effective: 2026-05-01").replace(
        "within: free_cancel", "within: free"
    )
    (folder / JAPAN.with_name("2026-05-01.yaml")).write_text(later, encoding="utf-8")
    with pytest.raises(PolicyError) as raised:
        load_policies(folder)
    first, *others = raised.value.problems
    assert first.endswith("2025-10-28.yaml:50:5: unknown key `hour`; did you mean `hours`? [P002]")
    assert len(others) == text.count("within: free_cancel")
    assert all("2026-05-01.yaml" in problem and problem.endswith("[P101]") for problem in others)


def test_warnings_do_not_refuse(folder: Path) -> None:
    """A warning of the linter does not keep a policy from being loaded."""
    text = (folder / JAPAN).read_text(encoding="utf-8")
    (folder / JAPAN).write_text(text.replace("matchers:\n", "matchers:\n  idle: {any: [x]}\n"), encoding="utf-8")
    assert "idle" in load_policies(folder)[0].matchers


def test_repealed_policy(folder: Path) -> None:
    """A repealed version has no rules."""
    policy: dict[str, Any] = {
        "language": 1,
        "policy": "tiktok_shop.jp.order_cancellation",
        "effective": "2027-01-01",
        "effective_basis": "published",
        "published": "2026-12-01",
        "timezone": "Asia/Tokyo",
        "change": "substantive",
        "open_windows": "keep_old",
        "repealed": True,
        "title": {"zh": "甲", "ja": "乙", "en": "c"},
        "sources": {"law": {"title": "Law", "address": None, "read_on": "2026-12-01", "confidence": "official"}},
        "rules": [],
    }
    path = folder / JAPAN.with_name("2027-01-01.yaml")
    path.write_text(json.dumps(policy), encoding="utf-8")
    before, after = load_policies(folder)
    assert (before.repealed, after.repealed, after.rules) == (False, True, ())
    assert set(after.calendars) == {"jp"}
    path.write_text(json.dumps({**policy, "repealed": False}), encoding="utf-8")
    with pytest.raises(PolicyError, match="an empty list; expected at least one rule"):
        load_policies(folder)


def test_no_policies(tmp_path: Path) -> None:
    """A folder without policies is an error: nothing checked is not nothing found."""
    with pytest.raises(PolicyError, match="no policy in this folder"):
        load_policies(tmp_path)


def test_start_up_is_light() -> None:
    """Importing the loader imports neither the validator nor anything for logs."""
    code = (
        "import sys, checker.loading.policies; print(sorted({'jsonschema_rs', 'pyarrow', 'numpy'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("buyer", OneOf(("buyer",))),
        ("[buyer, seller]", OneOf(("buyer", "seller"))),
        ("true", OneOf((True,))),
        ("3", OneOf((3,))),
        ("present", Present()),
        ("missing", Missing()),
        ("{not: x}", NoneOf(("x",))),
        ("{not: [x, y]}", NoneOf(("x", "y"))),
        ("{lt: 3}", Compare(Relation.LT, 3)),
        ("{ge: 2026-01-01}", Compare(Relation.GE, date(2026, 1, 1))),
        ("{le: '2026-01-01T09:00:00+09:00'}", Compare(Relation.LE, datetime(2026, 1, 1, tzinfo=UTC))),
        ("{matches: m}", Matches("m")),
        ("{in_codes: p}", InCodes("p")),
        ("{not_in_codes: p}", InCodes("p", negated=True)),
        ("{equals_field: f}", EqualsField("f")),
        ("{equals_fact: f}", EqualsFact("f")),
    ],
)
def test_field_tests(text: str, test: object) -> None:
    """Every way to test a field."""
    assert field_test(node(text)) == test


def test_instants_are_utc() -> None:
    """An instant to compare with is kept in UTC, whatever its zone in the file."""
    test = field_test(node("{le: '2026-01-01T09:00:00+09:00'}"))
    assert isinstance(test, Compare)
    assert isinstance(test.value, datetime)
    assert test.value.tzinfo is UTC


def test_event_pattern() -> None:
    """Keys beside `activity` and `same` are fields, in the order of the file."""
    found = event_pattern(node("{lang: present, activity: [delivered, completed], same: [request_id], actor: buyer}"))
    assert found == EventPattern(
        (Activity.DELIVERED, Activity.COMPLETED), (("lang", Present()), ("actor", OneOf(("buyer",)))), ("request_id",)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{all: [{observed: payment}]}", AllOf((Observed(Observable.PAYMENT),))),
        ("{any: [{observed: payment}]}", AnyOf((Observed(Observable.PAYMENT),))),
        ("{not: {observed: payment}}", Not(Observed(Observable.PAYMENT))),
        ("{seen: {activity: delivered}}", Seen(EventPattern((Activity.DELIVERED,)))),
        ("{within: p, seen: {activity: delivered}}", Seen(EventPattern((Activity.DELIVERED,)), "p")),
        ("{state: {before: A}}", State(StateRelation.BEFORE, ("A",))),
        ("{state: {is: [A, B]}}", State(StateRelation.IS, ("A", "B"))),
        ("{order: {is_cod: true}}", OrderIs("is_cod", OneOf((True,)))),
        ("{trigger: {a: x, b: y}}", AllOf((TriggerIs("a", OneOf(("x",))), TriggerIs("b", OneOf(("y",)))))),
        ("{past: p}", Past(Deadline("p"))),
    ],
)
def test_conditions(text: str, expected: object) -> None:
    """Every kind of condition; several fields in one mapping mean all of them."""
    assert condition(node(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p", Deadline("p")),
        ("{parameter: p, from: trigger, compare_with: d}", Deadline("p", FromTrigger(), "d")),
        ("{parameter: p, from: {field: f}}", Deadline("p", FromField("f"))),
        ("{from: {fact: f}}", Deadline(None, FromFact("f"))),
        ("{parameter: p, from: {deadline: q}}", Deadline("p", FromDeadline(Deadline("q")))),
        ("{recorded: d}", Deadline(None, Recorded("d"))),
        ("{recorded: d, else: p}", Deadline(None, Recorded("d", Deadline("p")))),
        ("{parameter: p, from: {recorded: d, else: q}}", Deadline("p", Recorded("d", Deadline("q")))),
    ],
)
def test_deadlines(text: str, expected: Deadline) -> None:
    """Every way to say how long and from when."""
    assert deadline(node(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{minutes: 5}", Duration(Unit.MINUTES, 5)),
        ("{hours: null}", Duration(Unit.HOURS, None)),
        (
            "{calendar_days: {by: shipping, local: 3, other: null}, timezone: Asia/Seoul}",
            Duration(Unit.CALENDAR_DAYS, ByFact("shipping", {"local": 3, "other": None}), timezone="Asia/Seoul"),
        ),
        ("{working_days: 2}", Duration(Unit.WORKING_DAYS, 2, "market")),
        ("{working_days: 2, calendar: jp, cut_off: '14:00'}", Duration(Unit.WORKING_DAYS, 2, "jp", time(14))),
        ("{codes: [a, b]}", Codes(("a", "b"))),
        ("{codes: null}", Codes(None)),
        ("{percent: '2.50'}", Percent("2.50")),
        ("{percent: null}", Percent(None)),
        ("{count: 0}", Count(0)),
        ("{count: null}", Count(None)),
    ],
)
def test_amounts(text: str, expected: object) -> None:
    """Every unit; null is not published, and working days fall back on the market's calendar."""
    assert amount(node(text), "market") == expected


def test_rule_place_is_a_location() -> None:
    """Places carry the file's name."""
    assert node("a: 1")["a"].location == Location("f", 1, 4)
