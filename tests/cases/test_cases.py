"""Does every engine give what the conformance cases say?"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import yaml

from checker.columns.orders import as_columns
from checker.engines import columnar, reference, spark
from checker.engines.bulk import Group
from checker.engines.table import SCHEMA, table_of
from checker.interpreter import RateKey, add_counts, rate_findings
from checker.loading import assume, load_assumptions, load_policies
from checker.model.activity import RANK, Activity, Observable
from checker.model.event import Actor, Event, Precision, Value
from checker.model.finding import Counts, Finding
from checker.model.history import OrderHistory, Span
from checker.model.policy import Policy

ROOT = Path(__file__).parents[2]
ENGINES: Mapping[str, Callable[..., tuple[Finding, ...]]] = {
    "reference": reference.findings,
    "columnar": columnar.findings,
}
KEY = [(name, "ascending") for name in ("order_id", "rule", "version", "trigger_id", "reason", "due_at")]
OWN_FIELDS = {"at", "activity", "actor", "precision", "recorded_at", "id", "inferred"}


def cases() -> Iterator[Any]:
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        # The plain loader leaves every scalar a string: what a field means is decided here, by its name.
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
        for case in document["cases"]:
            for engine in ENGINES:
                merged = {**document["defaults"], **case}
                yield pytest.param(merged, engine, id=f"{path.stem}: {case['name']} [{engine}]")


@cache
def policies_under(path: str) -> tuple[Policy, ...]:
    return load_policies(ROOT / path)


def policies_of(case: dict[str, Any], folder: Path) -> tuple[Policy, ...]:
    """The policies that the case is judged by, with its assumptions."""
    policies = policies_under(case["policy"])
    return assumed(policies, case["assume"], folder) if "assume" in case else policies


def assumed(policies: tuple[Policy, ...], values: Any, folder: Path) -> tuple[Policy, ...]:
    """The policies with a shop's own values, read from a file as a shop would write it."""
    path = folder / "assumptions.yaml"
    told = {name: {"because": "a case assumes it", **json_value(value)} for name, value in values.items()}
    path.write_text(json.dumps({"policy": policies[0].id, "assumptions": told}), encoding="utf-8")
    return assume(policies, load_assumptions(path))


def json_value(value: dict[str, str]) -> dict[str, str | int]:
    """A parameter's value; percentages stay text, whole numbers do not."""
    return {unit: int(text) if text.isdigit() and unit != "percent" else text for unit, text in value.items()}


def instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None, f"{text} has no offset"
    return moment.astimezone(UTC)


def value(name: str, raw: Any) -> Value:
    """A field's value by its shape: lists, instants, days, booleans, text."""
    if isinstance(raw, list):
        return tuple(str(item) for item in raw)
    if raw in ("true", "false"):
        return raw == "true"
    if len(raw) == 10 and raw[:2] == "20" and raw[4] == "-":
        return date.fromisoformat(raw)
    if raw[:2] == "20" and raw[10:11] == "T":
        return instant(raw)
    return raw


