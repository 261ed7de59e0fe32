"""Do texts that look or sound the same become the same?"""

import unicodedata

import pytest

from checker.conversation.normalisation import LIMIT, Normaliser, cut
from checker.model.lexicon import Lexicon


@pytest.fixture(scope="module")
def normaliser(lexicon: Lexicon) -> Normaliser:
    return Normaliser(lexicon)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ｷｬﾝｾﾙお願い", "キャンセルお願い"),
        ("キ ャ ン セ ル", "キャンセル"),
        ("キャ\u200bン\u2060セル", "キャンセル"),
        ("キャン.セ・ル", "キャンセル"),
        ("きゃんせる", "キャンセル"),
        ("取🙏消", "取消"),
        ("請取－消訂單", "請取消訂單"),
        ("麻烦qx一下", "麻烦取消一下"),
        ("qu消", "取消"),
        ("ｃａｎｃｅｌ", "cancel"),
        ("c.a.n.c.e.l", "cancel"),
        ("c@nc3l", "cancel"),
        ("C4NCEL", "cancel"),
        ("сancеl", "cancel"),
        ("cáncél", "cancel"),
        ("can\u00adcel", "cancel"),
        ("ca\x00ncel", "cancel"),
        ("plz cancle", "please cancel"),
        ("PLEASE   CANCEL\n", "please cancel"),
        ("がぎぐ", "がぎぐ"),
    ],
)
def test_disguises_read_as_what_they_mean(normaliser: Normaliser, written: str, read: str) -> None:
    """Width, case, accents, look-alikes, invisible characters, parted letters and slang all give one form."""
    assert normaliser.plain(written).text == read


def test_traditional_and_simplified_stand_in_the_same_places(normaliser: Normaliser) -> None:
    """The simplified form replaces one character by one, so words found in it can be quoted from the original."""
    plain = normaliser.plain("煩請您取消訂單，謝謝")
    assert plain == ("煩請您取消訂單,謝謝", "烦请您取消订单,谢谢")


def test_kana_keep_their_marks() -> None:
    """Only Latin letters lose accents: half-width voiced kana still join their mark."""
    assert unicodedata.normalize("NFKC", cut("ｶﾞ")) == "ガ"


@pytest.mark.parametrize("filler", ["a", "請", "\U0001f600", "ﷺ", "e\u0301"])
def test_long_text_keeps_head_and_tail(filler: str) -> None:
    """Of a text of any length at most LIMIT characters of the head and of the tail are judged."""
    short = cut("head" + filler * 1_000_000 + "tail")
    assert len(short) <= 2 * LIMIT + 1
    assert short.startswith("head")
    assert short.endswith("tail")


def test_invisible_padding_hides_nothing() -> None:
    """A million invisible characters do not push words out of the judged part."""
    assert cut("\u200b" * 1_000_000 + "cancel" + "\u200b" * 1_000_000) == "cancel"
