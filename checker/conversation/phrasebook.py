"""Which phrases of a lexicon does a text hold, and where?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from checker.conversation.pattern import Sieve, compiled
from checker.model.lexicon import Phrase, Role

BLANK = b"\x1f"
_EDGES = " ,、。"
_CHINESE = "zh"


class Passage(NamedTuple):
    """A comparable text, or a part of one, in UTF-8: as written and with simplified characters, byte by byte."""

    text: bytes
    simplified: bytes

    def part(self, start: int, end: int) -> "Passage":
        """The text between two places."""
        return Passage(self.text[start:end].strip(), self.simplified[start:end].strip())


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase that fired, and the words it found."""

    phrase: str
    words: str


class Entry(NamedTuple):
    """A phrase and its search."""

    phrase: Phrase
    search: Any

    def found(self, passage: Passage) -> Any:
        """The first match, or None."""
        return self.search.search(self._view(passage))

    def sign(self, passage: Passage) -> Sign | None:
        """What the phrase found, or None."""
        match = self.found(passage)
        if match is None:
            return None
        return Sign(self.phrase.id, passage.text[match.start() : match.end()].decode(errors="ignore").strip(_EDGES))

    def spans(self, passage: Passage) -> list[tuple[int, int]]:
        """Where the phrase stands."""
        return [match.span() for match in self.search.finditer(self._view(passage))]

    def _view(self, passage: Passage) -> bytes:
        return passage.simplified if self.phrase.language == _CHINESE else passage.text


Near = Mapping[Role, list[Entry]]


class Phrasebook:
    """All phrases of a lexicon; Chinese ones see simplified characters, the others the text as written."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        entries = [Entry(phrase, compiled(phrase.pattern)) for phrase in phrases]
        self._chinese = [entry for entry in entries if entry.phrase.language == _CHINESE]
        self._others = [entry for entry in entries if entry.phrase.language != _CHINESE]
        self._chinese_sieve = Sieve(entry.phrase.pattern for entry in self._chinese)
        self._other_sieve = Sieve(entry.phrase.pattern for entry in self._others)

    def near(self, passage: Passage) -> Near:
        """The phrases that may stand in a text or in any part of it, by role."""
        near: defaultdict[Role, list[Entry]] = defaultdict(list)
        for index in self._other_sieve.possible(passage.text):
            near[self._others[index].phrase.role].append(self._others[index])
        for index in self._chinese_sieve.possible(passage.simplified):
            near[self._chinese[index].phrase.role].append(self._chinese[index])
        return near


def signs(entries: Iterable[Entry], passage: Passage) -> Iterator[Sign]:
    """What the phrases found in a passage."""
    return (sign for entry in entries if (sign := entry.sign(passage)) is not None)


def blanked(entries: Iterable[Entry], passage: Passage) -> tuple[Passage, list[str]]:
    """The passage with every find replaced by as many blanks, and which phrases did."""
    fired = []
    for entry in entries:
        for start, end in entry.spans(passage):
            passage = Passage(*(view[:start] + BLANK * (end - start) + view[end:] for view in passage))
            fired.append(entry.phrase.id)
    return passage, list(dict.fromkeys(fired))
