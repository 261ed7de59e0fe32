"""How much of what was found is listed?"""

from typing import Literal

from checker.model.finding import Verdict
from checker.model.report import Report
from checker.reports.phrases import Lang, phrase
from checker.reports.summary import dated, pending


def listed(report: Report, lang: Lang, what: Literal["findings", "violations", "due"]) -> str | None:
    """How many of all findings, violations or running deadlines are listed, and what has all; None where all are."""
    match what:
        case "due":
            shown, found = len(pending(report)), dated(report)
        case "violations":
            shown = sum(finding.verdict is Verdict.VIOLATED for finding in report.findings)
            kinds = report.census.findings.items()
            found = sum(count for kind, count in kinds if kind.verdict is Verdict.VIOLATED)
        case "findings":
            shown, found = len(report.findings), report.census.findings.total()
    return None if shown >= found else phrase(lang, "listed", what, shown=f"{shown:,}", found=f"{found:,}")
