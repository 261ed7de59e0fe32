"""What the audit found: a verdict on one rule instance, with its proof. Values only; sentences are made in reports."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from checker.model.condition import EventPattern
from checker.model.deadline import Duration
from checker.model.event import Event
from checker.model.rule import Bearer, Severity, Subject


class Verdict(StrEnum):
    """Done; broken; not yet due; does not apply; or cannot be known from this log."""

    SATISFIED = "satisfied"
    VIOLATED = "violated"
    PENDING = "pending"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"


class Reason(StrEnum):
    """Why the verdict is what it is."""

    DONE = "done"
    LATE = "late"
    NOT_DONE = "not_done"
    OPEN = "open"
    HAPPENED = "happened"
    DID_NOT_HAPPEN = "did_not_happen"
    PRECEDED = "preceded"
    NOT_PRECEDED = "not_preceded"
    CLASSIFIED = "classified"
    WITHIN_LIMIT = "within_limit"
    OVER_LIMIT = "over_limit"
    GIVEN_EXCLUDES = "given_excludes"
    RELEASED = "released"
    NO_VERSION_IN_FORCE = "no_version_in_force"
    REPEALED = "repealed"
    TOO_FEW = "too_few"
    NOT_PUBLISHED = "not_published"
    FIELD_MISSING = "field_missing"
    NOT_OBSERVED = "not_observed"
    HISTORY_INCOMPLETE = "history_incomplete"
    CALENDAR_ENDS = "calendar_ends"
    TIME_TOO_COARSE = "time_too_coarse"
    AMBIGUOUS_EVENT = "ambiguous_event"
    UNCLASSIFIED = "unclassified"


@dataclass(frozen=True, slots=True)
class RuleRef:
    """`tiktok_shop.jp.order_cancellation.seller_answers_cancel_request@2025-10-28` in its three parts."""

    policy: str
    rule: str
    effective: date

    def __str__(self) -> str:
        return f"{self.policy}.{self.rule}@{self.effective.isoformat()}"


@dataclass(frozen=True, slots=True)
class DueStep:
    """One step of the arithmetic: from an instant, so long, to an instant. `skipped` are holidays passed over."""

    start_at: datetime
    duration: Duration
    amount: int
    due_at: datetime
    timezone: str
    parameter: str
    skipped: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """The last instant still in time (inclusive, aware UTC), how it was computed, and the platform's own figure.

    No steps: the instant is `recorded`, the name of the platform's own deadline in the log.
    """

    due_at: datetime
    timezone: str
    steps: tuple[DueStep, ...] = ()
    recorded: str | None = None
    platform_due_at: datetime | None = None

    @property
    def drift(self) -> timedelta | None:
        """The platform's own deadline minus ours, where the log has one."""
        return None if self.platform_due_at is None else self.platform_due_at - self.due_at


@dataclass(frozen=True, slots=True)
class Search:
    """A search that found nothing: which events, after which instant, until which (inclusive; None: no bound)."""

    patterns: tuple[EventPattern, ...]
    after: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Counts:
    """A rate as exact counts: `numerator` of `denominator`.

    Of the denominator, `unknown` members may belong to the numerator too, and `unsure` ones may belong to neither.
    """

    numerator: int
    denominator: int
    unknown: int = 0
    unsure: int = 0

    @property
    def share(self) -> Fraction | None:
        """The exact share, None for an empty cohort."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The proof. `trigger` opened the instance, `decisive` settled it, `used` are the other events that counted.

    `missing` names the data that would settle an undetermined verdict; `assumed` the parameters that a shop supplied.
    `case` is the index of the decision table's row (None: otherwise).
    """

    reason: Reason
    trigger: Event | None = None
    decisive: Event | None = None
    used: tuple[Event, ...] = ()
    due: Due | None = None
    search: Search | None = None
    missing: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    case: int | None = None
    counts: Counts | None = None
    limit: int | None = None

    @property
    def late_by(self) -> timedelta | None:
        """How long after the due time the answer came, None if it was in time or never came."""
        if self.reason is not Reason.LATE or self.due is None or self.decisive is None:
            return None
        return self.decisive.occurred_at - self.due.due_at


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one rule instance. `outcome` is the class that a classification gave.

    `provisional` says that the log gives no watermark up to `as_of`: a late event could still change the verdict.
    `waived_by` is the waiver that answers for a violation; `known` says that the baseline has it.
    """

    rule: RuleRef
    severity: Severity
    bearer: Bearer
    subject: Subject
    subject_id: str
    verdict: Verdict
    evidence: Evidence
    outcome: str | None = None
    provisional: bool = True
    waived_by: str | None = None
    known: bool = False

    @property
    def is_new_violation(self) -> bool:
        """Whether it is a violation that nobody waived and no baseline has."""
        return self.verdict is Verdict.VIOLATED and self.waived_by is None and not self.known
