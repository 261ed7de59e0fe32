"""Does each test of a feature hold, on every engine?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.harness.cases import Case, Claim, cases
from checker.harness.checks import truth
from checker.harness.engines import engines
from checker.harness.feature import read_feature
from checker.harness.sentence import Said
from checker.harness.world import judging
from checker.model.error import PolicyError
from checker.model.finding import Finding
from checker.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Failure:
    """A claim that is not true, and the sentence that is."""

    claim: Claim
    found: Said


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one test; no failures: it holds."""

    case: Case
    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]


def failures(case: Case, findings: Sequence[Finding]) -> tuple[Failure, ...]:
    """The claims of the test that the findings do not bear out."""
    said = ((claim, truth(claim.said, findings, case.world.zone)) for claim in case.claims)
    return tuple(Failure(claim, actual) for claim, actual in said if actual != claim.said)


def run(case: Case) -> Result:
    """The test's result on the definition."""
    _, definition = engines()[0]
    findings = definition(case.orders, judging(case.world), case.as_of)
    return Result(case, findings, failures(case, findings))


def feature_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Every feature file named or under a folder named, sorted. Raises: PolicyError where there is none."""
    found = [path for given in paths for path in (sorted(given.rglob("*.feature")) if given.is_dir() else [given])]
    if not found:
        raise PolicyError(f"no feature file in {', '.join(f'`{path}`' for path in paths)}; expected `*.feature`")
    return tuple(dict.fromkeys(found))


def load_cases(paths: Sequence[Path], pool: Sequence[Policy]) -> tuple[Case, ...]:
    """Every test of every file. Raises: PolicyError with the problems of all files."""
    made, problems = list[Case](), list[str]()
    for path in feature_files(paths):
        try:
            made += cases(read_feature(path), pool)
        except PolicyError as error:
            problems += error.problems
    if problems:
        raise PolicyError(*problems)
    return tuple(made)
