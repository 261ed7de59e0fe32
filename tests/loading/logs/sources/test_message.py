"""Conversations and messages of the customer-service API."""

import json
from pathlib import Path
from typing import Any

import pytest

from checker.loading.logs import load_log
from checker.model.activity import Activity
from checker.model.event import Actor
from checker.model.report import EventLog

AT = 1769475000
ORDER = "582300000000000105"


def message(number: int, kind: str, content: object, role: str = "CUSTOMER_SERVICE", after: int = 0) -> dict[str, Any]:
    said = content if isinstance(content, str) else json.dumps(content)
    sender = {"role": role, "im_user_id": "1", "nickname": "n"}
    return {"id": str(number), "type": kind, "content": said, "create_time": AT + after, "sender": sender}


CARD = message(1, "ORDER_CARD", {"order_id": ORDER})


def dump(folder: Path, *messages: object) -> EventLog:
    answer = {"request_conversation_id": "76", "response": {"code": 0, "data": {"messages": messages}}}
    (folder / "messages.json").write_text(json.dumps({"get_conversation_messages": [answer]}), encoding="utf-8")
    return load_log([folder / "messages.json"])


@pytest.mark.parametrize(
    ("role", "actor"),
    [
        ("BUYER", Actor.BUYER),
        ("SHOP", Actor.SELLER),
        ("CUSTOMER_SERVICE", Actor.SELLER),
        ("ROBOT", Actor.SELLER),
        ("SYSTEM", Actor.PLATFORM),
        ("GUEST", Actor.UNKNOWN),
    ],
)
def test_the_sender_is_known_by_role(tmp_path: Path, role: str, actor: Actor) -> None:
    """The shop's robot speaks for the seller; the platform writes under the shop's id too."""
    (event,) = dump(tmp_path, CARD, message(2, "TEXT", {"content": "hi"}, role)).histories[0].events
    assert (event.activity, event.actor, event.attributes["text"]) == (Activity.MESSAGE_SENT, actor, "hi")
    assert event.event_id == "message:2"


def test_a_picture_is_a_message_without_words(tmp_path: Path) -> None:
    """What a picture says is unknown, that it was sent is not."""
    (event,) = dump(tmp_path, CARD, message(2, "IMAGE", {"url": "u"})).histories[0].events
    assert event.attributes["message_type"] == "IMAGE"
    assert "text" not in event.attributes


def test_cards_and_notices_are_no_messages(tmp_path: Path) -> None:
    """They tie a conversation to an order, or come from the platform's own pages."""
    log = dump(tmp_path, CARD, message(2, "NOTIFICATION", {"content": "x"}, "SYSTEM"), message(3, "COUPON_CARD", {}))
    assert log.histories == ()
    assert (log.tally.used, log.tally.ignored) == (1, 2)


def test_the_latest_card_before_a_message_tells_its_order(tmp_path: Path) -> None:
    """A conversation about two orders is divided at its cards, and marked as inferred."""
    second = message(3, "ORDER_CARD", {"order_id": "9"}, after=20)
    said = (message(n, "TEXT", {"content": str(n)}, after=at) for n, at in ((4, -5), (5, 10), (6, 30)))
    log = dump(tmp_path, second, *said, CARD)
    told = [(event.order_id, event.attributes["text"], event.inferred) for h in log.histories for event in h.events]
    assert told == [(ORDER, "4", True), (ORDER, "5", True), ("9", "6", True)]


def test_plain_content_is_the_text(tmp_path: Path) -> None:
    """A content that is no JSON is taken as it stands."""
    (event,) = dump(tmp_path, CARD, message(2, "TEXT", "just words")).histories[0].events
    assert event.attributes["text"] == "just words"


def test_messages_of_one_second_keep_the_order_of_their_ids(tmp_path: Path) -> None:
    """Answers come newest first; ids grow."""
    said = (message(n, "TEXT", {"content": str(n)}) for n in (11, 10, 9))
    events = dump(tmp_path, *said, CARD).histories[0].events
    assert [event.attributes["text"] for event in events] == ["9", "10", "11"]


def test_a_message_fetched_twice_counts_once(tmp_path: Path) -> None:
    """A new nickname does not make another message."""
    twice = message(2, "TEXT", {"content": "hi"})
    log = dump(tmp_path, CARD, twice, twice | {"sender": {"role": "CUSTOMER_SERVICE", "nickname": "other"}})
    assert (log.tally.duplicates, len(log.histories[0].events)) == (1, 1)


def test_a_message_without_time_is_quarantined(tmp_path: Path) -> None:
    """Its id alone places it nowhere."""
    log = dump(tmp_path, CARD, {**message(2, "TEXT", {"content": "hi"}), "create_time": 0})
    assert log.problems[0].reason == "missing field `create_time`"
