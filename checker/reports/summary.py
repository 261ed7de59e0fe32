"""What do many findings come to? Groups and counts that every format shows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from checker.model.activity import Activity
from checker.model.event import Event
from checker.model.finding import Due, Finding, Reason, RuleRef, Verdict
from checker.model.report import Report
from checker.model.rule import Bearer, Obligation, Severity, Subject


@dataclass(frozen=True, slots=True)
class Violations:
    """The violations of one rule, gravest first where a rate has several limits."""

    rule: RuleRef
    severity: Severity
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Findings undetermined for one reason: how many of which rule, on how many orders, and all that is missing.

    What a log cannot show at all is kept apart by what it is; other reasons collect everything that is missing.
    """

    reason: Reason
    missing: tuple[str, ...]
    rules: tuple[tuple[RuleRef, int], ...]
    subjects: int

    @property
    def findings(self) -> int:
        """How many there are."""
        return sum(count for _, count in self.rules)


def violations(report: Report) -> tuple[Violations, ...]:
    """The rules with new violations, gravest first, then those with more. What is waived or known is left out."""
    by_rule: dict[RuleRef, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.is_new_violation:
            by_rule[finding.rule].append(finding)
    groups = [Violations(rule, max(f.severity for f in found), tuple(found)) for rule, found in by_rule.items()]
    return tuple(sorted(groups, key=lambda group: (-group.severity, -len(group.findings), str(group.rule))))


def accepted(report: Report) -> tuple[int, int]:
    """How many violations are waived, and how many others the baseline knows."""
    waived = sum(f.verdict is Verdict.VIOLATED and f.waived_by is not None for f in report.findings)
    known = sum(f.verdict is Verdict.VIOLATED and f.waived_by is None and f.known for f in report.findings)
    return waived, known


def pending(report: Report) -> tuple[tuple[Due, Finding], ...]:
    """The duties that are running and have a due time, soonest first; of equal ones the seller's first."""
    dated = [(finding.evidence.due, finding) for finding in _owed(report) if finding.evidence.due is not None]
    return tuple(sorted(dated, key=lambda pair: (pair[0].due_at, *_urgency(pair[1]))))


def _urgency(finding: Finding) -> tuple[bool, int, str]:
    return finding.bearer is not Bearer.SELLER, -finding.severity, finding.subject_id


def undated(report: Report) -> int:
    """How many duties are running without a due time."""
    return sum(finding.evidence.due is None for finding in _owed(report))


def _owed(report: Report) -> Iterator[Finding]:
    """The pending findings on obligations: nobody needs reminding of what must not be done."""
    duties = {
        RuleRef(policy.id, rule.head.id, policy.effective)
        for policy in report.policies
        for rule in policy.rules
        if isinstance(rule, Obligation)
    }
    return (f for f in report.findings if f.verdict is Verdict.PENDING and f.rule in duties)


def unjudged(report: Report) -> tuple[Unjudged, ...]:
    """What could not be judged, by what is missing, the most frequent first. Classifications are counted too."""
    rules: dict[tuple[Reason, tuple[str, ...]], Counter[RuleRef]] = defaultdict(Counter)
    subjects: dict[tuple[Reason, tuple[str, ...]], set[str]] = defaultdict(set)
    missing: dict[tuple[Reason, tuple[str, ...]], dict[str, None]] = defaultdict(dict)
    for finding in report.findings:
        if finding.verdict is Verdict.UNDETERMINED:
            reason, lacking = finding.evidence.reason, finding.evidence.missing
            key = (reason, lacking if reason is Reason.NOT_OBSERVED else ())
            rules[key][finding.rule] += 1
            subjects[key].update({finding.subject_id} if finding.subject is Subject.ORDER else ())
            missing[key].update(dict.fromkeys(lacking))
    groups = [
        Unjudged(key[0], tuple(missing[key]), tuple(counts.most_common()), len(subjects[key]))
        for key, counts in rules.items()
    ]
    return tuple(sorted(groups, key=lambda group: (-group.findings, group.reason, group.missing)))


def classes(report: Report) -> tuple[tuple[RuleRef, Counter[str]], ...]:
    """How often each class was given, by classification rule."""
    counts: dict[RuleRef, Counter[str]] = defaultdict(Counter)
    for finding in report.findings:
        if finding.outcome is not None and finding.evidence.trigger is not None:
            counts[finding.rule][finding.outcome] += 1
    return tuple(counts.items())


def rates(report: Report) -> tuple[Finding, ...]:
    """The findings that carry counts."""
    return tuple(finding for finding in report.findings if finding.evidence.counts is not None)


@dataclass(frozen=True, slots=True)
class Cancellations:
    """The cancellations visible at `as_of`, counted. `by_reason` has "" where no reason is known."""

    total: int
    by_reason: Counter[str]
    by_initiator: Counter[str]
    by_product: Counter[str]


def cancellations(report: Report) -> Cancellations:
    """Cancellations by reason code (its text where there is no code), by who cancelled, and by product."""
    pairs = [
        (history, event)
        for history in report.log.histories
        for event in history.events
        if event.activity is Activity.ORDER_CANCELLED and is_seen(event, report.as_of)
    ]
    return Cancellations(
        total=len(pairs),
        by_reason=Counter(_reason(event) for _, event in pairs),
        by_initiator=Counter(event.actor.value for _, event in pairs),
        by_product=Counter(name for history, _ in pairs for name in _products(history.facts.get("product_ids"))),
    )


def is_seen(event: Event, as_of: datetime) -> bool:
    """Whether the event had happened and been recorded by then (inclusive)."""
    return event.occurred_at <= as_of and (event.recorded_at is None or event.recorded_at <= as_of)


def _reason(event: Event) -> str:
    return str(event.attributes.get("reason") or event.attributes.get("reason_text") or "")


def _products(value: object) -> Iterable[str]:
    match value:
        case tuple():
            return (str(item) for item in value)
        case None:
            return ()
        case _:
            return (str(value),)
