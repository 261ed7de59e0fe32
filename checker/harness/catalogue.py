"""Which sentences can a feature say, in which languages, and which words fit their slots?"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "ja", "en")
GHERKIN = {"zh-CN": "zh", "ja": "ja", "en": "en"}
DIALECT = {language: dialect for dialect, language in GHERKIN.items()}

# Slots whose text is the same in every language, as RE2 patterns.
NEUTRAL = {
    "at": r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?",
    "token": r"[A-Za-z0-9][A-Za-z0-9_.@:/+-]*",
    "text": r'"[^"]*"',
    "count": r"\d{1,6}",
    "zone": r"[A-Za-z_]+(?:/[A-Za-z_+-]+)*",
    "day": r"\d{4}-\d{2}-\d{2}",
}
_KINDS = {
    "policy": "token",
    "parameter": "token",
    "rule": "token",
    "request": "token",
    "missing": "token",
    "name": "token",
    "due": "at",
    "total": "count",
}
# Slots that take a word of the catalogue, or else a name of the user's own.
OPEN = frozenset({"fact", "value", "outcome", "language", "channel", "state"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One abstract step: what it is called, what it is for (world, check or detail), and how each language says it.

    A detail sets the attribute `field`, to `sets` where it has no slot.
    """

    id: str
    role: str
    templates: Mapping[str, str] = dataclass_field(compare=False)
    field: str | None = None
    sets: str | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All sentences by role and id, and the words of each kind: kind -> id -> language -> word."""

    sentences: Mapping[str, Mapping[str, Sentence]]
    words: Mapping[str, Mapping[str, Mapping[str, str]]]

    def steps(self) -> Iterator[Sentence]:
        """The sentences that stand on a line of their own."""
        yield from self.sentences["world"].values()
        yield from self.sentences["check"].values()

    def word(self, kind: str, name: str, language: str) -> str:
        """The word for a name; a name without a word stands for itself."""
        words = self.words[kind].get(name)
        return name if words is None else words[language]


def kind_of(slot: str) -> str:
    """What may stand in a slot of that name."""
    return _KINDS.get(slot, slot)


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    sentences = {
        role: {name: _sentence(name, role, raw) for name, raw in group.items()}
        for role, group in _read("steps.toml").items()
    }
    return Catalogue(sentences, _read("words.toml"))


def _sentence(name: str, role: str, raw: Mapping[str, str]) -> Sentence:
    templates = {language: raw[language] for language in LANGUAGES}
    return Sentence(name, role, templates, raw.get("field"), raw.get("sets"))


def _read(name: str) -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(files("checker.harness").joinpath(name).read_text(encoding="utf-8"))
