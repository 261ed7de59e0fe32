"""Which tests does a feature hold, each understood sentence by sentence and ready to run?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from checker.harness.catalogue import kind_of
from checker.harness.feature import Examples, Feature, Line, Row, RuleBlock, Scenario
from checker.harness.gherkin_text import keyword
from checker.harness.sentence import Said, read_sentence
from checker.harness.setup import applied
from checker.harness.undefined import complaint, unsuitable
from checker.harness.world import World, histories
from checker.model.error import PolicyError
from checker.model.history import OrderHistory
from checker.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a scenario says was found, and its line."""

    said: Said
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Case:
    """One test: a scenario, or one row of its Examples, with its world built and its claims understood."""

    feature: Feature
    rule: RuleBlock | None
    scenario: Scenario
    row: Row | None
    lines: tuple[Line, ...]
    world: World
    orders: tuple[OrderHistory, ...]
    as_of: datetime
    claims: tuple[Claim, ...]

    @property
    def title(self) -> str:
        """The scenario's name, with the row's cells in brackets."""
        cells = "" if self.row is None else f"[{', '.join(self.row.cells)}]"
        return f"{self.scenario.name}{cells}"

    @property
    def cells(self) -> Mapping[str, str]:
        """The row's cells by column; empty without Examples."""
        tables = [table for table in self.scenario.examples if self.row in table.rows]
        return {} if self.row is None else _cells(tables[0], self.row)

    @property
    def line(self) -> int:
        """The line of the row, or of the scenario."""
        return self.scenario.line if self.row is None else self.row.line


def cases(feature: Feature, pool: Sequence[Policy]) -> tuple[Case, ...]:
    """Every test of a feature.

    `pool` are the policies that it may name. Raises: PolicyError with everything that no one could run: undefined
    sentences with the accepted words, equal titles, scenarios that claim nothing, names of rules that do not exist.
    """
    refuse(tuple(_problems(feature)))
    made, problems = list[Case](), list[str]()
    for rule, scenario in feature.placed():
        for row, cells in _rows(scenario):
            try:
                made.append(_case(feature, rule, scenario, row, cells, World(tuple(pool))))
            except PolicyError as error:
                problems += error.problems
    refuse(tuple(dict.fromkeys(problems)))
    return tuple(made)


def refuse(problems: tuple[str, ...]) -> None:
    """Raises: PolicyError with all problems, if there are any."""
    if problems:
        raise PolicyError(*problems)


def _problems(feature: Feature) -> Iterator[str]:
    """Everything that can be seen wrong in the text alone."""
    titles: dict[str, int] = {}
    yield from _undefined(feature.path, feature.language, feature.background)
    for rule in feature.rules:
        yield from _undefined(feature.path, feature.language, rule.background)
    for _, scenario in feature.placed():
        if scenario.name in titles:
            first = f"the first is at line {titles[scenario.name]}"
            yield f"{feature.path}:{scenario.line}:1: a second scenario named `{scenario.name}`; {first}"
        titles.setdefault(scenario.name, scenario.line)
        yield from _swallowed(feature, scenario)
        yield from _undefined(feature.path, feature.language, scenario.steps)
        yield from _bad_cells(feature, scenario)


def _swallowed(feature: Feature, scenario: Scenario) -> Iterator[str]:
    """Steps without a keyword: below a title Gherkin takes them for its description, and nobody would run them."""
    for line in scenario.description.splitlines():
        if any(read_sentence(text, feature.language) is not None for text in (line, line.partition(" ")[2])):
            expected = f"expected a keyword before it, such as `{keyword('given', feature.language).strip()}`"
            yield f"{feature.path}:{scenario.line}:1: `{line}` is taken for the description of a scenario; {expected}"


def _undefined(path: str, language: str, lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if read_sentence(line.text, language) is None:
            yield f"{path}:{line.line}:1: {complaint(line.text, language, line.keyword)}"


def placeholder_kinds(scenario: Scenario, language: str) -> dict[str, str]:
    """The kind of word that each column of the Examples holds, by the column's name."""
    kinds: dict[str, str] = {}
    for line in scenario.steps:
        said = read_sentence(line.text, language)
        for part in () if said is None else (said, *said.details):
            for slot, value in part.values.items():
                if value.startswith("<"):
                    kinds.setdefault(value[1:-1], kind_of(slot))
    return kinds


def _bad_cells(feature: Feature, scenario: Scenario) -> Iterator[str]:
    kinds = placeholder_kinds(scenario, feature.language)
    for table in scenario.examples:
        for row in table.rows:
            for name, cell in zip(table.header, row.cells, strict=True):
                wrong = unsuitable(kinds[name], cell, feature.language) if name in kinds else None
                if wrong is not None:
                    yield f"{feature.path}:{row.line}:1: {wrong}"
        for name in kinds.keys() - set(table.header):
            yield f"{feature.path}:{table.line}:1: no column `{name}`; expected one, a step names it"


def _rows(scenario: Scenario) -> Iterator[tuple[Row | None, Mapping[str, str]]]:
    if not scenario.examples:
        yield None, {}
    for table in scenario.examples:
        for row in table.rows:
            yield row, _cells(table, row)


def _cells(table: Examples, row: Row) -> Mapping[str, str]:
    return dict(zip(table.header, row.cells, strict=True))


def filled(text: str, cells: Mapping[str, str]) -> str:
    """The text with the row's cells in place of `<column>`."""
    for name, cell in cells.items():
        text = text.replace(f"<{name}>", cell)
    return text


def _case(
    feature: Feature,
    rule: RuleBlock | None,
    scenario: Scenario,
    row: Row | None,
    cells: Mapping[str, str],
    world: World,
) -> Case:
    before = () if rule is None else rule.background
    lines = tuple(
        Line(line.keyword, filled(line.text, cells), line.line)
        for line in (*feature.background, *before, *scenario.steps)
    )
    world, claims = _understood(feature, lines, world)
    place = f"{feature.path}:{scenario.line if row is None else row.line}:1"
    if not claims:
        raise PolicyError(f"{place}: scenario `{scenario.name}` claims nothing; expected a step that names a rule")
    if world.as_of is None or not world.policies:
        raise PolicyError(f"{place}: scenario `{scenario.name}` has no policy or no time of the check; expected both")
    return Case(feature, rule, scenario, row, lines, world, histories(world), world.as_of, claims)


def _understood(feature: Feature, lines: Sequence[Line], world: World) -> tuple[World, tuple[Claim, ...]]:
    claims: list[Claim] = []
    for line in lines:
        said = read_sentence(line.text, feature.language)
        if said is None:
            raise PolicyError(f"{feature.path}:{line.line}:1: {complaint(line.text, feature.language, line.keyword)}")
        try:
            if said.step.role == "world":
                world = applied(world, said)
            else:
                claims.append(_claim(world, said, line))
        except PolicyError as error:
            raise PolicyError(*(f"{feature.path}:{line.line}:1: {problem}" for problem in error.problems)) from error
    return world, tuple(claims)


def _claim(world: World, said: Said, line: Line) -> Claim:
    known = {rule.head.id for policy in world.policies for rule in policy.rules}
    if said.values["rule"] not in known:
        raise PolicyError(unknown_rule(said.values["rule"], known))
    return Claim(said, line.text, line.line)


def unknown_rule(name: str, known: set[str]) -> str:
    """What to say of a rule that the policy does not have."""
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean `{near[0]}`" if near else f"expected one of {', '.join(sorted(known))}"
    return f"no rule `{name}` in the policy; {hint}"
