"""Which titles of a feature are translated, and how? Sentences translate themselves; titles stand in `.po` files."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from checker.harness.cases import placeholder_kinds
from checker.harness.feature import Feature, RuleBlock
from checker.model.policy import Policy

_HEADER = "# Titles of the features in this folder. The master is the .feature file; its sentences need no translation."


def rule_titles(pool: tuple[Policy, ...]) -> dict[str, Mapping[str, str]]:
    """The titles of all rules by id; the policy has them in every language."""
    return {rule.head.id: rule.head.title for policy in pool for rule in policy.rules}


def texts(feature: Feature, known: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, int]]:
    """Every text that only a person can translate, with its line; `known` are the titles that the policies have."""
    yield feature.name, feature.line
    yield from ((part, feature.line) for part in paragraphs(feature.description))
    for rule in feature.rules:
        if title_of(rule) and title_of(rule) not in known.get(rule.rule_id, {}).values():
            yield title_of(rule), rule.line
        yield from ((part, rule.line) for part in paragraphs(rule.description))
    for _, scenario in feature.placed():
        yield scenario.name, scenario.line
        yield from ((part, scenario.line) for part in paragraphs(scenario.description))
        kinds = placeholder_kinds(scenario, feature.language)
        for table in scenario.examples:
            yield from ((name, table.line) for name in (table.name, *table.header) if name)
            free = [place for place, name in enumerate(table.header) if name not in kinds]
            yield from ((row.cells[place], row.line) for row in table.rows for place in free)


def title_of(rule: RuleBlock) -> str:
    """The rule block's name without the id."""
    return rule.name[len(rule.rule_id) :].lstrip(" ：:")


def paragraphs(description: str) -> tuple[str, ...]:
    """The paragraphs of a description, each one text."""
    return tuple(part for part in description.split("\n\n") if part)


def po_path(feature: Path, language: str) -> Path:
    """Where the titles of a feature stand in another language: `2025-10-28.ja.po`."""
    return feature.with_suffix(f".{language}.po")


def read_titles(feature: Path, language: str) -> dict[str, str]:
    """The translated titles; empty where there is no file. Fuzzy and empty ones count as missing."""
    path = po_path(feature, language)
    if not path.exists():
        return {}
    with path.open("rb") as stream:
        catalog = read_po(stream, locale=language)
    return {str(message.id): str(message.string) for message in catalog if _is_translated(message)}


def _is_translated(message: "Catalog.__class__") -> bool:  # type: ignore[name-defined]
    return bool(message.id) and bool(message.string) and not message.fuzzy


def updated_titles(feature: Feature, path: Path, language: str, known: Mapping[str, Mapping[str, str]]) -> bytes:
    """The `.po` file with every text of the feature as it is now, what was translated kept."""
    old = read_titles(path, language)
    catalog = Catalog(locale=language, header_comment=_HEADER, fuzzy=False)
    for text, line in texts(feature, known):
        catalog.add(text, old.get(text, ""), locations=[(path.name, line)])
    out = BytesIO()
    write_po(out, catalog, width=120, omit_header=False, include_lineno=False)
    return out.getvalue()


def untranslated(
    feature: Feature, path: Path, language: str, known: Mapping[str, Mapping[str, str]]
) -> tuple[tuple[str, int], ...]:
    """The texts without a translation, each once, with the line where it first stands."""
    translated = read_titles(path, language)
    missing = {text: line for text, line in reversed([*texts(feature, known)]) if text not in translated}
    return tuple(sorted(missing.items(), key=lambda item: item[1]))
