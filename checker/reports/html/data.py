"""What do the tables of the page hold?"""

import base64
import gzip
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from checker.model.finding import Finding, RuleRef, Verdict
from checker.model.report import Report
from checker.model.rule import Subject
from checker.reports.html.timeline import Picture, picture
from checker.reports.html.words import word
from checker.reports.instants import span
from checker.reports.patterns import actor_name
from checker.reports.phrases import phrase
from checker.reports.spots import shown_place
from checker.reports.summary import pending
from checker.reports.view import View
from checker.reports.wording import Wording

Json = dict[str, Any]
Drawn = Callable[[Picture], str]

ORDER = (Verdict.VIOLATED, Verdict.PENDING, Verdict.UNDETERMINED, Verdict.SATISFIED, Verdict.NOT_APPLICABLE)


def packed(data: Json) -> str:
    """The data as gzip in base64: nothing in it can close a tag or start a script."""
    return base64.b64encode(gzip.compress(orjson.dumps(data), 6, mtime=0)).decode()


def data(report: Report, say: Wording, view: View, draw: Drawn) -> Json:
    """Rules, findings and the picture of every order; classifications are counted elsewhere.

    `findings` are worst first; `due` are the places of those that fall due, soonest first.
    """
    findings = [finding for finding in report.findings if finding.outcome is None]
    findings.sort(
        key=lambda f: (ORDER.index(f.verdict), not f.is_new_violation, -f.severity, str(f.rule), f.subject_id)
    )
    rules: dict[RuleRef, int] = {}
    for finding in findings:
        rules.setdefault(finding.rule, len(rules))
    places = {id(finding): number for number, finding in enumerate(findings)}
    return {
        "rules": [_rule(ref, say) for ref in rules],
        "findings": [_finding(finding, rules[finding.rule], say, view) for finding in findings],
        "due": [places[id(finding)] for _, finding in pending(report)],
        "pictures": _pictures(report, findings, say, view, draw),
    }


def _rule(ref: RuleRef, say: Wording) -> Json:
    return {"id": str(ref), "title": say.title(ref), "clause": say.clause(ref), "note": say.note(ref)}


def _finding(finding: Finding, rule: int, say: Wording, view: View) -> Json:
    """One finding in words; what it has not is left out."""
    evidence = finding.evidence
    due = evidence.due
    is_due = finding.verdict is Verdict.PENDING and due is not None
    full: Json = {
        "rule": rule,
        "verdict": finding.verdict.value,
        "severity": int(finding.severity),
        "bearer": actor_name(say.lang, finding.bearer.value),
        "kind": phrase(say.lang, "subject", finding.subject.value),
        "id": finding.subject_id,
        "order": finding.subject is Subject.ORDER,
        "why": say.sentence(finding),
        "arithmetic": say.arithmetic(finding),
        "platform": say.platform_figure(finding),
        "searched": say.searched(finding),
        "assumed": say.assumed(finding),
        "settle": _settled(finding, say),
        "place": shown_place(evidence.decisive or evidence.trigger, view.root),
        "mark": _mark(finding, say),
        "due": None if due is None else say.clock.instant(due.due_at),
        "due_at": None if due is None else int(due.due_at.timestamp()),
        "left": span(say.lang, due.due_at - say.as_of) if is_due and due is not None else None,
    }
    return {name: value for name, value in full.items() if value is not None and value is not False and value != ""}


def _settled(finding: Finding, say: Wording) -> str | None:
    if finding.verdict is not Verdict.UNDETERMINED:
        return None
    return say.settled_by(finding.evidence.reason, finding.evidence.missing)


def _mark(finding: Finding, say: Wording) -> str | None:
    if finding.waived_by is not None:
        return word(say.lang, "waived", by=finding.waived_by)
    return word(say.lang, "known") if finding.known else None


def _pictures(report: Report, findings: list[Finding], say: Wording, view: View, draw: Drawn) -> Mapping[str, str]:
    by_order: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.subject is Subject.ORDER:
            by_order[finding.subject_id].append(finding)
    histories = (history for history in report.log.histories if history.order_id in by_order)
    return {h.order_id: draw(picture(h, by_order[h.order_id], say, view)) for h in histories}
