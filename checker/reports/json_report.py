"""What does a machine read? Everything, in the shape that `report.schema.json` publishes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

import orjson

from checker import __version__
from checker.model.case import case_key
from checker.model.census import Census
from checker.model.event import Event, SourceRef
from checker.model.finding import Counts, Due, DueStep, Evidence, Finding, Search
from checker.model.policy import Policy
from checker.model.report import DataProblem, EventLog, Report
from checker.reports.impacts import impact_data
from checker.reports.patterns import pattern_text
from checker.reports.place import place
from checker.reports.redaction import HIDDEN, shown_fields
from checker.reports.shares import percent
from checker.reports.tallies import tallies_json
from checker.reports.view import View
from checker.reports.wording import Wording

VERSION = 1
"""Grows when a reader of the old shape would misread the new one."""

Json = dict[str, Any]


def render(report: Report, view: View) -> Iterator[bytes]:
    """The whole report: a head, a finding a line, then every event that a finding names, once, by order and id."""
    say = Wording(view.lang, report.policies, report.as_of)
    head = orjson.dumps(_head(report, view), option=orjson.OPT_INDENT_2)
    yield head.removesuffix(b"\n}") + b',\n  "findings": ['
    events: dict[str, dict[str, Event]] = {}
    for number, finding in enumerate(report.findings):
        for event in named_events(finding.evidence):
            events.setdefault(event.order_id, {})[event.event_id] = event
        yield (b",\n    " if number else b"\n    ") + orjson.dumps(finding_json(finding, say, view))
    yield b'\n  ],\n  "events": {'
    for number, (order_id, named) in enumerate(events.items()):
        told = orjson.dumps({event_id: event_json(event, view) for event_id, event in named.items()})
        yield (b",\n    " if number else b"\n    ") + orjson.dumps(order_id) + b": " + told
    yield b"\n  }\n}\n"


def named_events(evidence: Evidence) -> tuple[Event, ...]:
    """The events that the proof names; one that it names twice is there twice."""
    return tuple(e for e in (evidence.trigger, evidence.decisive, *evidence.used) if e is not None)


def schema_text() -> str:
    """The JSON Schema (2020-12) of this report."""
    return files("checker.reports").joinpath("report.schema.json").read_text("utf-8")


def _head(report: Report, view: View) -> Json:
    return {
        "report": "checker",
        "version": VERSION,
        "tool": {"name": "checker", "version": __version__, "engine": report.engine},
        "as_of": _instant(report.as_of),
        "language": view.lang,
        "messages_shown": view.show_messages,
        "verdicts": {verdict.value: count for verdict, count in sorted(report.verdicts.items())},
        "listed": len(report.findings),
        "tallies": tallies_json(report.census.findings),
        "policies": [_policy(policy, view) for policy in report.policies],
        "log": _log(report.log, report.census, view),
        "lapsed_waivers": [
            {"id": lapsed.waiver.id, "lapse": lapsed.lapse.value, "severity": lapsed.severity.name.lower()}
            for lapsed in report.lapsed
        ],
        **({"upcoming": [impact_data(impact) for impact in report.upcoming]} if report.upcoming else {}),
    }


def _policy(policy: Policy, view: View) -> Json:
    rules = [rule.head for rule in policy.rules]
    return {
        "id": policy.id,
        "effective": policy.effective.isoformat(),
        "title": policy.title.get(view.lang, policy.id),
        "timezone": policy.timezone,
        "path": policy.path,
        "digest": policy.digest,
        "sources": {
            name: {"title": source.title, "address": source.address, "confidence": source.confidence.value}
            for name, source in policy.sources.items()
        },
        "rules": [
            {
                "id": head.id,
                "title": head.title.get(view.lang, head.id),
                "severity": head.severity.name.lower(),
                "bearer": head.bearer.value,
                "cites": [{"source": cite.source, "clause": cite.clause} for cite in head.cites],
                "line": head.location.line,
            }
            for head in rules
        ],
    }


def _log(log: EventLog, census: Census, view: View) -> Json:
    return {
        "digest": log.digest,
        "sources": dict(log.sources),
        "orders": census.orders,
        "events": census.events,
        "records": {name: getattr(log.tally, name) for name in type(log.tally).__slots__},
        "problems_found": census.problems,
        "problems": [_problem(problem, view) for problem in log.problems],
    }


def _problem(problem: DataProblem, view: View) -> Json:
    raw = problem.raw if view.show_messages or not problem.raw else HIDDEN
    return {"path": problem.path, "line": problem.line, "reason": problem.reason, "hint": problem.hint, "raw": raw}


def finding_json(finding: Finding, say: Wording, view: View) -> Json:
    """One finding, its events by their ids."""
    return {
        "id": case_key(finding),
        "rule": str(finding.rule),
        "policy": finding.rule.policy,
        "rule_id": finding.rule.rule,
        "effective": finding.rule.effective.isoformat(),
        "severity": finding.severity.name.lower(),
        "bearer": finding.bearer.value,
        "subject": {"kind": finding.subject.value, "id": finding.subject_id},
        "verdict": finding.verdict.value,
        "outcome": finding.outcome,
        "reason": finding.evidence.reason.value,
        "provisional": finding.provisional,
        "waived_by": finding.waived_by,
        "known": finding.known,
        "sentence": say.sentence(finding),
        "arithmetic": say.arithmetic(finding),
        "place": place(finding.evidence.decisive or finding.evidence.trigger) or None,
        "evidence": _evidence(finding.evidence, view),
    }


def _evidence(evidence: Evidence, view: View) -> Json:
    """The proof, without what is absent."""
    late_by = evidence.late_by
    full = {
        "trigger": None if evidence.trigger is None else evidence.trigger.event_id,
        "decisive": None if evidence.decisive is None else evidence.decisive.event_id,
        "used": [event.event_id for event in evidence.used],
        "due": None if evidence.due is None else _due(evidence.due),
        "late_by_seconds": None if late_by is None else _seconds(late_by),
        "search": None if evidence.search is None else _search(evidence.search, view),
        "missing": list(evidence.missing),
        "assumed": list(evidence.assumed),
        "case": evidence.case,
        "counts": None if evidence.counts is None else _counts(evidence.counts),
        "limit": evidence.limit,
    }
    return {name: value for name, value in full.items() if value is not None and value != []}


def event_json(event: Event, view: View) -> Json:
    """One event, without what is absent."""
    told = {
        "activity": event.activity.value,
        "actor": event.actor.value,
        "occurred_at": _instant(event.occurred_at),
        "recorded_at": None if event.recorded_at is None else _instant(event.recorded_at),
        "precision": event.precision.value,
        "inferred": event.inferred,
        "fields": dict(shown_fields(event, show_messages=view.show_messages)),
        "refs": [_ref(ref) for ref in event.refs],
    }
    return {name: value for name, value in told.items() if value is not None}


def _ref(ref: SourceRef) -> Json:
    told = {"source": ref.source, "path": ref.path, "line": ref.line, "pointer": ref.pointer}
    return {name: value for name, value in told.items() if value is not None}


def _due(due: Due) -> Json:
    drift = due.drift
    return {
        "due_at": _instant(due.due_at),
        "timezone": due.timezone,
        "recorded": due.recorded,
        "steps": [_step(step) for step in due.steps],
        "platform_due_at": None if due.platform_due_at is None else _instant(due.platform_due_at),
        "drift_seconds": None if drift is None else _seconds(drift),
    }


def _step(step: DueStep) -> Json:
    return {
        "start_at": _instant(step.start_at),
        "parameter": step.parameter,
        "amount": step.amount,
        "unit": step.duration.unit.value,
        "due_at": _instant(step.due_at),
        "timezone": step.timezone,
        "skipped": [day.isoformat() for day in step.skipped],
    }


def _search(search: Search, view: View) -> Json:
    return {
        "for": [pattern_text(view.lang, pattern) for pattern in search.patterns],
        "activities": sorted({activity.value for pattern in search.patterns for activity in pattern.activities}),
        "after": None if search.after is None else _instant(search.after),
        "until": None if search.until is None else _instant(search.until),
    }


def _counts(counts: Counts) -> Json:
    told: Json = {name: getattr(counts, name) for name in type(counts).__slots__}
    return told | {"percent": None if counts.share is None else percent(counts.share)}


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _seconds(length: timedelta) -> float:
    return length / timedelta(seconds=1)
