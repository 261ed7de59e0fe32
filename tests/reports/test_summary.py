"""Are findings grouped and counted right?"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from checker.model.finding import Reason, RuleRef, Verdict
from checker.model.report import Report
from checker.model.rule import Bearer, Severity
from checker.reports.summary import accepted, cancellations, classes, pending, rates, undated, unjudged, violations


def rule(made, name) -> RuleRef:
    return RuleRef(made.POLICY, name, made.EFFECTIVE)


def test_violations(made):
    """Violations come by rule, the gravest first, then the more frequent."""
    groups = violations(made.report())
    assert [(group.rule.rule, group.severity, len(group.findings)) for group in groups] == [
        ("seller_does_not_ask", Severity.CRITICAL, 1),
        ("seller_answers", Severity.MAJOR, 2),
        ("fault_rate", Severity.MAJOR, 1),
        ("approved_first", Severity.MINOR, 1),
    ]


def test_waived_and_known_violations_are_counted_apart(made):
    """What is waived or known is no news, and is not lost."""
    late = made.every_reason()[Reason.LATE]
    report = made.report(replace(late, waived_by="W1"), replace(late, known=True), late)
    assert [len(group.findings) for group in violations(report)] == [1]
    assert accepted(report) == (1, 1)


def test_pending(made):
    """Deadlines come soonest first; those without a due time are counted."""
    soon = made.every_reason()[Reason.OPEN]
    later_due = replace(soon.evidence.due, due_at=soon.evidence.due.due_at + timedelta(hours=1))
    later = replace(soon, evidence=replace(soon.evidence, due=later_due))
    endless = replace(soon, evidence=replace(soon.evidence, due=None))
    report = made.report(later, endless, soon)
    assert [finding for _, finding in pending(report)] == [soon, later]
    assert undated(report) == 1


def test_unjudged(made):
    """What a log cannot show is grouped by what it is; other reasons gather all that is missing."""
    reasons = made.every_reason()
    missing = reasons[Reason.FIELD_MISSING]
    other = replace(missing, evidence=replace(missing.evidence, missing=("shipping",)), subject_id="other")
    groups = unjudged(made.report(missing, other, reasons[Reason.NOT_OBSERVED], reasons[Reason.DONE]))
    assert [(g.reason, g.missing, g.rules, g.subjects, g.findings) for g in groups] == [
        (Reason.FIELD_MISSING, ("latest_estimated_delivery", "shipping"), ((rule(made, "seller_answers"), 2),), 2, 2),
        (Reason.NOT_OBSERVED, ("messages", "disputes"), ((rule(made, "seller_does_not_ask"), 1),), 1, 1),
    ]


def test_classes(made):
    """Classes are counted by classification."""
    assert classes(made.report()) == ((rule(made, "fault"), Counter({"seller": 1})),)


def test_rates(made):
    """Rates are the findings that carry counts."""
    assert {finding.rule.rule for finding in rates(made.report())} == {"fault_rate"}


def test_cancellations(made):
    """Cancellations are counted by reason, initiator and product, those after `as_of` left out."""
    report: Report = made.report()
    found = cancellations(report)
    assert (found.total, found.by_reason, found.by_initiator, found.by_product) == (
        1,
        Counter({"better_price": 1}),
        Counter({"buyer": 1}),
        Counter({"1733": 1}),
    )
    assert cancellations(replace(report, as_of=made.ASKED_AT)).total == 0


def test_only_duties_fall_due(made):
    """A prohibition that is still running is no deadline; of equal ones the seller's comes first."""
    open_ = made.every_reason()[Reason.OPEN]
    watch = made.finding(made.STEER, Verdict.PENDING, open_.evidence)
    platform = replace(open_, bearer=Bearer.PLATFORM, severity=Severity.CRITICAL)
    found = pending(made.report(watch, platform, open_))
    assert [finding.bearer for _, finding in found] == [Bearer.SELLER, Bearer.PLATFORM]
