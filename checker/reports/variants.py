"""Which phrase of the catalogue says why a finding is what it is?"""

from datetime import datetime

from checker.model.finding import Finding, Reason
from checker.model.rule import Prohibition, Rate, Rule


def reason_key(finding: Finding, rule: Rule | None, as_of: datetime) -> str:
    """The reason's own phrase, or its variant where there is no time limit, no trigger, no count."""
    evidence = finding.evidence
    match evidence.reason:
        case Reason.DONE:
            return _done(finding)
        case Reason.OPEN:
            return _open(finding, rule, as_of)
        case Reason.HAPPENED if evidence.trigger is not None and evidence.trigger != evidence.decisive:
            return "happened_after"
        case Reason.CLASSIFIED if evidence.case is None:
            return "classified_otherwise"
        case Reason.RELEASED if evidence.decisive is None:
            return "released_earlier"
        case Reason.WITHIN_LIMIT if isinstance(rule, Rate) and not rule.limits:
            return "within_no_limit"
        case Reason.NOT_PUBLISHED if evidence.counts is not None:
            return "not_published_rate"
        case reason:
            return reason.value


def _done(finding: Finding) -> str:
    due, decisive = finding.evidence.due, finding.evidence.decisive
    if due is None or decisive is None:
        return "done_unlimited"
    return "done_at_due" if decisive.occurred_at == due.due_at else "done"


def _open(finding: Finding, rule: Rule | None, as_of: datetime) -> str:
    due = finding.evidence.due
    if isinstance(rule, Prohibition):
        return "open_watch_unlimited" if due is None else "open_watch"
    if due is None:
        return "open_unlimited"
    return "open_now" if due.due_at == as_of else "open"
