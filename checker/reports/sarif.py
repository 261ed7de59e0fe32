"""What do code scanning tools read? SARIF 2.1.0: violations as results, what could not be judged as notifications."""

from collections.abc import Iterator
from typing import Any

import orjson

from checker import __version__
from checker.model.case import case_key
from checker.model.finding import Finding
from checker.model.report import Report
from checker.model.waiver import LapsedWaiver
from checker.reports.listing import listed
from checker.reports.phrases import phrase
from checker.reports.remarks import problem_text, remark, rule_id, violated
from checker.reports.sarif_flow import code_flow
from checker.reports.sarif_places import Json, instant, place
from checker.reports.sarif_rules import LAPSED_RULE, LEVELS, rules
from checker.reports.spots import Spot, location_spot, relative, spots
from checker.reports.summary import Unjudged, unjudged
from checker.reports.view import View
from checker.reports.wording import Wording

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "orderCase/v1"


def render(report: Report, view: View) -> Iterator[bytes]:
    """The log, a result a line. Findings that are no violations are not results: viewers would show them as alerts."""
    say = Wording(view.lang, report.policies, report.as_of)
    told = rules(report, say)
    places = {rule["id"]: number for number, rule in enumerate(told)}
    histories = {history.order_id: history for history in report.log.histories}
    has_baseline = any(finding.known for finding in report.findings)
    yield _head(report, view, say, told)
    first = True
    for finding in violated(report):
        result = _result(finding, say, view) | ({"baselineState": _state(finding)} if has_baseline else {})
        flow = code_flow(finding, histories.get(finding.subject_id), say, view)
        yield _line(result | {"ruleIndex": places[result["ruleId"]]} | flow, first)
        first = False
    for lapsed in report.lapsed:
        yield _line(_lapsed(lapsed, say, view) | {"ruleIndex": places[LAPSED_RULE]}, first)
        first = False
    yield b"\n  ]}\n]}\n"


def _line(result: Json, first: bool) -> bytes:
    return (b"\n    " if first else b",\n    ") + orjson.dumps(result)


def _head(report: Report, view: View, say: Wording, told: list[Json]) -> bytes:
    run = {
        "tool": {"driver": {"name": "checker", "semanticVersion": __version__, "rules": told}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notes(report, say, view)}],
        "columnKind": "unicodeCodePoints",
        "properties": {"asOf": instant(report.as_of), "logDigest": report.log.digest, "engine": report.engine},
    }
    start = orjson.dumps({"$schema": SCHEMA, "version": "2.1.0"}).removesuffix(b"}")
    return start + b',"runs":[\n  ' + orjson.dumps(run).removesuffix(b"}") + b',"results":['


def _state(finding: Finding) -> str:
    return "unchanged" if finding.known else "new"


def _result(finding: Finding, say: Wording, view: View) -> Json:
    found = spots(finding, say, view.root)
    result: Json = {
        "ruleId": rule_id(finding),
        "kind": "fail",
        "level": LEVELS[finding.severity],
        "message": {"text": f"{say.title(finding.rule)}. {remark(finding, say)}"},
        "partialFingerprints": {FINGERPRINT: case_key(finding)},
        "properties": _properties(finding),
    }
    if found:
        result["locations"] = [place(found[0])]
    if found[1:]:
        result["relatedLocations"] = [place(spot, number) for number, spot in enumerate(found[1:], 1)]
    if finding.waived_by is not None:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": finding.waived_by}]
    return result


def _properties(finding: Finding) -> Json:
    due, late_by = finding.evidence.due, finding.evidence.late_by
    told: dict[str, Any] = {
        "subject": finding.subject.value,
        "subjectId": finding.subject_id,
        "effective": finding.rule.effective.isoformat(),
        "severity": finding.severity.name.lower(),
        "bearer": finding.bearer.value,
        "reason": finding.evidence.reason.value,
        "dueAt": None if due is None else instant(due.due_at),
        "lateBySeconds": None if late_by is None else late_by.total_seconds(),
        "assumed": list(finding.evidence.assumed) or None,
        "provisional": finding.provisional,
    }
    return {name: value for name, value in told.items() if value is not None}


def _lapsed(lapsed: LapsedWaiver, say: Wording, view: View) -> Json:
    """A waiver that waives nothing is a result itself, in the waiver file."""
    waiver = lapsed.waiver
    return {
        "ruleId": LAPSED_RULE,
        "kind": "fail",
        "level": LEVELS[lapsed.severity],
        "message": {"text": phrase(say.lang, "lapse", lapsed.lapse.value, waiver=waiver.id)},
        "partialFingerprints": {FINGERPRINT: f"waiver/{waiver.id}/{lapsed.lapse.value}"},
        "locations": [place(location_spot(waiver.location, view.root))],
    }


def _notes(report: Report, say: Wording, view: View) -> list[Json]:
    """Data problems as warnings, then what could not be judged and which data would settle it."""
    return (
        [
            {
                "level": "warning",
                "message": {"text": problem_text(problem)},
                "locations": [place(Spot(relative(problem.path, view.root), problem.line))] if problem.path else [],
            }
            for problem in report.log.problems
        ]
        + [
            {"level": "note", "message": {"text": partly}}
            for partly in (listed(report, say.lang, "violations"),)
            if partly is not None
        ]
        + [
            {
                "level": "note",
                "message": {"text": f"{say.unjudged(group.reason, group.missing)} → {_settled(group, say)}"},
                "associatedRule": {"id": f"{rule.policy}/{rule.rule}"},
                "properties": {"undetermined": count, "missing": list(group.missing)},
            }
            for group in unjudged(report)
            for rule, count in group.rules
        ]
    )


def _settled(group: Unjudged, say: Wording) -> str:
    return say.settled_by(group.reason, group.missing)