def event(order_id: str, event_id: str, raw: dict[str, Any]) -> Event:
    return Event(
        event_id=raw.get("id", event_id),
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
    return {Observable(name): span_of(span or {}) for name, span in raw.items()}


def span_of(raw: dict[str, str]) -> Span:
    ends = {name: instant(raw[name]) if name in raw else None for name in ("from", "to")}
    return Span(ends["from"], ends["to"])


def history(number: int, raw: dict[str, Any]) -> OrderHistory:
    facts = {name: value(name, text) for name, text in raw.get("order", {}).items()}
    order_id = str(facts.pop("order_id", f"o{number}"))
    setup = [event(order_id, f"s{place}", text) for place, text in enumerate(raw.get("setup", ()), start=1)]
    events = [event(order_id, f"e{place}", text) for place, text in enumerate(raw["events"], start=1)]
    ordered = sorted([*setup, *events], key=lambda e: (e.occurred_at, RANK[e.activity]))
    return OrderHistory(order_id, facts, observes(raw.get("observes")), tuple(ordered))


def histories(case: dict[str, Any]) -> list[OrderHistory]:
    shared = {name: case[name] for name in ("order", "observes", "setup", "events") if name in case}
    orders = case.get("orders", [{}])
    return [history(number, {**shared, **order}) for number, order in enumerate(orders, start=1)]


def facts_of(finding: Finding) -> dict[str, str]:
    """Everything that a case can expect of a finding, as text; empty where the finding has none."""
    evidence, due, counts = finding.evidence, finding.evidence.due, finding.evidence.counts
    steps = () if due is None else due.steps
    return {
        "verdict": finding.verdict.value,
        "reason": evidence.reason.value,
        "subject": finding.subject_id,
        "version": finding.rule.effective.isoformat(),
        "trigger": "" if evidence.trigger is None else evidence.trigger.event_id,
        "decisive": "" if evidence.decisive is None else evidence.decisive.event_id,
        "used": ", ".join(found.event_id for found in evidence.used),
        "missing": ", ".join(evidence.missing),
        "assumed": ", ".join(evidence.assumed),
        "provisional": str(finding.provisional).lower(),
        "outcome": finding.outcome or "",
        "case": "" if evidence.case is None else str(evidence.case),
        "severity": finding.severity.name.lower(),
        "late_by": "" if evidence.late_by is None else str(evidence.late_by),
        "due": "" if due is None else due.due_at.isoformat(),
        "drift": "" if due is None or due.drift is None else str(due.drift),
        "recorded": "" if due is None else due.recorded or "",
        "skipped": ", ".join(day.isoformat() for step in steps for day in step.skipped),
        "counts": "" if counts is None else f"{counts.numerator}/{counts.denominator}",
        "unknown": "" if counts is None else str(counts.unknown),
        "unsure": "" if counts is None else str(counts.unsure),
        "limit": "" if evidence.limit is None else str(evidence.limit),
    }


def expected(raw: dict[str, Any]) -> dict[str, str]:
    """The expectation in the form of `facts_of`: instants in UTC, lists as one text."""
    told = {name: ", ".join(text) if isinstance(text, list) else text for name, text in raw.items()}
    return {name: instant(text).isoformat() if name == "due" and text else text for name, text in told.items()}


@pytest.mark.parametrize(("case", "engine"), list(cases()))
def test_case(case: dict[str, Any], engine: str, tmp_path: Path) -> None:
    """The findings of the case's rule are exactly the expected ones."""
    policies = policies_of(case, tmp_path)
    found = ENGINES[engine](histories(case), policies, instant(case["as_of"]))
    of_rule = [facts_of(finding) for finding in found if finding.rule.rule == case["rule"]]
    wanted = [expected(raw) for raw in case["expect"]]
    seen = [{name: facts[name] for name in raw} for facts, raw in zip(of_rule, wanted, strict=False)]
    assert (seen, len(of_rule)) == (wanted, len(wanted)), of_rule


@pytest.mark.parametrize("case", [pytest.param(p.values[0], id=p.id) for p in cases() if p.values[1] == "reference"])
def test_case_in_a_partition_of_spark(case: dict[str, Any], tmp_path: Path) -> None:
    """The function that Spark runs on rows gives every verdict of the case's orders, and the counts of its rates."""
    policies, orders, as_of = policies_of(case, tmp_path), histories(case), instant(case["as_of"])
    found = reference.findings(orders, policies, as_of)
    result = spark.judge_rows(rows(orders), (Group(policies, spark.every_order),), as_of)
    verdicts = result.filter(pc.is_null(result["subject_id"])).select(SCHEMA.names)
    of_orders = table_of(finding for finding in found if finding.evidence.counts is None)
    assert verdicts.sort_by(KEY).to_pylist() == of_orders.sort_by(KEY).to_pylist()
    assert rate_findings(sums_of(result), policies, as_of) == tuple(f for f in found if f.evidence.counts is not None)


def rows(orders: list[OrderHistory]) -> pa.Table:
    """The orders as Spark has them: a row per event, and a row per order."""
    tables = as_columns(orders)
    return pa.concat_tables([tables.events.drop_columns(["order"]), tables.orders], promote_options="default")


def sums_of(result: pa.Table) -> dict[RateKey, Counts]:
    """The partial counts in a result, added up."""
    sums: dict[RateKey, Counts] = {}
    for row in result.filter(pc.is_valid(result["subject_id"])).to_pylist():
        key = RateKey(row["policy"], row["rule"], row["subject_id"], row["shop_id"])
        part = Counts(*(row[name] for name in spark.COUNTS))
        sums[key] = add_counts(sums[key], part) if key in sums else part
    return sums


@pytest.mark.parametrize("policy", [p for p in load_policies() if (Path(__file__).parent / f"{p.id}.yaml").exists()])
def test_every_rule_of_a_shipped_policy_has_cases(policy: Policy) -> None:
    """No rule of a shipped policy with a case file of its own goes without a case that finds something."""
    ours = [param.values[0] for param in cases() if policy in policies_under(param.values[0]["policy"])]
    tried = {case["rule"] for case in ours if case["expect"]}
    assert [rule.head.id for rule in policy.rules if rule.head.id not in tried] == []
