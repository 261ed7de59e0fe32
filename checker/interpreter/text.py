"""How text is made comparable before any pattern looks at it, and whether it matches.

RE2 only: linear time on hostile text, and the same answer in every engine.
"""

import unicodedata
from functools import lru_cache

import re2

from checker.model.policy import Matcher

# Characters that show nothing and only hide words: zero-width spaces and joiners, soft hyphens, direction marks.
_INVISIBLE = dict.fromkeys([0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
                            *range(0x2060, 0x2070), 0xFEFF, *range(0xFE00, 0xFE10)])  # fmt: skip
_CJK = r"[\p{Han}\p{Hiragana}\p{Katakana}ー]"
# RE2 counts only ASCII as white space; NFKC leaves these four as they are.
_SPACES = re2.compile(r"[\s\v\x{85}\x{1680}\x{2028}\x{2029}]+")
_INNER = re2.compile(rf"({_CJK}) (?:({_CJK}))")


def normalised(text: str) -> str:
    """The text in one width and case: NFKC, invisible characters dropped, case folded, spaces collapsed.

    NFKC turns full-width letters and half-width kana into the usual ones; a space between two CJK characters goes.
    """
    folded = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold()
    spaced = str(_SPACES.sub(" ", folded)).strip()
    # Twice: matches do not overlap, so every second of several one-character words would be passed over.
    return str(_INNER.sub(r"\1\2", str(_INNER.sub(r"\1\2", spaced))))


def matches(matcher: Matcher, text: str) -> bool:
    """Whether the text, normalised, matches one of `any_of` and none of `none_of`."""
    plain = normalised(text)
    return any(_compiled(p).search(plain) for p in matcher.any_of) and not any(
        _compiled(p).search(plain) for p in matcher.none_of
    )


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> "re2._Regexp[str]":
    return re2.compile(pattern)
