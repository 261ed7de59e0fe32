"""Into which words and concepts is a text cut, for the learned score to count?"""

import re
from dataclasses import dataclass
from functools import lru_cache

from checker.conversation.normalisation import Plain
from checker.conversation.pattern import compiled
from checker.model.lexicon import Lexicon

# Latin words, numbers, concepts, and every other character; stops say only who likes to write them.
_TOKEN = re.compile(r"<[a-z_]+>|[a-z']+|[0-9]+|[^ 。.,、!~…:;]")
_CONCEPT = re.compile(r"<[a-z_]+>")
_CACHED = 16_384
_MEMORY = 256 << 20  # thousands of words in one automaton; it took 50 MB for ten thousand messages
_STOP = re.compile(r"[。!?;…\n]|\. ")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as words and single CJK characters, once as written and once with the words of a concept as one.

    `sentences` holds the comparable text of each sentence, `concepts` the concepts of each in their order.
    """

    written: tuple[str, ...]
    meant: tuple[str, ...]
    sentences: tuple[str, ...]
    concepts: tuple[tuple[str, ...], ...]


class Cutter:
    """Cuts texts by the concepts of one lexicon; of several that begin at one place the first has the words."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = {ord(traditional): simple for traditional, simple in lexicon.simplified.items()}
        # Chinese and Japanese share one form here, so the patterns take the form of the text.
        patterns = [concept.pattern.translate(table) for concept in lexicon.concepts]
        means = [b" " + concept.means.encode() + b" " for concept in lexicon.concepts]
        self._concepts = list(zip(means, map(compiled, patterns), strict=True))
        # One search for all, without groups: groups would cost RE2 its fast automaton.
        self._any = compiled("|".join(patterns), _MEMORY) if patterns else None
        self._meaning = lru_cache(_CACHED)(self._meaning_of)

    def tokens(self, plain: Plain) -> Tokens:
        """The text cut up; `^` and `$` are its ends."""
        meant = self._meant(plain.simplified)
        return Tokens(
            written=("^", *_TOKEN.findall(plain.simplified), "$"),
            meant=("^", *_TOKEN.findall(meant), "$"),
            sentences=tuple(filter(None, map(str.strip, _STOP.split(plain.simplified)))),
            concepts=tuple(tuple(_CONCEPT.findall(sentence)) for sentence in _STOP.split(meant)),
        )

    def _meant(self, text: str) -> str:
        if self._any is None:
            return text
        return str(self._any.sub(lambda match: self._meaning(match[0]), text.encode(errors="replace")), "utf-8")

    def _meaning_of(self, word: bytes) -> bytes:
        return next((means for means, pattern in self._concepts if pattern.fullmatch(word)), word)
