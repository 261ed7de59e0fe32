"""What is a finding as one row of a table?"""

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction

from checker.model.case import case_key
from checker.model.finding import Counts, Evidence, Finding
from checker.model.report import Report
from checker.reports.place import place
from checker.reports.wording import Wording

Cell = str | int | float | bool | date | datetime | None
Row = dict[str, Cell]

TEXTS = (
    "case",
    "rule",
    "policy",
    "rule_id",
    "severity",
    "bearer",
    "subject",
    "subject_id",
    "verdict",
    "outcome",
    "reason",
    "title",
    "clause",
    "sentence",
    "arithmetic",
    "missing",
    "assumed",
    "place",
    "waived_by",
)
INSTANTS = ("as_of", "trigger_at", "decisive_at", "due_at", "platform_due_at")
DAYS = ("effective",)
NUMBERS = ("numerator", "denominator", "unclear")
MEASURES = ("late_by_seconds", "percent")
FLAGS = ("known", "provisional")
COLUMNS = (*TEXTS, *INSTANTS, *DAYS, *NUMBERS, *MEASURES, *FLAGS)


def rows(report: Report, say: Wording) -> Iterator[Row]:
    """A row for each finding, every column in it; None is unknown or does not apply. Instants are aware UTC."""
    for finding in report.findings:
        row = _texts(finding, say) | _times(finding, report) | _counts(finding.evidence.counts)
        yield row | {"known": finding.known, "provisional": finding.provisional}


def _texts(finding: Finding, say: Wording) -> Row:
    evidence = finding.evidence
    return {
        "case": case_key(finding),
        "rule": str(finding.rule),
        "policy": finding.rule.policy,
        "rule_id": finding.rule.rule,
        "severity": finding.severity.name.lower(),
        "bearer": finding.bearer.value,
        "subject": finding.subject.value,
        "subject_id": finding.subject_id,
        "verdict": finding.verdict.value,
        "outcome": finding.outcome,
        "reason": evidence.reason.value,
        "title": say.title(finding.rule),
        "clause": say.clause(finding.rule),
        "sentence": say.sentence(finding),
        "arithmetic": say.arithmetic(finding),
        "missing": " ".join(evidence.missing) or None,
        "assumed": " ".join(evidence.assumed) or None,
        "place": place(evidence.decisive or evidence.trigger) or None,
        "waived_by": finding.waived_by,
    }


def _times(finding: Finding, report: Report) -> Row:
    evidence: Evidence = finding.evidence
    due, late_by = evidence.due, evidence.late_by
    return {
        "as_of": report.as_of,
        "trigger_at": None if evidence.trigger is None else evidence.trigger.occurred_at,
        "decisive_at": None if evidence.decisive is None else evidence.decisive.occurred_at,
        "due_at": None if due is None else due.due_at,
        "platform_due_at": None if due is None else due.platform_due_at,
        "effective": finding.rule.effective,
        "late_by_seconds": None if late_by is None else late_by.total_seconds(),
    }


def _counts(counts: Counts | None) -> Row:
    if counts is None:
        return dict.fromkeys(("numerator", "denominator", "unclear", "percent"))
    share = counts.share
    return {
        "numerator": counts.numerator,
        "denominator": counts.denominator,
        "unclear": counts.unknown + counts.unsure,
        "percent": None if share is None else float(share * Fraction(100)),
    }
