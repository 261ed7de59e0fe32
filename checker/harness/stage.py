"""What does one scenario find while it is played step by step under a frozen clock?"""

from datetime import UTC, datetime

from freezegun.api import FrozenDateTimeFactory

from checker.harness.cases import Case
from checker.harness.checks import truth
from checker.harness.engines import engines
from checker.harness.runner import agree
from checker.harness.sentence import Said, write_sentence
from checker.harness.setup import applied
from checker.harness.world import World, histories, judging
from checker.model.finding import Finding

Findings = dict[str, tuple[Finding, ...]]


class ClaimNotTrue(AssertionError):  # noqa: N818 - a claim that fails is no error of the harness
    """A step says what the audit did not find; the message says both, in the feature's language."""


_WORDS = {
    "zh": ("应为", "实际"),
    "ja": ("期待", "実際"),
    "en": ("expected", "found"),
}


def told(claim_text: str, found: str, language: str) -> str:
    """The claim and what is true instead, one a line."""
    expected, actual = _WORDS[language]
    return f"{expected}: {claim_text}\n{actual}: {found}"


def explicit(case: Case) -> Findings:
    """What each engine finds at the case's own time, given as an argument."""
    return {name: engine(case.orders, judging(case.world), case.as_of) for name, engine in engines()}


class Stage:
    """One test being played. The clock is moved at the step that checks; nothing else is told the time."""

    def __init__(self, case: Case, expected: Findings, clock: FrozenDateTimeFactory) -> None:
        self.case = case
        self.expected = expected
        self.clock = clock
        self.world = World(case.world.pool)
        self.findings: tuple[Finding, ...] | None = None

    def play(self, said: Said, text: str) -> None:
        """One step. Raises: ClaimNotTrue; PolicyError where an engine or the frozen clock finds something else."""
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
            language = self.case.feature.language
            raise ClaimNotTrue(told(text, write_sentence(actual, language), language))

    def _found(self) -> tuple[Finding, ...]:
        """What every engine finds now, by the frozen clock; all must equal the definition at the explicit time."""
        orders, policies = histories(self.world), judging(self.world)
        definition = next(iter(self.expected.values()))
        as_of = datetime.now(UTC)  # the one reading of a clock: the edge where a step stands for the command line
        for name, engine in engines():
            agree(self.case, f"{name} under the frozen clock", definition, engine(orders, policies, as_of))
            agree(self.case, name, definition, self.expected[name])
        return definition
