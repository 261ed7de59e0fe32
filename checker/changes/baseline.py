"""Which violations were known before?"""

from collections.abc import Set
from dataclasses import replace

from checker.model.case import case_key
from checker.model.finding import Finding, Verdict
from checker.model.report import Report


def known_cases(report: Report) -> dict[str, Finding]:
    """The violations of a report by their case, those waived left out."""
    return {case_key(f): f for f in report.findings if f.verdict is Verdict.VIOLATED and f.waived_by is None}


def with_baseline(report: Report, cases: Set[str]) -> Report:
    """The report with the violations among these cases marked as known; they stay visible."""
    findings = tuple(
        replace(finding, known=True) if finding.verdict is Verdict.VIOLATED and case_key(finding) in cases else finding
        for finding in report.findings
    )
    return replace(report, findings=findings)
