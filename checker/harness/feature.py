"""What does a feature file hold: its rules, scenarios and rows, each with its line?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gherkin import Parser
from gherkin.errors import CompositeParserException, ParserException

from checker.harness.catalogue import GHERKIN
from checker.model.error import PolicyError


@dataclass(frozen=True, slots=True)
class Line:
    """One step: its keyword as written, its sentence, and where it stands."""

    keyword: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an Examples table."""

    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Examples:
    """A table whose rows each make a test."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    tags: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """One behaviour; with Examples, one per row."""

    name: str
    description: str
    tags: tuple[str, ...]
    steps: tuple[Line, ...]
    examples: tuple[Examples, ...]
    line: int


@dataclass(frozen=True, slots=True)
class RuleBlock:
    """The scenarios of one rule, with the steps that come before each of them."""

    name: str
    description: str
    tags: tuple[str, ...]
    background: tuple[Line, ...]
    scenarios: tuple[Scenario, ...]
    line: int

    @property
    def rule_id(self) -> str:
        """The id with which the name begins."""
        return self.name.replace("：", " ").replace(":", " ").split(" ")[0]


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature file. `language` is that of the catalogue (zh), `path` as given."""

    path: str
    language: str
    name: str
    description: str
    tags: tuple[str, ...]
    background: tuple[Line, ...]
    scenarios: tuple[Scenario, ...]
    rules: tuple[RuleBlock, ...]
    line: int = 1

    def placed(self) -> Iterator[tuple[RuleBlock | None, Scenario]]:
        """Every scenario with its rule block."""
        yield from ((None, scenario) for scenario in self.scenarios)
        yield from ((rule, scenario) for rule in self.rules for scenario in rule.scenarios)


def read_feature(path: Path) -> Feature:
    """The feature of a file.

    Raises: PolicyError with every problem of syntax, each with its place.
    """
    return parse_feature(path.read_text(encoding="utf-8"), str(path))


def parse_feature(text: str, path: str) -> Feature:
    """The feature of a text. Raises: PolicyError as `read_feature`."""
    try:
        raw = Parser().parse(text).get("feature")
    except CompositeParserException as error:
        raise PolicyError(*(_problem(path, one) for one in error.errors)) from error
    except ParserException as error:
        raise PolicyError(_problem(path, error)) from error
    if raw is None:
        raise PolicyError(f"{path}:1:1: no feature here; expected `Feature:`, or `# language: zh-CN` and `功能:`")
    if raw["language"] not in GHERKIN:
        known = ", ".join(f"`{dialect}`" for dialect in GHERKIN)
        raise PolicyError(f"{path}:1:1: unknown language `{raw['language']}`; expected one of {known}")
    return _feature(raw, path)


def _problem(path: str, error: Any) -> str:
    place = error.location or {}
    message = str(error).partition(": ")[2] or str(error)
    return f"{path}:{place.get('line', 1)}:{place.get('column', 1)}: {message}"


def _feature(raw: Mapping[str, Any], path: str) -> Feature:
    children = raw["children"]
    return Feature(
        path=path,
        language=GHERKIN[raw["language"]],
        name=raw["name"],
        description=_dedented(raw["description"]),
        tags=_tags(raw),
        background=_background(children),
        scenarios=_scenarios(children),
        rules=tuple(_rule(child["rule"]) for child in children if "rule" in child),
        line=raw["location"]["line"],
    )


def _rule(raw: Mapping[str, Any]) -> RuleBlock:
    return RuleBlock(
        name=raw["name"],
        description=_dedented(raw["description"]),
        tags=_tags(raw),
        background=_background(raw["children"]),
        scenarios=_scenarios(raw["children"]),
        line=raw["location"]["line"],
    )


def _scenarios(children: list[Mapping[str, Any]]) -> tuple[Scenario, ...]:
    return tuple(_scenario(child["scenario"]) for child in children if "scenario" in child)


def _background(children: list[Mapping[str, Any]]) -> tuple[Line, ...]:
    return next((_lines(child["background"]) for child in children if "background" in child), ())


def _scenario(raw: Mapping[str, Any]) -> Scenario:
    return Scenario(
        name=raw["name"],
        description=_dedented(raw["description"]),
        tags=_tags(raw),
        steps=_lines(raw),
        examples=tuple(_examples(table) for table in raw["examples"]),
        line=raw["location"]["line"],
    )


def _examples(raw: Mapping[str, Any]) -> Examples:
    header = raw.get("tableHeader") or {"cells": []}
    return Examples(
        name=raw["name"],
        header=tuple(cell["value"] for cell in header["cells"]),
        rows=tuple(Row(_cells(row), row["location"]["line"]) for row in raw["tableBody"]),
        tags=_tags(raw),
        line=raw["location"]["line"],
    )


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(cell["value"] for cell in row["cells"])


def _lines(raw: Mapping[str, Any]) -> tuple[Line, ...]:
    return tuple(Line(step["keyword"], step["text"], step["location"]["line"]) for step in raw["steps"])


def _tags(raw: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(tag["name"].removeprefix("@") for tag in raw["tags"])


def _dedented(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())
