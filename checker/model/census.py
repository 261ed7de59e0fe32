"""What do all findings and orders of an audit come to, counted?"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from checker.model.activity import Activity
from checker.model.event import Value, is_seen
from checker.model.finding import Finding, Reason, RuleRef, Verdict
from checker.model.history import OrderHistory
from checker.model.rule import Severity, Subject

Gap = tuple[Reason, tuple[str, ...]]
"""Why findings are undetermined; what a log cannot show at all is kept apart by what it is."""


class Standing(StrEnum):
    """What somebody already knows of a violation: nothing, that it is waived, or that the baseline has it."""

    NEW = "new"
    WAIVED = "waived"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Tallied:
    """What is counted together: findings of one rule and version that no count tells apart.

    `missing` is told of undetermined ones, `standing` of violations, `is_dated` of pending ones: they have a due time.
    """

    rule: RuleRef
    severity: Severity
    verdict: Verdict
    reason: Reason
    missing: tuple[str, ...] = ()
    outcome: str | None = None
    standing: Standing | None = None
    is_dated: bool = False
    provisional: bool = True

    @property
    def is_new_violation(self) -> bool:
        """Whether these are violations that nobody waived and no baseline has."""
        return self.standing is Standing.NEW

    @property
    def gap(self) -> Gap:
        """The group of undetermined findings that they belong to."""
        return gap(self.reason, self.missing)


Tallies = Counter[Tallied]


def gap(reason: Reason, missing: tuple[str, ...]) -> Gap:
    """The group of what is undetermined for this reason."""
    return reason, missing if reason is Reason.NOT_OBSERVED else ()


def standing(finding: Finding) -> Standing | None:
    """What is known of a violation, None for any other finding."""
    if finding.verdict is not Verdict.VIOLATED:
        return None
    if finding.waived_by is not None:
        return Standing.WAIVED
    return Standing.KNOWN if finding.known else Standing.NEW


def tallied(finding: Finding) -> Tallied:
    """What a finding is counted with."""
    is_unknown = finding.verdict is Verdict.UNDETERMINED
    return Tallied(
        finding.rule,
        finding.severity,
        finding.verdict,
        finding.evidence.reason,
        finding.evidence.missing if is_unknown else (),
        finding.outcome,
        standing(finding),
        finding.verdict is Verdict.PENDING and finding.evidence.due is not None,
        finding.provisional,
    )


@dataclass(slots=True)
class Cancellations:
    """The cancellations visible at `as_of`, counted. `by_reason` has "" where no reason is known.

    `by_day` counts local days; `reason_texts` are the platform's labels of reason codes, where a log has them.
    """

    by_reason: Counter[str] = field(default_factory=Counter)
    by_initiator: Counter[str] = field(default_factory=Counter)
    by_product: Counter[str] = field(default_factory=Counter)
    by_day: Counter[date] = field(default_factory=Counter)
    reason_texts: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many there are."""
        return self.by_initiator.total()

    def add(self, other: "Cancellations") -> None:
        """Takes in those of other orders; of two labels of one code the first of the alphabet stays."""
        self.by_reason.update(other.by_reason)
        self.by_initiator.update(other.by_initiator)
        self.by_product.update(other.by_product)
        self.by_day.update(other.by_day)
        for code, text in other.reason_texts.items():
            self.reason_texts[code] = min(text, self.reason_texts.get(code, text))


@dataclass(frozen=True, slots=True)
class Census:
    """Everything that a report counts.

    `violated` is how many orders have a new violation, `unjudged` how many have a finding undetermined in each group.
    """

    findings: Tallies
    orders: int
    events: int
    violated: int
    unjudged: Counter[Gap]
    cancellations: Cancellations
    problems: int = 0
    strays: int = 0


def subjects(findings: Iterable[Finding]) -> tuple[int, Counter[Gap]]:
    """On how many orders there is a new violation, and on how many something undetermined in each group."""
    violated: set[str] = set()
    unjudged: dict[Gap, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.subject is not Subject.ORDER and finding.verdict is not Verdict.UNDETERMINED:
            continue
        own = {finding.subject_id} if finding.subject is Subject.ORDER else set()
        if finding.is_new_violation:
            violated |= own
        elif finding.verdict is Verdict.UNDETERMINED:
            unjudged[gap(finding.evidence.reason, finding.evidence.missing)] |= own
    return len(violated), Counter({key: len(orders) for key, orders in unjudged.items() if orders})


def cancelled(histories: Iterable[OrderHistory], as_of: datetime, timezone: str) -> Cancellations:
    """The cancellations of these orders, by reason code (its text where there is no code)."""
    found, zone = Cancellations(), ZoneInfo(timezone)
    for history in histories:
        for event in history.events:
            if event.activity is not Activity.ORDER_CANCELLED or not is_seen(event, as_of):
                continue
            code, text = (str(event.attributes.get(name) or "") for name in ("reason", "reason_text"))
            found.add(
                Cancellations(
                    Counter([code or text]),
                    Counter([event.actor.value]),
                    Counter(products(history.facts.get("product_ids"))),
                    Counter([event.occurred_at.astimezone(zone).date()]),
                    {code: text} if code and text else {},
                )
            )
    return found


def products(value: Value | None) -> tuple[str, ...]:
    """The products that a fact names."""
    match value:
        case tuple():
            return tuple(map(str, value))
        case None:
            return ()
        case _:
            return (str(value),)
