"""Does every engine give what the conformance cases say?"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.engines import reference
from checker.loading import load_policies
from checker.model.activity import RANK, Activity, Observable
from checker.model.event import Actor, Event, Precision, Value
from checker.model.finding import Finding
from checker.model.history import OrderHistory, Span
from checker.model.policy import Policy

ROOT = Path(__file__).parents[2]
ENGINES: Mapping[str, Callable[..., tuple[Finding, ...]]] = {"reference": reference.findings}
OWN_FIELDS = {"at", "activity", "actor", "precision", "recorded_at", "id", "inferred"}


def documents() -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        # The plain loader leaves every scalar a string: what a field means is decided here, by its name.
        yield path, yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


def cases() -> Iterator[Any]:
    for path, document in documents():
        for case in document["cases"]:
            merged = {**document.get("defaults", {}), **case}
            for engine in ENGINES:
                yield pytest.param(path, document["policy"], merged, engine, id=f"{path.stem}: {case['name']} [{engine}]")


@pytest.fixture(scope="session")
def policies_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, Any], tuple[Policy, ...]]:
    """The policy versions of a case file, loaded once."""
    loaded: dict[Path, tuple[Policy, ...]] = {}

    def load(path: Path, policy: Any) -> tuple[Policy, ...]:
        if path not in loaded:
            loaded[path] = load_policies(policy_root(path, policy, tmp_path_factory))
        return loaded[path]

    return load


def policy_root(path: Path, policy: Any, tmp: pytest.TempPathFactory) -> Path:
    """The folder or file of the policies that a case file names."""
    if isinstance(policy, dict) and "file" in policy:
        return ROOT / policy["file"]
    return path.parent / "policies" / path.stem


def instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None, f"{text} has no offset"
    return moment.astimezone(UTC)


def value(name: str, raw: Any) -> Value:
    """A field's value by its shape: lists, instants, days, booleans, whole numbers, text."""
    if isinstance(raw, list):
        return tuple(str(item) for item in raw)
    if raw in ("true", "false"):
        return raw == "true"
    if name.endswith(("_at", "_due", "due")) or "T" in raw and raw[:2] == "20":
        return instant(raw)
    if len(raw) == 10 and raw[:2] == "20" and raw[4] == "-":
        return date.fromisoformat(raw)
    return raw


def event(order_id: str, number: int, raw: dict[str, Any]) -> Event:
    return Event(
        event_id=raw.get("id", f"e{number}"),
        order_id=order_id,
        activity=Activity(raw["activity"]),
        occurred_at=instant(raw["at"]),
        actor=Actor(raw.get("actor", "unknown")),
        attributes={name: value(name, text) for name, text in raw.items() if name not in OWN_FIELDS},
        recorded_at=instant(raw["recorded_at"]) if "recorded_at" in raw else None,
        precision=Precision(raw.get("precision", "second")),
        inferred=raw.get("inferred") == "true",
    )


def observes(raw: Any) -> dict[Observable, Span]:
    if raw is None:
        return {name: Span() for name in Observable}
    if isinstance(raw, list):
        return {Observable(name): Span() for name in raw}
    ends = {name: span or {} for name, span in raw.items()}
    return {
        Observable(name): Span(
            instant(span["from"]) if "from" in span else None, instant(span["to"]) if "to" in span else None
        )
        for name, span in ends.items()
    }


def history(number: int, raw: dict[str, Any]) -> OrderHistory:
    facts = {name: value(name, text) for name, text in raw.get("order", {}).items()}
    order_id = str(facts.pop("order_id", f"o{number}"))
    events = [event(order_id, place, text) for place, text in enumerate(raw["events"], start=1)]
    ordered = sorted(events, key=lambda e: (e.occurred_at, RANK[e.activity]))
    return OrderHistory(order_id, facts, observes(raw.get("observes")), tuple(ordered))


def facts_of(finding: Finding) -> dict[str, str]:
    """Everything that a case can expect of a finding, as text."""
    evidence = finding.evidence
    facts = {
        "verdict": finding.verdict.value,
        "reason": evidence.reason.value,
        "subject": finding.subject_id,
        "version": finding.rule.effective.isoformat(),
        "missing": ", ".join(evidence.missing),
        "assumed": ", ".join(evidence.assumed),
        "provisional": str(finding.provisional).lower(),
        "outcome": finding.outcome or "",
        "severity": finding.severity.name.lower(),
    }
    for name in ("trigger", "decisive"):
        found = getattr(evidence, name)
        facts[name] = "" if found is None else found.event_id
    facts["used"] = ", ".join(found.event_id for found in evidence.used)
    facts["late_by"] = "" if evidence.late_by is None else str(evidence.late_by)
    if evidence.due is not None:
        facts["due"] = evidence.due.due_at.isoformat()
        facts["drift"] = "" if evidence.due.drift is None else str(evidence.due.drift)
    if evidence.counts is not None:
        facts["counts"] = f"{evidence.counts.numerator}/{evidence.counts.denominator}"
        facts["unknown"] = str(evidence.counts.unknown)
    return facts


def expected(raw: dict[str, Any]) -> dict[str, str]:
    """The expectation in the form of `facts_of`: instants in UTC."""
    return {name: instant(text).isoformat() if name == "due" and text else text for name, text in raw.items()}


@pytest.mark.parametrize(("path", "policy", "case", "engine"), list(cases()))
def test_case(
    path: Path,
    policy: Any,
    case: dict[str, Any],
    engine: str,
    policies_of: Callable[[Path, Any], tuple[Policy, ...]],
) -> None:
    """The findings of the case's rule are exactly the expected ones."""
    orders = case.get("orders") or [{"order": case.get("order", {}), "events": case["events"]}]
    histories = [history(n, {"observes": case.get("observes"), **order}) for n, order in enumerate(orders, start=1)]
    found = ENGINES[engine](histories, policies_of(path, policy), instant(case["as_of"]))
    of_rule = [facts_of(finding) for finding in found if finding.rule.rule == case["rule"]]
    wanted = [expected(raw) for raw in case["expect"]]
    assert [{name: facts.get(name) for name in raw} for facts, raw in zip(of_rule, wanted, strict=False)] == wanted
    assert len(of_rule) == len(wanted), of_rule
