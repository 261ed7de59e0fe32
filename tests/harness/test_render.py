"""Does a feature say the same in three languages?"""

from dataclasses import replace
from pathlib import Path

import pytest

from checker.harness.cases import Case, cases
from checker.harness.catalogue import LANGUAGES
from checker.harness.feature import Examples, Feature, Line, Row, RuleBlock, Scenario, parse_feature
from checker.harness.gherkin_text import gherkin_text
from checker.harness.render import Reader, rendered
from checker.harness.runner import run
from checker.harness.titles import read_titles, rule_titles, untranslated, updated_titles
from checker.model.policy import Policy

SHIPPED = sorted((Path(__file__).parents[2] / "features").rglob("*.feature"))
OTHERS = [language for language in LANGUAGES if language != "zh"]


def bare(feature: Feature) -> Feature:
    """The feature without the places of its lines and the way its keywords are written."""

    def lines(steps: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(Line("", step.text, 0) for step in steps)

    def table(examples: Examples) -> Examples:
        return replace(examples, rows=tuple(Row(row.cells, 0) for row in examples.rows), line=0)

    def scenario(one: Scenario) -> Scenario:
        return replace(one, steps=lines(one.steps), examples=tuple(map(table, one.examples)), line=0)

    def rule(block: RuleBlock) -> RuleBlock:
        made = tuple(map(scenario, block.scenarios))
        return replace(block, background=lines(block.background), scenarios=made, line=0)

    return replace(
        feature,
        path="",
        line=0,
        background=lines(feature.background),
        scenarios=tuple(map(scenario, feature.scenarios)),
        rules=tuple(map(rule, feature.rules)),
    )


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_there_and_back(path: Path, language: str, shipped: dict[Path, Feature], pool: tuple[Policy, ...]) -> None:
    """Rendered, written, parsed and rendered back, every shipped feature is what it was."""
    feature, titles, rules = shipped[path], read_titles(path, language), rule_titles(pool)
    there = parse_feature(gherkin_text(rendered(feature, Reader("zh", language, titles, rules))), "there")
    back = {said: title for title, said in titles.items()}
    assert len(back) == len(titles)
    again = rendered(there, Reader(language, "zh", back, rules))
    assert bare(again) == bare(feature)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_title_is_translated(
    path: Path, language: str, shipped: dict[Path, Feature], pool: tuple[Policy, ...]
) -> None:
    """A new title needs its line in the .po files; `checker spec titles` puts it there."""
    assert untranslated(shipped[path], path, language, rule_titles(pool)) == ()
    kept = updated_titles(shipped[path], path, language, rule_titles(pool))
    assert path.with_suffix(f".{language}.po").read_bytes() == kept


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_rendered_feature_holds(
    path: Path, language: str, shipped: dict[Path, Feature], pool: tuple[Policy, ...]
) -> None:
    """It is a feature file like any other: it parses, runs, and finds what the master finds."""
    titles = read_titles(path, language)
    text = gherkin_text(rendered(shipped[path], Reader("zh", language, titles, rule_titles(pool))))
    results = [run(case) for case in cases(parse_feature(text, "there"), pool)]
    masters = [run(case) for case in cases(shipped[path], pool)]
    assert [result.failures for result in results if result.failures] == []
    assert [result.findings for result in results] == [result.findings for result in masters]


def test_every_shipped_scenario_holds(shipped_cases: tuple[Case, ...]) -> None:
    """Without pytest-bdd too, at the explicit time."""
    assert [result.case.title for case in shipped_cases if (result := run(case)).failures] == []


def test_scenarios_stay_short(shipped: dict[Path, Feature]) -> None:
    """At most six steps in the Japanese features; other markets need facts of the order on lines of their own."""
    japanese = [feature for path, feature in shipped.items() if "jp" in path.parts]
    assert [one.name for feature in japanese for _, one in feature.placed() if len(one.steps) > 6] == []
