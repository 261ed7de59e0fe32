"""How is a chat message made comparable before any phrase looks at it?

In this order: invisible characters go; of a longer text only head and tail stay (LIMIT); NFKC, case folding, kana
width and spaces as everywhere in the checker; marks on Latin letters go and look-alike letters become Latin; the
spelled words of the lexicon close up again; its disguises read as what they mean. Work is linear in LIMIT.
"""

import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

import re2

from checker.conversation.pattern import compiled
from checker.interpreter.text import normalised
from checker.model.lexicon import Lexicon

LIMIT = 4000  # characters of head and of tail that are judged; the platform sends at most 2000

_INVISIBLE = dict.fromkeys([0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x180E, 0x3164, *range(0x200B, 0x2010),
                            *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFE00, 0xFE10),
                            *range(0x300, 0x370)])  # fmt: skip
_LOOK_ALIKE = str.maketrans("аеосрхукіјѕԁһӏԛԝґтмнвαορυνικτ", "aeocpxykijsdhlqwrtmhbaopuvikt")
_LEET = {"a": "aа@4àáâä", "e": "eе3€èéêë", "i": "iі1!|l", "l": "l1|!i", "o": "oо0", "s": "s$5", "c": "cс(¢",
         "n": "nñ", "u": "uµ", "d": "d", "f": "f", "r": "r", "g": "g9"}  # fmt: skip
# Signs and symbols that may part the letters of a word; plain ranges, for Unicode classes make RE2's automata big.
_SIGNS = r"[ \x22-\x2b\x2d-\x2f:;<=>@\x5b-\x60\x7b-\x7e\x{a1}-\x{bf}×÷\x{2010}-\x{2bff}\x{3003}-\x{303f}・\x{1f000}-\x{1faff}]"
_PART = _SIGNS + "{0,3}"


class Plain(NamedTuple):
    """A message in comparable form, and the same with simplified characters in the same places."""

    text: str
    simplified: str


class Normaliser:
    """Makes text comparable by one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._spelled = tuple((word, compiled(_spelling(word))) for word in lexicon.spelled)
        self._disguises = tuple((d.means, compiled(d.pattern)) for d in lexicon.disguises)
        self._simplified = _table(lexicon.simplified)

    def plain(self, text: str) -> Plain:
        """The comparable form of a text; equal for texts that look or sound the same."""
        shown = normalised(cut(text)).translate(_LOOK_ALIKE)
        folded = shown.translate(self._simplified)
        if folded != shown or not shown.isascii():
            shown, folded = self._revealed(shown), self._revealed(folded)
            return Plain(shown, folded) if len(shown) == len(folded) else Plain(folded, folded)
        shown = self._revealed(shown)
        return Plain(shown, shown)

    def _revealed(self, text: str) -> str:
        for word, spelling in self._spelled:
            text = str(spelling.sub(_always(word), text))
        for means, pattern in self._disguises:
            text = str(pattern.sub(_always(means), text))
        return text


def _always(word: str) -> Callable[[object], str]:
    """A replacement as a function: the binding garbles a replacement text that is not ASCII."""
    return lambda _: word


def cut(text: str) -> str:
    """The text without invisible characters, at most LIMIT characters of its head and of its tail."""
    bare = _without_marks(text) if len(text) <= 2 * LIMIT else _without_marks(_ends(text.translate(_INVISIBLE)))
    return _ends(bare)


def _ends(text: str) -> str:
    return text if len(text) <= 2 * LIMIT else f"{text[:LIMIT]}。{text[-LIMIT:]}"


def _without_marks(text: str) -> str:
    """The text without invisible characters and without accents on Latin letters; kana keep their marks."""
    if text.isascii():
        return text
    return "".join(map(_base, text.translate(_INVISIBLE)))


@lru_cache(maxsize=4096)
def _base(character: str) -> str:
    if character < "\u00c0" or "\u0250" < character < "\u1e00" or character > "\u1fff":
        return character
    return unicodedata.normalize("NFD", character)[0]


def _spelling(word: str) -> str:
    """The pattern of a word whose letters stand apart or are replaced by look-alikes."""
    if not word.isascii():
        return _PART.join(map(re2.escape, word))
    letters = _PART.join(f"[{re2.escape(_LEET.get(letter, letter))}]" for letter in word)
    return rf"\b{letters}\b" if word[0] not in "c" else rf"(?:\b|\B){letters}(?:\b|\B)"


def _table(pairs: Mapping[str, str]) -> dict[int, str]:
    return {ord(traditional): simple for traditional, simple in pairs.items()}
