"""A shop's own policy beside the platform's, point by point."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checker.model.deadline import Duration
from checker.model.exit_code import ExitCode
from checker.model.policy import Codes, Count, Percent, Policy
from checker.model.rule import Location

Amount = Duration | Codes | Percent | Count


@dataclass(frozen=True, slots=True)
class OwnValue:
    """One value that the shop promises, and where its file says so."""

    value: Amount
    location: Location


@dataclass(frozen=True, slots=True)
class OwnPolicy:
    """The shop's own policy: its values by the names that the platform's parameters have."""

    shop: str
    values: Mapping[str, OwnValue]
    path: str


class Standing(StrEnum):
    """How the shop's value stands to the platform's, seen by the buyer."""

    WORSE = "worse"
    INCOMPARABLE = "incomparable"
    UNPUBLISHED = "unpublished"
    EQUAL = "equal"
    BETTER = "better"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Point:
    """One parameter compared, for one kind of order where the amount depends on a fact (`case`: fact and value).

    `own` None: the shop states nothing, so the platform's value applies.
    """

    policy: str
    effective: date
    parameter: str
    standing: Standing
    platform: Amount
    platform_at: Location
    own: Amount | None = None
    own_at: Location | None = None
    case: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every point of a shop's own policy against the versions in force."""

    own: OwnPolicy
    policies: tuple[Policy, ...]
    points: tuple[Point, ...]

    def exit_code(self, *, strict: bool = False) -> ExitCode:
        """Violated by any worse point; incomplete under `strict` where a stated value could not be compared."""
        standings = {point.standing for point in self.points}
        if Standing.WORSE in standings:
            return ExitCode.VIOLATIONS
        unclear = standings & {Standing.INCOMPARABLE, Standing.UNPUBLISHED}
        return ExitCode.INCOMPLETE if strict and unclear else ExitCode.CLEAN
