"""How is a chat message made comparable before any phrase looks at it?

In this order: invisible and control characters go and accents leave Latin letters; of a longer text only head and tail
stay (LIMIT); NFKC, case folding, kana width and spaces as everywhere in the checker; look-alike letters become Latin;
the spelled words of the lexicon close up again; its disguises read as what they mean. Work is linear in the text for
the first step and in LIMIT for the others.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import re2

from checker.conversation.pattern import Sieve, compiled
from checker.interpreter.text import normalised
from checker.model.lexicon import Lexicon

LIMIT = 4000  # characters of head and of tail that are judged; the platform sends at most 2000

_SPACES = dict.fromkeys(map(ord, "\t\n\x0b\x0c\r\x85\u2028\u2029"), " ")
_INVISIBLE = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0xAD, *range(0x300, 0x370), 0x61C, 0x115F, 0x1160, 0x180E]),
    **dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x3164, 0xFEFF]),
    **dict.fromkeys([*range(0xFE00, 0xFE10), 0x20E3]),
    **_SPACES,
}
_LOOK_ALIKE = str.maketrans("аеосрхукіјѕԁһӏԛԝґтмнвαορυνικτ", "aeocpxykijsdhlqwrtmhbaopuvikt")
_LEET = {"a": "a@4", "e": "e3€", "i": "i1!|l", "l": "l1|!i", "o": "o0", "s": "s$5", "c": "c(¢", "u": "uµ", "g": "g9"}
# What may part the letters of a word; plain ranges, for Unicode classes make RE2's automata big.
_SIGNS = (
    r"[ \x22-\x2b\x2d-\x2f:;<=>@\x5b-\x60\x7b-\x7e\x{a1}-\x{bf}×÷"
    r"\x{2010}-\x{2bff}\x{3003}-\x{303f}・丶丨\x{1f000}-\x{1faff}]{0,3}"
)


class Plain(NamedTuple):
    """A message in comparable form, and the same with simplified characters in the same places."""

    text: str
    simplified: str


class Normaliser:
    """Makes text comparable by one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        latin = [word for word in lexicon.spelled if word.isascii()]
        self._latin, self._other = _Spelled(latin), _Spelled(w for w in lexicon.spelled if w not in latin)
        self._disguises = tuple((d.means.encode(), compiled(d.pattern)) for d in lexicon.disguises)
        self._sieve = Sieve(disguise.pattern for disguise in lexicon.disguises)
        self._simplified = {ord(traditional): simple for traditional, simple in lexicon.simplified.items()}

    def plain(self, text: str) -> Plain:
        """The comparable form of a text; equal for texts that look or sound the same."""
        shown = self._revealed(normalised(cut(text)).translate(_LOOK_ALIKE))
        return Plain(shown, shown if shown.isascii() else shown.translate(self._simplified))

    def _revealed(self, text: str) -> str:
        data = self._latin.closed_up(text.encode(errors="replace"))
        data = data if data.isascii() else self._other.closed_up(data)
        for index in self._sieve.possible(data):
            means, pattern = self._disguises[index]
            data = pattern.sub(lambda _, means=means: means, data)
        return str(data, "utf-8")


class _Spelled:
    """Words whose letters may stand apart or be replaced by look-alikes; of several that fit the first is meant."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word.encode() for word in words]
        self._pattern: Any = compiled("|".join(f"({_spelling(word.decode())})" for word in self._words))

    def closed_up(self, text: bytes) -> bytes:
        """The text with the words written plainly wherever they are spelled."""
        return bytes(self._pattern.sub(lambda match: self._words[match.lastindex - 1], text))


def _spelling(word: str) -> str:
    letters = _SIGNS.join(f"[{re2.escape(_LEET.get(letter, letter))}]" for letter in word)
    return rf"\b{letters}\b" if word.isascii() and word[0] not in _LEET else letters


def cut(text: str) -> str:
    """The text without invisible characters, at most LIMIT characters of its head and of its tail."""
    if text.isascii() and text.isprintable():
        return _ends(text)
    return "".join(map(_base, _ends(text.translate(_INVISIBLE))))


def _ends(text: str) -> str:
    return text if len(text) <= 2 * LIMIT else f"{text[:LIMIT]}。{text[-LIMIT:]}"


@lru_cache(maxsize=4096)
def _base(character: str) -> str:
    """The letter without its accent, where it is Latin; kana keep their marks."""
    if character < "\u00c0" or "\u0250" < character < "\u1e00" or character > "\u1fff":
        return character
    return unicodedata.normalize("NFD", character)[0]
