"""What does GitLab show as code quality? A list of issues, each with a fingerprint that outlives lines and versions."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson

from checker.model.case import case_key
from checker.model.finding import Finding
from checker.model.report import Report
from checker.model.rule import Severity
from checker.reports.remarks import remark, rule_id, violated
from checker.reports.spots import Spot, spots
from checker.reports.view import View
from checker.reports.wording import Wording

Issue = dict[str, Any]

SEVERITIES = {
    Severity.CRITICAL: "critical",
    Severity.MAJOR: "major",
    Severity.MINOR: "minor",
    Severity.INFO: "info",
}


def render(report: Report, view: View) -> Iterator[bytes]:
    """The new violations; those waived or known are no issues."""
    say = Wording(view.lang, report.policies, report.as_of)
    seen: Counter[str] = Counter()
    yield b"["
    first = True
    for finding in violated(report):
        if finding.is_new_violation:
            issue = _issue(finding, say, view)
            seen[issue["fingerprint"]] += 1
            yield (b"\n  " if first else b",\n  ") + orjson.dumps(_apart(issue, seen[issue["fingerprint"]]))
            first = False
    yield b"\n]\n"


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
