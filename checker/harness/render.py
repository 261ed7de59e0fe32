"""How does a feature read in another language?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checker.harness.cases import placeholder_kinds
from checker.harness.feature import Examples, Feature, Line, Row, RuleBlock, Scenario
from checker.harness.gherkin_text import keyword, kind_of_line
from checker.harness.sentence import Said, neutral, read_sentence, spoken, write_sentence
from checker.harness.titles import RuleTitles, paragraphs, policy_title, title_of


@dataclass(frozen=True, slots=True)
class Reader:
    """From which language to which; the titles translated, and those of rules that the policies have.

    A title without a translation stays as it is.
    """

    source: str
    language: str
    titles: Mapping[str, str]
    rules: RuleTitles

    def title(self, text: str) -> str:
        """The title in the reader's language."""
        return self.titles.get(text, text)


def rendered(feature: Feature, reader: Reader) -> Feature:
    """The feature in the reader's language; every sentence says the same."""
    return replace(
        feature,
        language=reader.language,
        name=reader.title(feature.name),
        description=_description(feature.description, reader),
        background=_steps(feature.background, reader),
        scenarios=tuple(_scenario(scenario, reader) for scenario in feature.scenarios),
        rules=tuple(_rule(rule, reader) for rule in feature.rules),
    )


def _description(text: str, reader: Reader) -> str:
    return "\n\n".join(reader.title(part) for part in paragraphs(text))


def _rule(rule: RuleBlock, reader: Reader) -> RuleBlock:
    return replace(
        rule,
        name=rule_name(rule, reader),
        description=_description(rule.description, reader),
        background=_steps(rule.background, reader),
        scenarios=tuple(_scenario(scenario, reader) for scenario in rule.scenarios),
    )


def rule_name(rule: RuleBlock, reader: Reader) -> str:
    """The rule's id and its title, as the policy has it where that is the one given."""
    title = title_of(rule)
    given = policy_title(rule, reader.rules)
    said = reader.title(title) if given is None else given.get(reader.language, title)
    return f"{rule.rule_id} {said}".strip()


def _scenario(scenario: Scenario, reader: Reader) -> Scenario:
    kinds = placeholder_kinds(scenario, reader.source)
    return replace(
        scenario,
        name=reader.title(scenario.name),
        description=_description(scenario.description, reader),
        steps=_steps(scenario.steps, reader),
        examples=tuple(_examples(table, kinds, reader) for table in scenario.examples),
    )


def _steps(lines: tuple[Line, ...], reader: Reader) -> tuple[Line, ...]:
    return tuple(_step(line, reader) for line in lines)


def _step(line: Line, reader: Reader) -> Line:
    said = read_sentence(line.text, reader.source)
    word = keyword(kind_of_line(line, reader.source), reader.language)
    if said is None:
        return replace(line, keyword=word)
    return replace(line, keyword=word, text=write_sentence(_renamed(said, reader), reader.language))


def _renamed(said: Said, reader: Reader) -> Said:
    """The sentence with the columns that it names called as the reader's table calls them."""
    values = {slot: _column(value, reader) for slot, value in said.values.items()}
    return replace(said, values=values, details=tuple(_renamed(detail, reader) for detail in said.details))


def _column(value: str, reader: Reader) -> str:
    return f"<{reader.title(value[1:-1])}>" if value.startswith("<") else value


def _examples(table: Examples, kinds: Mapping[str, str], reader: Reader) -> Examples:
    return replace(
        table,
        name=reader.title(table.name),
        header=tuple(reader.title(name) for name in table.header),
        rows=tuple(_row(row, table.header, kinds, reader) for row in table.rows),
    )


def _row(row: Row, header: tuple[str, ...], kinds: Mapping[str, str], reader: Reader) -> Row:
    cells = zip(header, row.cells, strict=True)
    return replace(row, cells=tuple(cell_text(cell, kinds.get(name), reader) for name, cell in cells))


def cell_text(cell: str, kind: str | None, reader: Reader) -> str:
    """A cell in the reader's language: a word of its slot, or a title where no step names its column."""
    if kind is None:
        return reader.title(cell)
    return spoken(kind, neutral(kind, cell, reader.source), reader.language)
