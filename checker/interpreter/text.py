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
_CJK = re2.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー]")


def normalised(text: str) -> str:
    """The text in one width and case: NFKC, invisible characters dropped, case folded, spaces collapsed.

    NFKC turns full-width letters and half-width kana into the usual ones; a space between two CJK characters goes.
    """
    words = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold().split()
    return "".join(f"{_between(before, word)}{word}" for before, word in zip(["", *words], words, strict=False))


def _between(before: str, word: str) -> str:
    return "" if not before or (_is_cjk(before[-1]) and _is_cjk(word[0])) else " "


@lru_cache(maxsize=4096)
def _is_cjk(character: str) -> bool:
    return _CJK.fullmatch(character) is not None


def matches(matcher: Matcher, text: str) -> bool:
    """Whether the text, normalised, matches one of `any_of` and none of `none_of`."""
    plain = normalised(text)
    return any(_compiled(p).search(plain) for p in matcher.any_of) and not any(
        _compiled(p).search(plain) for p in matcher.none_of
    )


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> "re2._Regexp[str]":
    return re2.compile(pattern)
