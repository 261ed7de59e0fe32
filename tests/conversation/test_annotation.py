"""Which fields does a message of an order gain?"""

from datetime import UTC, datetime, timedelta

from checker.conversation import annotate
from checker.model.activity import Activity
from checker.model.event import Actor, Event, Value
from checker.model.history import OrderHistory
from checker.model.lexicon import Lexicon

START = datetime(2026, 1, 27, tzinfo=UTC)


def order(*steps: tuple[Activity, Actor, dict[str, Value]], facts: dict[str, Value] | None = None) -> OrderHistory:
    events = tuple(
        Event(f"e{n}", "1", activity, START + timedelta(minutes=n), actor, fields)
        for n, (activity, actor, fields) in enumerate(steps)
    )
    return OrderHistory("1", facts or {}, {}, events)


def message(actor: Actor, text: str, **fields: Value) -> tuple[Activity, Actor, dict[str, Value]]:
    return Activity.MESSAGE_SENT, actor, {"text": text, **fields}


def test_solicitation_is_annotated_with_its_words(lexicon: Lexicon) -> None:
    """Rules match `solicits`; findings quote `solicits_words`."""
    history = order(
        message(Actor.SELLER, "在庫がございませんので、お客様の方でキャンセルのお手続きをお願いいたします。")
    )
    fields = annotate(history, lexicon).events[0].attributes
    assert fields["solicits"] == "explicit"
    assert fields["solicits_words"] == ("キャンセルのお手続きをお願い",)
    assert fields["lang"] == "ja"
    assert fields["gives_reason"] == "no"


def test_notice_of_cancellation_gives_its_reason(lexicon: Lexicon) -> None:
    """Telling the buyer why the order was cancelled is no solicitation."""
    text = "ご注文の商品が在庫切れとなったため、キャンセルいたしました。"
    fields = annotate(order(message(Actor.SELLER, text)), lexicon).events[0].attributes
    assert [fields[n] for n in ("solicits", "gives_reason", "states_cancellation")] == ["no", "yes", "yes"]


def test_reason_belongs_to_a_cancellation(lexicon: Lexicon) -> None:
    """A reason for a delay is none for a cancellation, until the order has been cancelled."""
    late = message(Actor.SELLER, "out of stock, sorry")
    cancelled = (Activity.ORDER_CANCELLED, Actor.SELLER, {})
    assert annotate(order(late), lexicon).events[0].attributes["gives_reason"] == "no"
    assert annotate(order(cancelled, late), lexicon).events[1].attributes["gives_reason"] == "yes"


def test_reason_and_cancellation_may_come_in_two_messages(lexicon: Lexicon) -> None:
    """What the seller said just before is part of the notice."""
    history = order(message(Actor.SELLER, "亲，缺货了"), message(Actor.SELLER, "我们已经为您取消订单"))
    assert annotate(history, lexicon).events[1].attributes["gives_reason"] == "yes"


def test_order_confirmation_and_ship_date(lexicon: Lexicon) -> None:
    """Advice asks for the order's details and the expected shipping time."""
    text = "Thank you for your order! Item: mug, qty 1. It ships within 2 business days."
    fields = annotate(order(message(Actor.SELLER, text)), lexicon).events[0].attributes
    assert [fields[n] for n in ("confirms_order", "states_ship_date", "solicits")] == ["yes", "yes", "no"]


def test_message_without_text_stays_unknown(lexicon: Lexicon) -> None:
    """An image has no text, so nothing is known of what it says."""
    history = order((Activity.MESSAGE_SENT, Actor.SELLER, {"message_type": "IMAGE"}))
    assert annotate(history, lexicon) == history


def test_request_to_the_platform_counts_as_asking_first(lexicon: Lexicon) -> None:
    """A buyer's pending request is a wish as good as a message."""
    requested = (Activity.CANCEL_REQUESTED, Actor.BUYER, {})
    history = order(requested, message(Actor.SELLER, "please cancel it in the app"))
    assert annotate(history, lexicon).events[1].attributes["solicits"] == "no"


def test_what_the_log_gives_stays(lexicon: Lexicon) -> None:
    """A language or verdict that the log carries is not overwritten."""
    history = order(message(Actor.SELLER, "please cancel", lang="zh", solicits="no"))
    fields = annotate(history, lexicon).events[0].attributes
    assert (fields["lang"], fields["solicits"]) == ("zh", "no")


def test_buyer_language_is_inferred_from_the_buyer(lexicon: Lexicon) -> None:
    """Most of the buyer's own messages decide; a given fact stays."""
    chat = (message(Actor.BUYER, "いつ届きますか"), message(Actor.SELLER, "please wait"))
    assert annotate(order(*chat), lexicon).facts["buyer_language"] == "ja"
    assert annotate(order(*chat, facts={"buyer_language": "en"}), lexicon).facts["buyer_language"] == "en"


def test_history_without_messages_is_returned_as_it_is(lexicon: Lexicon) -> None:
    """Nothing is copied where there is nothing to read."""
    history = order((Activity.ORDER_CREATED, Actor.BUYER, {}))
    assert annotate(history, lexicon) is history
