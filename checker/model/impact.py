"""What a new version would do to real orders."""

from dataclasses import dataclass
from datetime import date, datetime

from checker.model.difference import Difference, Direction, PolicyDifference
from checker.model.exit_code import ExitCode
from checker.model.finding import Verdict
from checker.model.policy import Change
from checker.model.rule import Subject


@dataclass(frozen=True, slots=True)
class Judged:
    """What one version says of a case."""

    verdict: Verdict
    outcome: str | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """One case that the two versions judge differently; None: that version has no such case.

    `direction` is STRICTER for a new violation or an earlier due time, LOOSER for the reverse, else UNCLEAR. `day` is
    the local day of the trigger, `because` the differences of the text that bear on the rule.
    """

    rule: str
    subject: Subject
    subject_id: str
    shop_id: str | None
    activity: str | None
    occurred_at: datetime | None
    day: date | None
    before: Judged | None
    after: Judged | None
    direction: Direction
    because: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """Every case of a log that the newer version judges differently, both taken as if always in force."""

    difference: PolicyDifference
    as_of: datetime
    orders: int
    cases: int
    changes: tuple[VerdictChange, ...]

    @property
    def exit_code(self) -> ExitCode:
        """An editorial version promises that no verdict changes; every other may."""
        broken = self.difference.new.change is Change.EDITORIAL and self.changes
        return ExitCode.VIOLATIONS if broken else ExitCode.CLEAN
