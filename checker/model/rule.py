"""One duty of a policy, in one of five kinds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from checker.model.condition import Condition, EventPattern
from checker.model.deadline import Deadline

Text = Mapping[str, str]
"""The same text in `zh`, `ja` and `en`."""


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a policy file: line and column count from 1."""

    path: str
    line: int
    column: int


class Severity(IntEnum):
    """How grave a violation is; ordered."""

    INFO = 1
    MINOR = 2
    MAJOR = 3
    CRITICAL = 4


class Bearer(StrEnum):
    """Who owes the duty."""

    SELLER = "seller"
    PLATFORM = "platform"
    BUYER = "buyer"


class AppliesBy(StrEnum):
    """Which time chooses the version that judges an instance."""

    ORDER_TIME = "order_time"
    TRIGGER_TIME = "trigger_time"
    EVALUATION_TIME = "evaluation_time"


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause of a source that the policy names."""

    source: str
    clause: str


@dataclass(frozen=True, slots=True)
class RuleHead:
    """What every rule has, whatever its kind. `note` says how an ambiguity of the source was read."""

    id: str
    title: Text
    severity: Severity
    bearer: Bearer
    cites: tuple[Citation, ...]
    applies_by: AppliesBy
    location: Location
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """The trigger must be answered by an event that matches `must`, by the deadline, unless an event releases it.

    Without `within` the source states no time limit: the duty stays pending until done.
    `on_timeout` is what the platform does when nothing comes; it is shown as evidence, it does not answer.
    """

    head: RuleHead
    trigger: EventPattern
    must: EventPattern
    given: tuple[Condition, ...] = ()
    within: Deadline | None = None
    unless: tuple[EventPattern, ...] = ()
    on_timeout: EventPattern | None = None


@dataclass(frozen=True, slots=True)
class Prohibition:
    """`forbid` must not happen: at all while `given` holds, or - with a trigger - after it and by the deadline.

    Without a trigger each forbidden event is an instance and `given` is read at that event; an order without
    one is a single instance. With a trigger `given` is read at the trigger. A window without a deadline closes
    when the order reaches a final state. A permission is the prohibition of its complement.
    """

    head: RuleHead
    forbid: EventPattern
    trigger: EventPattern | None = None
    given: tuple[Condition, ...] = ()
    within: Deadline | None = None
    unless: tuple[EventPattern, ...] = ()


@dataclass(frozen=True, slots=True)
class Precedence:
    """When the trigger comes, `needs` must already hold."""

    head: RuleHead
    trigger: EventPattern
    needs: Condition
    given: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One row of a decision table: when this holds, the class is `outcome`, because ..."""

    when: Condition
    outcome: str
    because: Text


@dataclass(frozen=True, slots=True)
class Classification:
    """A decision table over the trigger: the first case that holds decides; an unknown case stops the search."""

    head: RuleHead
    trigger: EventPattern
    cases: tuple[Case, ...]
    otherwise: str
    given: tuple[Condition, ...] = ()


class Subject(StrEnum):
    """What a finding is about, and what a rate is counted per."""

    ORDER = "order"
    SHOP = "shop"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Limit:
    """A rate must stay below (strict) or not above (not strict) the percentage of a parameter.

    With `min_count`, a parameter too, only a numerator of at least that many counts. With `and_shop` (a rate rule per
    shop, a percentage) the product's shop must be over that limit as well. `effect` says what the platform then
    does, for information.
    """

    parameter: str
    strict: bool
    severity: Severity
    min_count: str | None = None
    effect: Text | None = None
    and_shop: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """The share of a class among a cohort of orders, per shop, in a window that ends at `as_of`.

    An order counts once: in the denominator if an event matches `cohort`, in the numerator if one of its events
    also matches `numerator` and, where `classified` is given (classification rule, class), is so classified.
    `exclude` takes orders out of both. `window` is a parameter in days; None: the whole log. `lag` shifts it back.
    """

    head: RuleHead
    per: Subject
    cohort: EventPattern
    numerator: EventPattern
    classified: tuple[str, str] | None = None
    exclude: tuple[Condition, ...] = ()
    window: str | None = None
    lag: str | None = None
    limits: tuple[Limit, ...] = ()
    min_denominator: str | None = None


Rule = Obligation | Prohibition | Precedence | Classification | Rate
