"""Do spellings of one text come out alike, and does hostile text stay harmless?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.interpreter.text import matches, normalised
from checker.model.policy import Matcher
from checker.model.rule import Location


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("ＣＡＮＣＥＬ", "cancel"),
        ("Cancel", "cancel"),
        ("STRASSE straße", "strasse strasse"),
        ("ｷｬﾝｾﾙ", "キャンセル"),
        ("ｶﾞ", "ガ"),
        ("か\u3099", "が"),
        ("①", "1"),
        ("キャン\u200bセル", "キャンセル"),
        ("取\u2060消", "取消"),
        ("can\u00adcel", "cancel"),
        ("\ufeffcancel", "cancel"),
        ("❤\ufe0f", "❤"),
        ("キャンセル して", "キャンセルして"),
        ("取 消 し て", "取消して"),
        ("キャンセル\u3000して", "キャンセルして"),
        ("キャンセル\u2028して", "キャンセルして"),
        ("キャンセル\x85して", "キャンセルして"),
        ("取\n\n消", "取消"),
        ("a \t\n b", "a b"),
        ("  a  ", "a"),
        ("取消 order", "取消 order"),
        ("スーパ ー", "スーパー"),
        ("", ""),
        ("\u200b \u3000", ""),
    ],
)
def test_spellings(raw: str, expected: str) -> None:
    """Width, case, invisible characters and spaces between CJK characters make no difference."""
    assert normalised(raw) == expected


@given(st.text())
def test_once_is_enough(text: str) -> None:
    """Case, spaces and invisible characters leave nothing for a second time, whatever the text."""
    once = normalised(text)
    assert once == once.strip()
    assert "\u200b" not in once
    assert "  " not in once


@given(
    st.text(alphabet="取消しキャンセル", min_size=1, max_size=40),
    st.sampled_from([" ", "\u3000", "\n", "\u200b", " \u200b "]),
)
def test_what_stands_between_cjk_characters_goes(word: str, between: str) -> None:
    """However a CJK word is pulled apart, it reads the same."""
    assert normalised(between.join(word)) == word


def matcher(*any_of: str, none_of: tuple[str, ...] = ()) -> Matcher:
    return Matcher("m", any_of, none_of, Location("p.yaml", 1, 1))


def test_any_and_none() -> None:
    """One of the patterns must be found and none of the exceptions."""
    cancels = matcher("cancel", "取消", none_of=("do not cancel",))
    assert matches(cancels, "Please CANCEL")
    assert matches(cancels, "取 消")
    assert not matches(cancels, "Please do not cancel; 取消")
    assert not matches(cancels, "hello")


def test_a_megabyte_of_text() -> None:
    """A long text is read whole, to its last word."""
    text = "取 " * 350_000 + "キャンセル"
    assert matches(matcher("キャンセル$"), text)
    assert normalised(text) == "取" * 350_000 + "キャンセル"


def test_a_pattern_that_backtracks_elsewhere() -> None:
    """Nested repetition does no harm."""
    assert not matches(matcher("(a+)+$"), "a" * 100_000 + "b")
