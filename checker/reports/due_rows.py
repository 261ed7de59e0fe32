"""What is a running deadline as one row?"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from checker.model.case import case_key
from checker.model.finding import Due, Finding
from checker.model.report import Report
from checker.reports.place import place
from checker.reports.rows import Row
from checker.reports.summary import pending
from checker.reports.wording import Wording

COLUMNS = (
    "due_at",
    "due_local",
    "timezone",
    "left_seconds",
    "subject",
    "subject_id",
    "bearer",
    "severity",
    "rule",
    "title",
    "clause",
    "arithmetic",
    "platform_due_at",
    "assumed",
    "place",
    "case",
)


def near(report: Report, within: timedelta | None) -> tuple[tuple[Due, Finding], ...]:
    """The running duties, soonest first; with `within`, those that are due in so long (inclusive)."""
    return tuple(pair for pair in pending(report) if within is None or pair[0].due_at - report.as_of <= within)


def due_row(due: Due, finding: Finding, say: Wording) -> Row:
    """Every column; `due_local` is the same instant with the offset of the deadline's own zone."""
    evidence = finding.evidence
    return {
        "due_at": due.due_at,
        "due_local": due.due_at.astimezone(ZoneInfo(due.timezone)).isoformat(),
        "timezone": due.timezone,
        "left_seconds": (due.due_at - say.as_of).total_seconds(),
        "subject": finding.subject.value,
        "subject_id": finding.subject_id,
        "bearer": finding.bearer.value,
        "severity": finding.severity.name.lower(),
        "rule": str(finding.rule),
        "title": say.title(finding.rule),
        "clause": say.clause(finding.rule),
        "arithmetic": say.arithmetic(finding),
        "platform_due_at": due.platform_due_at,
        "assumed": " ".join(evidence.assumed) or None,
        "place": place(evidence.decisive or evidence.trigger) or None,
        "case": case_key(finding),
    }
