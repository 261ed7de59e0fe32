"""Which events a rule means, and under which circumstances: patterns, field tests, conditions."""

from dataclasses import dataclass
from enum import StrEnum

from checker.model.activity import Activity, Observable
from checker.model.deadline import Deadline
from checker.model.event import Value


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field holds one of these values; a field that holds several matches if any does."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The field is known and holds none of these values."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class InCodes:
    """The field holds one of the codes of a parameter; codes that are not published make it unknown."""

    parameter: str
    negated: bool = False


class Relation(StrEnum):
    """How two values compare."""

    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"


@dataclass(frozen=True, slots=True)
class Compare:
    """The field, a number or an instant, compares so with a value."""

    relation: Relation
    value: Value


@dataclass(frozen=True, slots=True)
class Matches:
    """The text matches a named matcher of the policy."""

    matcher: str


@dataclass(frozen=True, slots=True)
class Present:
    """The field is known. Never unknown itself."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The field is not known. Never unknown itself."""


@dataclass(frozen=True, slots=True)
class EqualsField:
    """The field equals another field of the same event; a missing key equals nothing."""

    field: str


@dataclass(frozen=True, slots=True)
class EqualsFact:
    """The field equals a fact of the order; unknown where either is missing."""

    fact: str


FieldTest = OneOf | NoneOf | InCodes | Compare | Matches | Present | Missing | EqualsField | EqualsFact


@dataclass(frozen=True, slots=True)
class EventPattern:
    """Events of one of these activities whose fields pass every test.

    `same` names fields that must equal the trigger's; a missing key equals nothing.
    """

    activities: tuple[Activity, ...]
    tests: tuple[tuple[str, FieldTest], ...] = ()
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one holds."""

    conditions: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one holds."""

    conditions: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold; not of unknown is unknown."""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Seen:
    """Such an event came strictly before the trigger.

    With `within` (a parameter) the trigger is no later than the event's due time: at most that long ago, inclusive.
    With `after` the event came after that deadline (strictly): it was late.
    """

    pattern: EventPattern
    within: str | None = None
    after: Deadline | None = None


class StateRelation(StrEnum):
    """How the order's state at the trigger stands to a named state."""

    BEFORE = "before"
    IS = "is"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class State:
    """The order's state just before the trigger.

    `before` X: no state from X on has been reached; `reached` X: one has; `is`: the latest state is one of these.
    Order is that of the market's declared list; a final state that is not on the way (CANCELLED) is only ever `is`.
    """

    relation: StateRelation
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderIs:
    """A fact of the order passes a test."""

    fact: str
    test: FieldTest


@dataclass(frozen=True, slots=True)
class TriggerIs:
    """A field of the trigger passes a test."""

    field: str
    test: FieldTest


@dataclass(frozen=True, slots=True)
class Past:
    """The trigger comes after this deadline (strictly: at the due instant it is not past)."""

    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Observed:
    """The log can show this kind of event at the trigger's time. Never unknown."""

    observable: Observable


Condition = AllOf | AnyOf | Not | Seen | State | OrderIs | TriggerIs | Past | Observed
