"""Does each sentence about the world set up what it says?"""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from checker.harness.cases import Case
from checker.harness.world import judging
from checker.model.activity import Activity, Observable
from checker.model.deadline import Duration, Unit
from checker.model.error import PolicyError
from checker.model.event import Actor, Precision
from checker.model.history import Span
from checker.model.policy import Percent

Told = Callable[..., tuple[Case, ...]]
END = ("the order is checked at 2025-12-05 10:00", "rule seller_answers_cancel_request finds nothing")


def world(told: Told, *steps: str) -> Case:
    (case,) = told(*steps, *END)
    return case


def test_an_event_with_its_remarks(told: Told) -> None:
    """Time in the policy's zone, actor, fields, precision and time of recording."""
    case = world(
        told,
        "at 2025-12-01 10:00 the buyer asks to cancel "
        '(request R1, reason code late, giving "too late", recorded at 2025-12-01 11:00, known to the minute)',
    )
    event = case.orders[0].events[-1]
    assert (event.activity, event.actor) == (Activity.CANCEL_REQUESTED, Actor.BUYER)
    assert event.occurred_at == datetime(2025, 12, 1, 1, 0, tzinfo=UTC)
    assert event.recorded_at == datetime(2025, 12, 1, 2, 0, tzinfo=UTC)
    assert event.precision is Precision.MINUTE
    assert event.attributes == {"request_id": "R1", "reason": "late", "reason_text": "too late"}


def test_events_come_in_canonical_order(told: Told) -> None:
    """The order of the lines does not count; at one instant the rank of the activity decides."""
    case = world(told, "at 2025-12-01 10:00 the seller cancels the order", "at 2025-12-01 10:00 the buyer pays")
    names = [event.activity for event in case.orders[0].events]
    assert names == [Activity.ORDER_CREATED, Activity.PAYMENT_SUCCEEDED, Activity.ORDER_CANCELLED]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("local", "local"),
        ("2025-12-05", date(2025, 12, 5)),
        ("2025-12-05 24:00", datetime(2025, 12, 5, 14, 59, 59, 999999, tzinfo=UTC)),
        ('"any text"', "any text"),
        ("some_code", "some_code"),
    ],
)
def test_a_fact_has_the_type_that_its_text_shows(told: Told, text: str, value: object) -> None:
    """A word, a day, an instant, a text, a code."""
    assert world(told, f"the order's kind of shipping is {text}").world.facts == {"shipping": value}


def test_what_the_log_cannot_show(told: Told) -> None:
    """A kind of event is hidden; a log that begins late loses what came before; one that ends says until when."""
    blind = world(told, "the log does not show messages").world.observes
    assert set(Observable) - set(blind) == {Observable.MESSAGES}
    cut = world(told, "the log begins at 2025-12-01 09:00")
    assert cut.orders[0].events == ()
    assert cut.world.observes[Observable.STATUS] == Span(start=datetime(2025, 12, 1, 0, 0, tzinfo=UTC))
    ended = world(told, "the log is complete only until 2025-12-02 09:00").world.observes
    assert ended[Observable.STATUS] == Span(end=datetime(2025, 12, 2, 0, 0, tzinfo=UTC))


def test_a_message_is_read_by_the_markets_lexicon(told: Told) -> None:
    """A quoted text gets the annotations that an audit would give it."""
    text = "在庫がございませんので、お客様の方でキャンセル申請をお願いいたします。"
    event = world(told, f'at 2025-12-01 10:00 the seller writes "{text}"').orders[0].events[-1]
    assert (event.attributes["solicits"], event.attributes["lang"]) == ("explicit", "ja")


def test_assumptions_fill_unpublished_numbers(told: Told) -> None:
    """Durations and percentages, marked as assumed."""
    case = world(
        told, "the shop assumes cancel_notice to be 24 hours", "the shop assumes seller_fault_limit to be 2.5%"
    )
    (policy,) = judging(case.world)
    notice, limit = policy.parameters["cancel_notice"], policy.parameters["seller_fault_limit"]
    assert (notice.value, notice.assumed) == (Duration(Unit.HOURS, 24), True)
    assert limit.value == Percent("2.5")


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        ("the shop assumes cancel_notce to be 24 hours", "no parameter `cancel_notce` in `"),
        (
            "the shop assumes cancel_notice to be 3 working days",
            "`3 working_days` does not fit the parameter `cancel_notice`",
        ),
        (
            "the shop assumes seller_fault_limit to be 3 hours",
            "`3 hours` does not fit the parameter `seller_fault_limit`",
        ),
    ],
)
def test_an_assumption_must_fit(told: Told, step: str, problem: str) -> None:
    """Name and unit are the policy's."""
    with pytest.raises(PolicyError, match=problem):
        judging(world(told, step).world)


def test_more_orders_of_the_shop(told: Told) -> None:
    """They count for rates and have no other events."""
    case = world(
        told,
        "2 more orders are placed at 2025-12-01 09:00",
        "1 more orders are placed at 2025-12-01 09:00 and cancelled by the seller (reason code x)",
    )
    assert [[event.activity.value for event in order.events] for order in case.orders[1:]] == [
        ["order_created"],
        ["order_created"],
        ["order_created", "order_cancelled"],
    ]
    assert len({order.order_id for order in case.orders}) == 4
