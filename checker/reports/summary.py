"""What do many findings come to? Groups and counts that every format shows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.model.census import Cancellations, Gap, Standing, Tallied
from checker.model.event import is_seen as is_seen
from checker.model.finding import Due, Finding, Reason, RuleRef, Verdict
from checker.model.report import Report
from checker.model.rule import Bearer, Obligation, Rate, Rule, Severity


@dataclass(frozen=True, slots=True)
class Violations:
    """The new violations of one rule: how many, and those that are listed."""

    rule: RuleRef
    severity: Severity
    count: int
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
    counts: Counter[RuleRef] = Counter()
    severities: dict[RuleRef, Severity] = {}
    for kind, count in report.census.findings.items():
        if kind.is_new_violation:
            counts[kind.rule] += count
            severities[kind.rule] = max(kind.severity, severities.get(kind.rule, kind.severity))
    listed: dict[RuleRef, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.is_new_violation:
            listed[finding.rule].append(finding)
    groups = [Violations(rule, severities[rule], count, tuple(listed[rule])) for rule, count in counts.items()]
    return tuple(sorted(groups, key=lambda group: (-group.severity, -group.count, str(group.rule))))


def accepted(report: Report) -> tuple[int, int]:
    """How many violations are waived, and how many others the baseline knows."""
    found: Counter[Standing | None] = Counter()
    for kind, count in report.census.findings.items():
        found[kind.standing] += count
    return found[Standing.WAIVED], found[Standing.KNOWN]


def pending(report: Report) -> tuple[tuple[Due, Finding], ...]:
    """The listed duties that are running and have a due time, soonest first; of equal ones the seller's first."""
    duties = _duties(report)
    owed = (f for f in report.findings if f.verdict is Verdict.PENDING and f.rule in duties)
    dated = [(finding.evidence.due, finding) for finding in owed if finding.evidence.due is not None]
    return tuple(sorted(dated, key=lambda pair: (pair[0].due_at, *_urgency(pair[1]))))


def _urgency(finding: Finding) -> tuple[bool, int, str]:
    return finding.bearer is not Bearer.SELLER, -finding.severity, finding.subject_id


def dated(report: Report) -> int:
    """How many duties are running with a due time, listed or not."""
    return dated_by_rule(report).total()


def dated_by_rule(report: Report) -> Counter[RuleRef]:
    """How many duties of each rule are running with a due time, listed or not."""
    found: Counter[RuleRef] = Counter()
    for kind, count in _running(report):
        if kind.is_dated:
            found[kind.rule] += count
    return found


def undated(report: Report) -> int:
    """How many duties are running without a due time."""
    return sum(count for kind, count in _running(report) if not kind.is_dated)


def _running(report: Report) -> Iterator[tuple[Tallied, int]]:
    duties, kinds = _duties(report), report.census.findings.items()
    return ((kind, count) for kind, count in kinds if kind.verdict is Verdict.PENDING and kind.rule in duties)


def _duties(report: Report) -> frozenset[RuleRef]:
    """The obligations: nobody needs reminding of what must not be done."""
    return _rules(report, Obligation)


def _rules(report: Report, kind: type[Rule]) -> frozenset[RuleRef]:
    return frozenset(
        RuleRef(policy.id, rule.head.id, policy.effective)
        for policy in report.policies
        for rule in policy.rules
        if isinstance(rule, kind)
    )


def unjudged(report: Report) -> tuple[Unjudged, ...]:
    """What could not be judged, by what is missing, the most frequent first. Classifications are counted too."""
    rules: dict[Gap, Counter[RuleRef]] = defaultdict(Counter)
    missing: dict[Gap, dict[str, None]] = defaultdict(dict)
    for kind, count in _in_sequence(report):
        if kind.verdict is Verdict.UNDETERMINED:
            rules[kind.gap][kind.rule] += count
            missing[kind.gap].update(dict.fromkeys(kind.missing))
    groups = [
        Unjudged(gap[0], tuple(missing[gap]), tuple(counts.most_common()), report.census.unjudged[gap])
        for gap, counts in rules.items()
    ]
    return tuple(sorted(groups, key=lambda group: (-group.findings, group.reason, group.missing)))


def _in_sequence(report: Report) -> Iterable[tuple[Tallied, int]]:
    """Whatever is counted, by rule: who counted first makes no difference."""
    return sorted(report.census.findings.items(), key=lambda pair: (str(pair[0].rule), pair[0].missing))


def classes(report: Report) -> tuple[tuple[RuleRef, Counter[str]], ...]:
    """How often each class was given, by classification rule."""
    counts: dict[RuleRef, Counter[str]] = defaultdict(Counter)
    for kind, count in _in_sequence(report):
        if kind.outcome is not None:
            counts[kind.rule][kind.outcome] += count
    return tuple((rule, by_name(found)) for rule, found in counts.items())


def by_name(counts: Counter[str]) -> Counter[str]:
    """The same, so that of equal counts the first of the alphabet comes first."""
    return Counter(dict(sorted(counts.items())))


def rates(report: Report) -> tuple[Finding, ...]:
    """The listed findings that carry counts."""
    return tuple(finding for finding in report.findings if finding.evidence.counts is not None)


def rated(report: Report) -> int:
    """How many findings carry counts, listed or not."""
    refs = _rules(report, Rate)
    return sum(count for kind, count in report.census.findings.items() if kind.rule in refs)


def cancellations(report: Report) -> Cancellations:
    """The cancellations visible at `as_of`, counted."""
    return report.census.cancellations


def provisional(report: Report) -> int:
    """How many verdicts a late event could still change."""
    kinds = report.census.findings.items()
    return sum(count for kind, count in kinds if kind.provisional and kind.outcome is None)
