"""Is each message judged by its words and by what came before it?"""

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import orjson
import pytest

from checker.conversation import Mood, Reading, Turn, heard, readings
from checker.model.event import Actor
from checker.model.lexicon import Lexicon

Judge = Callable[..., list[Reading]]
DATA = Path(__file__).parents[2] / "bench" / "conversation" / "data"


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("お客様の方でキャンセルのお手続きをお願いいたします。", "explicit"),
        ("麻烦您取消一下订单", "explicit"),
        ("煩請您取消訂單", "explicit"),
        ("Could you please cancel the order?", "explicit"),
        ("快递到了您拒收就行", "explicit"),
        ("理由は「不要になった」を選択してください", "explicit"),
        ("If you cancel yourself the refund is faster.", "indirect"),
        ("等不了的话可以先取消", "explicit"),
        ("キャンセルをおすすめします", "indirect"),
        ("当店にてキャンセルいたしました。", "no"),
        ("请不要取消订单，今天就发货", "no"),
        ("You can cancel within one hour of payment.", "no"),
        ("These are noise-cancelling headphones.", "no"),
        ("您的优惠券已取消", "no"),
        ("お待ちいただくか、当店でキャンセルするか、お選びください。", "no"),
        ("", "no"),
    ],
)
def test_message_alone(judge: Judge, text: str, strength: str) -> None:
    """A message without a conversation is judged by its own words."""
    assert judge(f"S: {text}")[-1].solicits == strength


@pytest.mark.parametrize(
    ("wish", "answer"),
    [
        ("キャンセルしたいです", "注文詳細からキャンセルを押してください。"),
        ("我要取消订单", "您点申请取消，原因选不想要了"),
        ("How do I cancel?", "Please tap cancel and choose changed my mind."),
    ],
)
def test_answer_to_the_buyers_own_wish_is_no_solicitation(judge: Judge, wish: str, answer: str) -> None:
    """A seller who answers a buyer's own wish is never flagged, and the evidence says why."""
    assert judge(f"S: {answer}")[-1].solicits == "explicit"
    reading = judge(f"B: {wish}", f"S: {answer}")[-1]
    assert (reading.solicits, reading.words, reading.because[-1]) == ("no", (), "-buyer_asked_first")


def test_buyer_who_wants_to_keep_the_order_did_not_ask(judge: Judge) -> None:
    """Speaking of cancelling is not wishing it."""
    assert judge("B: please don't cancel my order", "S: please cancel it")[-1].solicits == "explicit"


def test_question_after_a_solicitation_is_not_the_buyers_own_wish(judge: Judge) -> None:
    """Who was asked to cancel and then asks how has not asked first."""
    chat = judge("S: 没货了，麻烦您取消", "B: 怎么取消？", "S: 订单详情里点取消订单")
    assert [reading.solicits for reading in chat] == ["explicit", "no", "explicit"]


@pytest.mark.parametrize(
    "lines",
    [
        ("S: お手数ですが、ご注文の", "S: キャンセルを", "S: お願いできますでしょうか"),
        ("S: 亲，麻烦您", "S: 取消订单"),
        ("S: Regarding your order, we need you to", "S: cancel it in the app"),
    ],
)
def test_request_split_over_messages_is_found(judge: Judge, lines: tuple[str, ...]) -> None:
    """The parts of one request are read together."""
    assert "explicit" in [reading.solicits for reading in judge(*lines)]


def test_only_the_seller_solicits(judge: Judge) -> None:
    """Buyers and the platform never solicit, whatever they write."""
    chat = judge("B: please cancel my order", "P: please cancel the order")
    assert [reading.solicits for reading in chat] == ["no", "no"]


def test_what_cannot_be_read_is_unknown(lexicon: Lexicon) -> None:
    """An image, or a sender nobody knows, is not a message that says nothing."""
    image, stranger = readings([Turn(Actor.SELLER), Turn(Actor.UNKNOWN, "please cancel")], lexicon)
    assert (image.solicits, stranger.solicits) == (None, None)


