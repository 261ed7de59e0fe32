"""How does a feature file become pytest items, one per scenario or row of Examples?"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory
from pytest_bdd import scenario
from pytest_bdd.exceptions import StepError

from checker.harness.agreement import disagreements
from checker.harness.cases import Case, cases
from checker.harness.feature import parse_feature
from checker.harness.plugin import POLICIES, named
from checker.harness.pool import pool
from checker.harness.stage import ClaimNotTrue, Stage, explicit
from checker.model.error import CheckerError, PolicyError
from checker.model.finding import Finding
from checker.model.policy import Policy

_POOL = pytest.StashKey[tuple[Policy, ...]]()
# What measures durations must go on seeing the true clock.
_TRUE_CLOCK = ["_pytest.timing", "_pytest.junitxml", "_pytest.terminal", "pytest_bdd.reporting", "xdist", "execnet"]


class FeatureFile(pytest.File):
    """One feature file: the clock is frozen once for all its tests and moved at each check."""

    clock: FrozenDateTimeFactory
    explicit: dict[str, tuple[Finding, ...]]
    disagreements: Mapping[str, str]

    def collect(self) -> Iterable["pytest.Item | pytest.Collector"]:
        """The tests of each rule, by its id. Raises: CollectError with everything that cannot be run."""
        try:
            found = cases(parse_feature(self.path.read_text(encoding="utf-8"), _shown(self)), _policies(self.config))
        except CheckerError as error:
            raise self.CollectError(str(error)) from None
        for tag in sorted({tag for case in found for tag in _tags(case)}):
            self.config.addinivalue_line("markers", f"{tag}: tag of a policy feature")
        for rule, members in groupby(found, key=lambda case: case.rule):
            tests = tuple(members)
            if rule is None:
                yield from _items(self, self, tests)
            else:
                yield RuleNode.from_parent(self, name=rule.rule_id, tests=tests, file=self)

    def setup(self) -> None:
        """Judges every test at its explicit time on every engine under the true clock, then freezes it."""
        mine = [item for item in self.session.items if isinstance(item, ScenarioItem) and item.file is self]
        self.disagreements = disagreements({item.nodeid: item.case for item in mine})
        self.explicit = {item.nodeid: explicit(item.case) for item in mine}
        self._freezer = freeze_time(mine[0].case.as_of, ignore=_TRUE_CLOCK)
        clock = self._freezer.start()
        assert isinstance(clock, FrozenDateTimeFactory)  # noqa: S101 - neither ticking nor stepping was asked for
        self.clock = clock

    def teardown(self) -> None:
        """Lets the clock go on."""
        if hasattr(self, "_freezer"):
            self._freezer.stop()
            del self._freezer


class RuleNode(pytest.Collector):
    """The tests of one rule."""

    def __init__(self, *, tests: tuple[Case, ...], file: FeatureFile, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tests = tests
        self.file = file

    def collect(self) -> Iterable[pytest.Item]:
        """One item per scenario or row."""
        return _items(self, self.file, self.tests)


class ScenarioItem(pytest.Function):
    """One scenario or one row of its Examples, executed by pytest-bdd."""

    file: FeatureFile
    case: Case
    stage: Stage

    def setup(self) -> None:
        """Sets the stage. Raises: PolicyError where the engines disagree on this test."""
        if self.nodeid in self.file.disagreements:
            raise PolicyError(self.file.disagreements[self.nodeid])
        self.stage = Stage(self.case, self.file.explicit[self.nodeid], self.file.clock)
        super().setup()

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:  # type: ignore[override]
        """The claim and the finding where a claim is not true; a traceback would only hide them."""
        if isinstance(excinfo.value, ClaimNotTrue | CheckerError):
            return f"{self.case.feature.path}:{self.case.line}\n{excinfo.value}"
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Any, int, str]:
        """Where the scenario stands, and its title."""
        return self.path, self.case.line - 1, self.case.title


def _items(parent: pytest.Collector, file: FeatureFile, tests: Iterable[Case]) -> Iterator[ScenarioItem]:
    for case in tests:
        item: ScenarioItem = ScenarioItem.from_parent(parent, name=case.title, callobj=_function(file, case))
        item.file, item.case = file, case
        for tag in _tags(case):
            item.add_marker(tag)
        yield item


def _function(file: FeatureFile, case: Case) -> Any:
    """A test function in which pytest-bdd plays the scenario with the row's cells."""
    try:
        bound = scenario(file.path.name, case.scenario.name, features_base_dir=str(file.path.parent))(lambda: None)
    except StepError as error:
        raise file.CollectError(f"{file.path}:{error.line}:1: {error.message}") from None
    cells = case.cells

    def play(request: pytest.FixtureRequest) -> None:
        __tracebackhide__ = True
        bound(request, cells)  # pytest-bdd's wrapper, its Examples row given by hand

    return play


def _tags(case: Case) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*case.feature.tags, *(case.rule.tags if case.rule else ()), *case.scenario.tags)))


def _shown(file: pytest.File) -> str:
    """The path as messages show it."""
    root = file.config.rootpath
    return str(file.path.relative_to(root) if file.path.is_relative_to(root) else file.path)


def _policies(config: pytest.Config) -> tuple[Policy, ...]:
    if _POOL not in config.stash:
        config.stash[_POOL] = pool(named(config, POLICIES), config.rootpath)
    return config.stash[_POOL]
