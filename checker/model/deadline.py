"""How long somebody has, and from when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Unit(StrEnum):
    """Hours and minutes run on the clock; days end with the local day; working days skip weekends and holidays."""

    MINUTES = "minutes"
    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class ByFact:
    """An amount chosen by a fact of the order: `by: shipping` -> local 3, cross_border 15."""

    fact: str
    amounts: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount and its unit; an amount of None is not published.

    `calendar` and `cut_off` belong to working days only: from the cut-off (inclusive, local time) on,
    or on a day off, one working day more. `timezone` None means the policy's.
    """

    unit: Unit
    amount: int | ByFact | None
    calendar: str | None = None
    cut_off: time | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class FromTrigger:
    """The clock starts at the trigger."""


@dataclass(frozen=True, slots=True)
class FromField:
    """The clock starts at an instant or day that the trigger carries."""

    field: str


@dataclass(frozen=True, slots=True)
class FromFact:
    """The clock starts at an instant or day among the order's facts."""

    fact: str


@dataclass(frozen=True, slots=True)
class FromDeadline:
    """The clock starts when another deadline ends."""

    deadline: "Deadline"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The platform's own deadline: the latest `deadline_set` of that name visible, else the order fact of that name.

    Where the log has neither, `otherwise` says what to compute instead.
    """

    name: str
    otherwise: "Deadline | None" = None


Anchor = FromTrigger | FromField | FromFact | FromDeadline | Recorded


@dataclass(frozen=True, slots=True)
class Deadline:
    """A parameter's duration after an anchor; without a parameter, the anchor itself.

    `compare_with` names the platform's own deadline for the same duty; a difference is reported as drift.
    """

    parameter: str | None
    start: Anchor = FromTrigger()
    compare_with: str | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are off in one country; known only from `covers_from` to `covers_to`, both inclusive.

    `days_off` are weekdays, Monday 0; `holidays` maps a day to its name; `working` lists days worked all the same.
    """

    id: str
    days_off: frozenset[int]
    holidays: Mapping[date, str]
    working: frozenset[date]
    covers_from: date
    covers_to: date
    source: str
