"""Cancellations of the cancellations API, alone and beside orders."""

import json
from pathlib import Path
from typing import Any

import pytest

from checker.loading.logs import load_log
from checker.model.activity import Activity, Observable
from checker.model.event import Actor
from checker.model.history import Span
from checker.model.report import EventLog

AT = 1769472900
HOUR = 3600
ORDER = "582300000000000103"


def cancellation(status: str, after: int = 10, **more: object) -> dict[str, Any]:
    return {
        "cancel_id": "4035",
        "order_id": ORDER,
        "cancel_type": "BUYER_CANCEL",
        "role": "BUYER",
        "cancel_status": f"CANCELLATION_REQUEST_{status}",
        "cancel_reason": "ecom_order_unpaid_canceled_reason_better_price",
        "create_time": AT,
        "update_time": AT + after,
    } | more


def load(folder: Path, *cancellations: object, orders: tuple[object, ...] = (), **page: object) -> EventLog:
    document = {"cancellations": cancellations, **page}
    (folder / "c.json").write_text(json.dumps(document), encoding="utf-8")
    (folder / "o.json").write_text(json.dumps({"orders": orders}), encoding="utf-8")
    return load_log([folder / "c.json", *([folder / "o.json"] if orders else [])])


def told(log: EventLog) -> list[tuple[Activity, Actor, int]]:
    events = (event for history in log.histories for event in history.events)
    return [(event.activity, event.actor, int(event.occurred_at.timestamp()) - AT) for event in events]


@pytest.mark.parametrize(
    ("after", "decider"),
    [
        (2, Actor.PLATFORM),
        (3, Actor.SELLER),
        (48 * HOUR - 1, Actor.SELLER),
        (48 * HOUR, Actor.PLATFORM),
        (48 * HOUR + 1, Actor.PLATFORM),
    ],
)
def test_who_approved_is_inferred_from_the_time(tmp_path: Path, after: int, decider: Actor) -> None:
    """At once or from the deadline on it was the platform, in between the seller."""
    log = load(tmp_path, cancellation("SUCCESS", after))
    approval = log.histories[0].events[1]
    assert (approval.activity, approval.actor, approval.inferred) == (Activity.CANCEL_APPROVED, decider, True)


def test_the_platforms_own_deadline_goes_before_the_response_time(tmp_path: Path) -> None:
    """A pending snapshot tells the deadline by which the later approval is judged."""
    steps = [{"action": "SELLER_RESPOND_CANCEL", "deadline": AT + 24 * HOUR}]
    pending = cancellation("PENDING", 0, seller_next_action_response=steps)
    log = load(tmp_path, pending, cancellation("SUCCESS", 30 * HOUR))
    assert told(log)[1] == (Activity.CANCEL_APPROVED, Actor.PLATFORM, 30 * HOUR)


def test_a_free_cancel_is_approved_by_the_platform_itself(tmp_path: Path) -> None:
    """CANCEL by the buyer is accepted without the seller; nothing is inferred."""
    log = load(tmp_path, cancellation("COMPLETE", 1, cancel_type="CANCEL"))
    assert told(log)[1][:2] == (Activity.CANCEL_APPROVED, Actor.PLATFORM)
    assert not log.histories[0].events[1].inferred
    assert log.histories[0].facts["refund_issued"] is True


@pytest.mark.parametrize("spelling", ["CANCEL", "CANCELLED"])
def test_a_closed_request_is_closed_in_both_spellings(tmp_path: Path, spelling: str) -> None:
    """Neither rejected nor withdrawn: the API does not say."""
    assert told(load(tmp_path, cancellation(spelling)))[1] == (Activity.CANCEL_CLOSED, Actor.UNKNOWN, 10)