def test_after_delivery_nothing_is_solicited(lexicon: Lexicon) -> None:
    """A refund after delivery is after-sales service."""
    turns = [Turn(Actor.PLATFORM, arrived=True), Turn(Actor.SELLER, "麻烦您申请退款")]
    last = list(readings(turns, lexicon))[-1]
    assert (last.solicits, last.because[-1]) == ("no", "-order_arrived")


def test_request_taken_back_counts_no_more(lexicon: Lexicon) -> None:
    """A withdrawn request to the platform is no wish any longer."""
    asked = Turn(Actor.BUYER, wants_out=True)
    back = Turn(Actor.BUYER, wants_out=False)
    ask = Turn(Actor.SELLER, "please cancel the order")
    assert [r.solicits for r in readings([asked, ask], lexicon)][-1] == "no"
    assert [r.solicits for r in readings([asked, back, ask], lexicon)][-1] == "explicit"


def test_words_and_reasons_are_evidence(judge: Judge) -> None:
    """The deciding words are quoted and the phrases named."""
    reading = judge("S: 在庫がないのでキャンセルしてもらえますか")[-1]
    assert reading.words == ("キャンセルしてもらえ",)
    assert "+ja.ask.please" in reading.because
    assert reading.language == "ja"


def test_words_are_quoted_once(judge: Judge) -> None:
    """Of phrases within each other only the longest is quoted."""
    assert judge("S: 辛苦您那边申请取消一下哦")[-1].words == ("辛苦您那边申请取消", "您那边申请取消一下哦")


def test_a_later_turn_changes_nothing_before_it(judge: Judge) -> None:
    """The reading of a message depends only on what came before."""
    lines = ("S: out of stock", "S: please cancel", "B: ok, cancel it")
    assert judge(*lines)[:2] == judge(*lines[:2])


def test_score_can_be_switched_off(lexicon: Lexicon) -> None:
    """Without weights only phrases decide, and nothing learned is named."""
    plain = replace(lexicon, weights=None, digest="without weights")
    turn = Turn(Actor.SELLER, "please cancel the order")
    assert heard(turn, Mood(), plain)[0].solicits == "explicit"


@pytest.mark.parametrize(
    "text",
    ["請取消" * 333_333, "c a n c e " * 100_000, "\u0345\u0334" * 500_000, "「" * 1_000_000, "。" * 1_000_000],
    ids=["words", "parted", "marks", "quotes", "stops"],
)
def test_megabytes_are_judged_by_head_and_tail(lexicon: Lexicon, text: str) -> None:
    """A hostile message costs bounded work: only what LIMIT leaves is kept for the lines after it."""
    _, mood = heard(Turn(Actor.SELLER, text), Mood(), lexicon)
    assert len(mood.recent[0]) < 8_002


@pytest.mark.parametrize("held_out", ["heldout", "heldout2"])
@pytest.mark.parametrize("language", ["ja", "zh", "en"])
def test_held_out_messages_are_judged_right(lexicon: Lexicon, language: str, held_out: str) -> None:
    """On messages never tuned on, precision is at least 0.95 and recall at least 0.90 in each language."""
    lines = (DATA / f"{held_out}.jsonl").read_bytes().splitlines()
    rows = [row for row in map(orjson.loads, lines) if row["lang"] == language]
    pairs = []
    for _, thread in groupby(rows, key=lambda row: row.get("conversation", row["id"])):
        lines = list(thread)
        said = readings((Turn(Actor(line["sender"]), line["text"]) for line in lines), lexicon)
        pairs += [(line["label"] != "no", r.solicits != "no") for line, r in zip(lines, said, strict=True)]
    right = pairs.count((True, True))
    assert right >= 0.95 * (right + pairs.count((False, True)))
    assert right >= 0.90 * (right + pairs.count((True, False)))
