"""How is a feature written down as Gherkin?"""

from collections.abc import Iterator, Sequence
from functools import cache

from gherkin.dialect import Dialect

from checker.harness.catalogue import DIALECT
from checker.harness.feature import Examples, Feature, Line, RuleBlock, Scenario
from checker.harness.tables import padded, width

# Gherkin has several words for some; these are the ones written.
WORDS = {
    "zh": {
        "feature": "功能",
        "rule": "规则",
        "background": "背景",
        "scenario": "场景",
        "scenario_outline": "场景大纲",
        "examples": "例子",
        "given": "假如",
        "when": "当",
        "then": "那么",
        "and": "而且",
        "but": "但是",
    },
    "ja": {
        "feature": "機能",
        "rule": "ルール",
        "background": "背景",
        "scenario": "シナリオ",
        "scenario_outline": "シナリオアウトライン",
        "examples": "例",
        "given": "前提",
        "when": "もし",
        "then": "ならば",
        "and": "かつ",
        "but": "しかし",
    },
    "en": {
        "feature": "Feature",
        "rule": "Rule",
        "background": "Background",
        "scenario": "Scenario",
        "scenario_outline": "Scenario Outline",
        "examples": "Examples",
        "given": "Given",
        "when": "When",
        "then": "Then",
        "and": "And",
        "but": "But",
    },
}
_KINDS = ("given", "when", "then", "and", "but")


@cache
def dialect(language: str) -> Dialect:
    """The Gherkin words of a language."""
    found = Dialect.for_name(DIALECT[language])
    assert found is not None  # noqa: S101 - the three languages are Gherkin's own
    return found


def keyword(kind: str, language: str) -> str:
    """The word for a kind of line, with a space after that of a step."""
    return WORDS[language][kind] + (" " if kind in _KINDS else "")


def kind_of_line(line: Line, language: str) -> str:
    """Whether the line is given, when, then, and, or but."""
    word = line.keyword.strip()
    for kind in _KINDS:
        words: list[str] = getattr(dialect(language), f"{kind}_keywords")
        if word != "*" and any(word == known.strip() for known in words):
            return kind
    return "and"


def gherkin_text(feature: Feature) -> str:
    """The whole file."""
    return "\n".join(_lines(feature)) + "\n"


def _lines(feature: Feature) -> Iterator[str]:
    language = feature.language
    yield f"# language: {DIALECT[language]}"
    yield from _tags(feature.tags, 0)
    yield f"{keyword('feature', language)}: {feature.name}"
    yield from _description(feature.description, 1)
    yield from _background(feature.background, language, 1)
    for scenario in feature.scenarios:
        yield from scenario_lines(scenario, language, 1)
    for rule in feature.rules:
        yield from _rule(rule, language)


def _rule(rule: RuleBlock, language: str) -> Iterator[str]:
    yield ""
    yield from _tags(rule.tags, 1)
    yield f"  {keyword('rule', language)}: {rule.name}"
    yield from _description(rule.description, 2)
    yield from _background(rule.background, language, 2)
    for scenario in rule.scenarios:
        yield from scenario_lines(scenario, language, 2)


def _background(lines: Sequence[Line], language: str, depth: int) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{'  ' * depth}{keyword('background', language)}:"
        yield from steps(lines, language, depth + 1)


def scenario_lines(scenario: Scenario, language: str, depth: int) -> Iterator[str]:
    """One scenario with its examples, after an empty line."""
    yield ""
    yield from _tags(scenario.tags, depth)
    kind = "scenario_outline" if scenario.examples else "scenario"
    yield f"{'  ' * depth}{keyword(kind, language)}: {scenario.name}"
    yield from _description(scenario.description, depth + 1)
    yield from steps(scenario.steps, language, depth + 1)
    for table in scenario.examples:
        yield from _examples(table, language, depth + 1)


def steps(lines: Sequence[Line], language: str, depth: int) -> Iterator[str]:
    """The steps, each with its keyword."""
    for line in lines:
        yield f"{'  ' * depth}{keyword(kind_of_line(line, language), language)}{line.text}"


def _examples(table: Examples, language: str, depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield ""
    yield from _tags(table.tags, depth)
    yield f"{indent}{keyword('examples', language)}: {table.name}".rstrip()
    rows = [[_cell(cell) for cell in row] for row in (table.header, *(row.cells for row in table.rows))]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = " | ".join(padded(cell, wide) for cell, wide in zip(row, widths, strict=True))
        yield f"{indent}  | {cells} |"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _tags(tags: Sequence[str], depth: int) -> Iterator[str]:
    if tags:
        yield "  " * depth + " ".join(f"@{tag}" for tag in tags)


def _description(text: str, depth: int) -> Iterator[str]:
    if text:
        yield ""
        yield from ("  " * depth + line if line else "" for line in text.splitlines())
