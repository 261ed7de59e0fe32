"""What does GitLab show as code quality? A list of issues, each with a fingerprint that outlives lines and versions."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson

from checker.model.case import case_key
from checker.model.finding import Finding
from checker.model.report import Report
from checker.model.rule import Severity
from checker.reports.listing import listed
from checker.reports.remarks import remark, rule_id, violated
from checker.reports.spots import Spot, relative, spots
from checker.reports.view import View
from checker.reports.wording import Wording

Issue = dict[str, Any]

LISTED = "checker/listed"
"""The issue that says how many violations there are besides those listed."""

SEVERITIES = {
    Severity.CRITICAL: "critical",
    Severity.MAJOR: "major",
    Severity.MINOR: "minor",
    Severity.INFO: "info",
}


def render(report: Report, view: View) -> Iterator[bytes]:
    """The new violations; those waived or known are no issues. Where some are not listed, an issue says how many."""
    yield b"["
    for number, issue in enumerate(_issues(report, view)):
        yield (b",\n  " if number else b"\n  ") + orjson.dumps(issue)
    yield b"\n]\n"


def _issues(report: Report, view: View) -> Iterator[Issue]:
    say = Wording(view.lang, report.policies, report.as_of)
    seen: Counter[str] = Counter()
    for finding in violated(report):
        if finding.is_new_violation:
            issue = _issue(finding, say, view)
            seen[issue["fingerprint"]] += 1
            yield _apart(issue, seen[issue["fingerprint"]])
    if partly := listed(report, view.lang, "violations"):
        yield _note(partly, report, view)


def _note(text: str, report: Report, view: View) -> Issue:
    return {
        "description": text,
        "check_name": LISTED,
        "fingerprint": LISTED,
        "severity": SEVERITIES[Severity.INFO],
        "location": {"path": relative(next(iter(report.log.sources), "unknown"), view.root), "lines": {"begin": 1}},
    }


def _apart(issue: Issue, number: int) -> Issue:
    """GitLab drops an issue whose fingerprint it has seen; two findings of one case are told apart by their number."""
    return issue if number == 1 else issue | {"fingerprint": f"{issue['fingerprint']}-{number}"}


def _issue(finding: Finding, say: Wording, view: View) -> Issue:
    spot = next(iter(spots(finding, say, view.root)), Spot("unknown"))
    return {
        "description": f"{say.title(finding.rule)}. {remark(finding, say)}",
        "check_name": rule_id(finding),
        "fingerprint": case_key(finding),
        "severity": SEVERITIES[finding.severity],
        "location": {"path": spot.path, "lines": {"begin": spot.line or 1}},
    }
