"""What does one scenario find while it is played step by step under a frozen clock?"""

from datetime import UTC, datetime

from freezegun.api import FrozenDateTimeFactory

from checker.harness.cases import Case
from checker.harness.checks import truth
from checker.harness.engines import engines
from checker.harness.sentence import Said
from checker.harness.setup import applied
from checker.harness.telling import told
from checker.harness.world import World, histories, judging
from checker.model.error import PolicyError
from checker.model.finding import Finding


class ClaimNotTrue(AssertionError):  # noqa: N818 - a claim that fails is no error of the harness
    """A step says what the audit did not find; the message says both, in the feature's language."""


def explicit(case: Case) -> tuple[Finding, ...]:
    """What the definition finds at the test's own time, given as an argument."""
    _, definition = engines()[0]
    return definition(case.orders, judging(case.world), case.as_of)


class Stage:
    """One test being played. The clock is moved at the step that checks; nothing else is told the time."""

    def __init__(self, case: Case, expected: tuple[Finding, ...], clock: FrozenDateTimeFactory) -> None:
        self.case = case
        self.expected = expected
        self.clock = clock
        self.world = World(case.world.pool)
        self.findings: tuple[Finding, ...] | None = None

    def play(self, said: Said) -> None:
        """One step. Raises: ClaimNotTrue; PolicyError where the frozen clock changes what is found."""
        if said.step.role == "world":
            self.world = applied(self.world, said)
            self.findings = None
            if said.step.id == "check" and self.world.as_of is not None:
                self.clock.move_to(self.world.as_of)
            return
        if self.findings is None:
            self.findings = self._found()
        actual = truth(said, self.findings, self.world.zone)
        if actual != said:
            raise ClaimNotTrue(told(said, actual, self.case.feature.language))

    def _found(self) -> tuple[Finding, ...]:
        """What the definition finds now, by the frozen clock. Raises: PolicyError where that is not what it should."""
        now = datetime.now(UTC)  # the one reading of a clock: the edge where a step stands for the command line
        _, definition = engines()[0]
        found = definition(histories(self.world), judging(self.world), now)
        if found != self.expected:
            place = f"{self.case.feature.path}:{self.case.line}:1"
            raise PolicyError(f"{place}: under the frozen clock the findings are others than at the explicit time")
        return found