@pytest.mark.parametrize(("role", "actor"), [("SELLER", Actor.SELLER), ("SYSTEM", Actor.PLATFORM)])
def test_others_cancel_without_a_request(tmp_path: Path, role: str, actor: Actor) -> None:
    """The initiator is the role, and only buyers ask."""
    log = load(tmp_path, cancellation("SUCCESS", 0, role=role, cancel_type="CANCEL"))
    assert told(log) == [(Activity.ORDER_CANCELLED, actor, 0)]


def test_an_unknown_status_keeps_the_request(tmp_path: Path) -> None:
    """No decision is read from what is not known."""
    log = load(tmp_path, cancellation("MAYBE"))
    assert told(log) == [(Activity.CANCEL_REQUESTED, Actor.BUYER, 0)]
    assert log.problems[0].reason == "unknown cancel status `MAYBE`"


def test_the_approval_is_not_later_than_the_cancellation(tmp_path: Path) -> None:
    """The last change of a complete cancellation may be the refund, days after the decision."""
    order = {"id": ORDER, "status": "CANCELLED", "create_time": AT - 99, "cancel_time": AT + 20 * HOUR}
    log = load(tmp_path, cancellation("COMPLETE", 90 * HOUR), orders=(order,))
    assert told(log)[2:] == [
        (Activity.CANCEL_APPROVED, Actor.SELLER, 20 * HOUR),
        (Activity.ORDER_CANCELLED, Actor.BUYER, 20 * HOUR),
    ]
    assert log.problems == ()


def test_partial_cancellations_leave_the_order_alive(tmp_path: Path) -> None:
    """Two requests for two of three items; no status follows from either."""
    lines = [{"id": "1"}, {"id": "2"}, {"id": "3"}]
    order = {"id": ORDER, "status": "AWAITING_SHIPMENT", "create_time": AT - 99, "line_items": lines}
    parts = (
        cancellation("SUCCESS", HOUR, cancel_id="5", cancel_line_items=[{"order_line_item_id": "1"}]),
        cancellation("SUCCESS", 2 * HOUR, cancel_id="6", cancel_line_items=[{"order_line_item_id": "2"}]),
    )
    events = load(tmp_path, *parts, orders=(order,)).histories[0].events
    ends = [event.attributes for event in events if event.activity is Activity.ORDER_CANCELLED]
    assert [end["line_item_ids"] for end in ends] == [("1",), ("2",)]
    assert not any("status" in end for end in ends)


def test_the_last_of_several_cancellations_ends_the_order(tmp_path: Path) -> None:
    """The order's own cancel time belongs to the request decided with it."""
    lines = [{"id": "1"}, {"id": "2"}]
    order = {"id": ORDER, "status": "CANCELLED", "create_time": AT - 99, "line_items": lines}
    parts = (
        cancellation("SUCCESS", HOUR, cancel_id="5", cancel_line_items=[{"order_line_item_id": "1"}]),
        cancellation("SUCCESS", 2 * HOUR, cancel_id="6", cancel_line_items=[{"order_line_item_id": "2"}]),
    )
    log = load(tmp_path, *parts, orders=(order | {"cancel_time": AT + 2 * HOUR},))
    ends = [e.attributes for e in log.histories[0].events if e.activity is Activity.ORDER_CANCELLED]
    assert [(end["request_id"], end.get("status")) for end in ends] == [("5", None), ("6", "CANCELLED")]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ({"next_page_token": "", "total_count": 1}, True),
        ({"next_page_token": ""}, True),
        ({"next_page_token": "", "total_count": 2}, False),
        ({"next_page_token": "more"}, False),
        ({}, False),
    ],
)
def test_only_a_complete_list_speaks_for_orders_that_it_lacks(
    tmp_path: Path, page: dict[str, Any], shown: bool
) -> None:
    """No cancellation in a cut list is no proof that there was none."""
    log = load(tmp_path, cancellation("PENDING"), orders=({"id": "9", "status": "UNPAID", "create_time": AT},), **page)
    other = {history.order_id: history.observes for history in log.histories}["9"]
    assert (other.get(Observable.CANCEL_REQUESTS) == Span()) is shown
