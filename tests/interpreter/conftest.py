"""Histories for the interpreter's tests: orders in which everything happens at once, and orders made by hand."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st

from checker.loading import load_policies
from checker.model.activity import RANK, Activity, Observable
from checker.model.event import Actor, Event, Precision, Value
from checker.model.history import OrderHistory, Span
from checker.model.policy import Policy

START = datetime(2026, 1, 5, tzinfo=UTC)
# Deadlines of the shipped policy meet at these offsets, so that events fall on, before and after due instants.
HOURS = (0, 0, 1, 2, 24, 48, 49, 50, 72, 96, 24 * 20)
TICKS = (-1, 0, 0, 1)
TEXTS = {
    "reason": ("seller_cancel_reason_out_of_stock", "buyer_cancel_late_shipment", "package_lost", "other"),
    "request_id": ("r1", "r2"),
    "solicits": ("explicit", "indirect", "no"),
    "gives_reason": ("yes", "no"),
    "confirms_order": ("yes", "no"),
    "states_ship_date": ("yes", "no"),
    "states_cancellation": ("yes", "no"),
    "lang": ("ja", "zh"),
    "channel": ("email", "seller_center"),
    "status": ("UNPAID", "AWAITING_SHIPMENT", "IN_TRANSIT", "DELIVERED", "COMPLETED", "CANCELLED"),
}


def ordered(events: Sequence[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (event.occurred_at, RANK[event.activity])))


@st.composite
def event(draw: st.DrawFn, number: int) -> Event:
    moment = START + timedelta(hours=draw(st.sampled_from(HOURS)), microseconds=draw(st.sampled_from(TICKS)))
    fields = draw(st.frozensets(st.sampled_from(sorted(TEXTS)), max_size=6))
    attributes: dict[str, Value] = {name: draw(st.sampled_from(TEXTS[name])) for name in sorted(fields)}
    return Event(
        event_id=f"e{number}",
        order_id="o1",
        activity=draw(st.sampled_from(sorted(set(Activity) - {Activity.DEADLINE_SET}))),
        occurred_at=moment,
        actor=draw(st.sampled_from([Actor.BUYER, Actor.SELLER, Actor.PLATFORM, Actor.UNKNOWN])),
        attributes=attributes,
        precision=draw(st.sampled_from([Precision.SECOND] * 8 + [Precision.MINUTE, Precision.DAY])),
    )


@st.composite
def histories(draw: st.DrawFn) -> OrderHistory:
    """Orders of up to ten events in a few days, half of them with a beginning, some in a log with blind spots."""
    events = [draw(event(number)) for number in range(draw(st.integers(0, 10)))]
    if draw(st.booleans()):
        events.append(Event("s1", "o1", Activity.ORDER_CREATED, START, Actor.BUYER, {"status": "UNPAID"}))
    shown = draw(st.sampled_from([tuple(Observable), tuple(Observable), tuple(Observable)[:5], ()]))
    end = draw(st.sampled_from([None, START + timedelta(hours=50)]))
    facts = draw(st.sampled_from([{"shipping": "local", "buyer_language": "ja"}, {}]))
    return OrderHistory("o1", facts, {name: Span(None, end) for name in shown}, ordered(events))


@pytest.fixture(scope="session")
def histories_of_orders() -> st.SearchStrategy[OrderHistory]:
    """Random orders."""
    return histories()


@pytest.fixture(scope="session")
def policies() -> tuple[Policy, ...]:
    """The shipped policies of one market."""
    return tuple(policy for policy in load_policies() if policy.id == "tiktok_shop.jp.order_cancellation")


@pytest.fixture(scope="session")
def order() -> Callable[..., OrderHistory]:
    """An order of these events, in a log that shows everything."""

    def made(*events: Event, **facts: Value) -> OrderHistory:
        return OrderHistory("o1", facts, {name: Span() for name in Observable}, ordered(events))

    return made
