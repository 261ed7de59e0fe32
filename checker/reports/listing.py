"""How much of what was found is listed?"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Literal

from checker.model.finding import RuleRef, Verdict
from checker.model.report import Report
from checker.reports.phrases import Lang, phrase
from checker.reports.summary import dated_by_rule, pending


def listed_due(report: Report, lang: Lang, within: timedelta | None) -> str | None:
    """How many of all running deadlines are listed; None where all are that are due in so long."""
    shown: dict[RuleRef, list[datetime]] = defaultdict(list)
    for due, finding in pending(report):
        shown[finding.rule].append(due.due_at)
    found = dated_by_rule(report)
    cut = [rule for rule, count in found.items() if len(shown[rule]) < count]
    if within is not None:
        cut = [rule for rule in cut if not shown[rule] or max(shown[rule]) <= report.as_of + within]
    told = {"shown": f"{sum(map(len, shown.values())):,}", "found": f"{found.total():,}"}
    return phrase(lang, "listed", "due", **told) if cut else None


def listed(report: Report, lang: Lang, what: Literal["findings", "violations"]) -> str | None:
    """How many of all findings or violations are listed, and what has all; None where all are."""
    match what:
        case "violations":
            shown = sum(finding.verdict is Verdict.VIOLATED for finding in report.findings)
            kinds = report.census.findings.items()
            found = sum(count for kind, count in kinds if kind.verdict is Verdict.VIOLATED)
        case "findings":
            shown, found = len(report.findings), report.census.findings.total()
    return None if shown >= found else phrase(lang, "listed", what, shown=f"{shown:,}", found=f"{found:,}")
