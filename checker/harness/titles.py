"""Which titles of a feature are translated, and how? Sentences translate themselves; titles stand in `.po` files."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from checker.harness.cases import placeholder_kinds
from checker.harness.feature import Feature, RuleBlock
from checker.model.policy import Policy

# Without the dates and names that Babel would write: they change with every run and tell nobody anything.
_HEADER = """\
# Titles of {master}, which is the master; its sentences need no translation.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""


RuleTitles = Mapping[str, Sequence[Mapping[str, str]]]
"""The titles of rules by id, each in every language; several policies may have a rule of that id."""


def rule_titles(pool: Sequence[Policy]) -> RuleTitles:
    """The titles that the policies give to their rules."""
    titles: dict[str, list[Mapping[str, str]]] = {}
    for policy in pool:
        for rule in policy.rules:
            titles.setdefault(rule.head.id, []).append(rule.head.title)
    return titles


def policy_title(rule: RuleBlock, known: RuleTitles) -> Mapping[str, str] | None:
    """The title of the block's rule in every language, where it is one that a policy gives."""
    return next((title for title in known.get(rule.rule_id, ()) if title_of(rule) in title.values()), None)


def texts(feature: Feature, known: RuleTitles) -> Iterator[tuple[str, int]]:
    """Every text that only a person can translate, with its line; `known` are the titles that the policies have."""
    yield feature.name, feature.line
    yield from ((part, feature.line) for part in paragraphs(feature.description))
    for rule in feature.rules:
        if title_of(rule) and policy_title(rule, known) is None:
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


def _is_translated(message: Message) -> bool:
    return bool(message.id) and bool(message.string) and not message.fuzzy


def updated_titles(feature: Feature, path: Path, language: str, known: RuleTitles) -> bytes:
    """The `.po` file with every text of the feature as it is now, what was translated kept."""
    old = read_titles(path, language)
    catalog = Catalog(locale=language)
    for text, _ in texts(feature, known):
        catalog.add(text, old.get(text, ""))
    out = BytesIO()
    write_po(out, catalog, width=120, omit_header=True)
    return _HEADER.format(master=path.name, language=language).encode() + out.getvalue()


def untranslated(feature: Feature, path: Path, language: str, known: RuleTitles) -> tuple[tuple[str, int], ...]:
    """The texts without a translation, each once, with the line where it first stands."""
    translated = read_titles(path, language)
    missing = {text: line for text, line in reversed([*texts(feature, known)]) if text not in translated}
    return tuple(sorted(missing.items(), key=lambda item: item[1]))
