"""Are messages read in columns as they are read in histories?"""

import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from checker.check import read_messages
from checker.check.columns import read_messages_in
from checker.columns import as_columns
from checker.engines.store import histories_from
from checker.loading.lexicons import load_lexicons
from checker.loading.policies import load_policies, shipped_policies
from checker.model.activity import Activity
from checker.model.event import Actor, Event, Value
from checker.model.history import OrderHistory

TEXTS = (
    "在庫がありません。キャンセルをお願いします",
    "申し訳ございません。在庫切れのため、こちらでキャンセルいたしました",
    "キャンセルしたいです",
    "本日発送いたしました。ありがとうございます",
    "please cancel the order, it is out of stock",
    "お手続き",
    "よろしくお願いします",
)
ACTIVITIES = (Activity.MESSAGE_SENT,) * 6 + (
    Activity.CANCEL_WITHDRAWN,
    Activity.CANCEL_REQUESTED,
    Activity.RETURN_REQUESTED,
    Activity.DELIVERED,
    Activity.COMPLETED,
    Activity.ORDER_CANCELLED,
    Activity.PAYMENT_SUCCEEDED,
)


def order(rng: random.Random, number: int) -> OrderHistory:
    """One order of few kinds of steps, some of its messages without text or read already."""
    events = []
    for place in range(rng.randrange(8)):
        given: dict[str, Value | None] = {
            "text": rng.choice([*TEXTS, None]),
            "lang": rng.choice(["zh", None, None]),
            "solicits": rng.choice(["no", None, None]),
            "solicits_words": rng.choice([("x",), None, None, None]),
        }
        attributes = {name: value for name, value in given.items() if value is not None}
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=place)
        actor = rng.choice([Actor.SELLER, Actor.SELLER, Actor.BUYER, Actor.UNKNOWN, Actor.PLATFORM])
        events.append(Event(f"{number}-{place}", f"{number:05}", rng.choice(ACTIVITIES), at, actor, attributes))
    facts: dict[str, Value] = {"market": rng.choice(["JP", "JP", "US", "XX"])}
    facts |= rng.choice([{}, {"buyer_language": "ko"}, {"buyer_language": True}])
    return OrderHistory(f"{number:05}", facts, {}, tuple(events))


@pytest.mark.parametrize("seed", range(6))
def test_threads_are_read_alike(seed: int) -> None:
    """Fields, and the language of the buyer, are those of reading order by order; what the log gives stays."""
    rng = random.Random(seed)  # noqa: S311 - it must repeat itself
    orders = [order(rng, number) for number in range(120)]
    policies, lexicons = load_policies(), load_lexicons(shipped_policies() / "lexicons")
    found = read_messages_in(as_columns(orders), policies, lexicons)
    assert list(histories_from(found.orders, found.events, np.arange(120))) == list(
        read_messages(orders, policies, lexicons)
    )


def test_orders_without_messages_stay_as_they_are() -> None:
    """Where nobody says anything nothing is read."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    event = Event("1", "1", Activity.ORDER_CREATED, at, Actor.BUYER, {})
    orders = as_columns([OrderHistory("1", {"market": "JP"}, {}, (event,))])
    lexicons = load_lexicons(shipped_policies() / "lexicons")
    assert read_messages_in(orders, load_policies(), lexicons) == orders
