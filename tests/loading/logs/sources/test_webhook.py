"""Webhook pushes of TikTok Shop."""

import json
from pathlib import Path
from typing import Any

import pytest

from checker.loading.logs import load_log
from checker.model.activity import Activity, Observable
from checker.model.event import Actor
from checker.model.report import EventLog

AT = 1769389200
ORDER = "582300000000000101"


def push(kind: object, data: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"type": kind, "shop_id": "7", "timestamp": AT + 100, "data": data} | more


def pushes(folder: Path, *rows: object) -> EventLog:
    path = folder / "pushes.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return load_log([path])


def cancellation(status: str, role: str = "BUYER", after: int = 0) -> dict[str, Any]:
    data = {"order_id": ORDER, "cancel_id": "4", "cancellations_role": role, "create_time": AT}
    return push(11, data | {"cancel_status": f"CANCELLATION_REQUEST_{status}"}, timestamp=AT + after)


def told(log: EventLog) -> list[tuple[Activity, Actor, int]]:
    events = (event for history in log.histories for event in history.events)
    return [(event.activity, event.actor, int(event.occurred_at.timestamp()) - AT) for event in events]


def test_cancel_means_cancelled(tmp_path: Path) -> None:
    """Webhook 1 spells the status CANCEL and does not say who cancelled."""
    log = pushes(tmp_path, push(1, {"order_id": ORDER, "order_status": "CANCEL", "update_time": AT}))
    assert told(log) == [(Activity.ORDER_CANCELLED, Actor.UNKNOWN, 0)]
    assert log.histories[0].events[0].attributes["status"] == "CANCELLED"
    assert log.histories[0].facts["shop_id"] == "7"


def test_an_unknown_status_is_kept_and_reported(tmp_path: Path) -> None:
    """A state of tomorrow is a status change with that name."""
    log = pushes(tmp_path, push(1, {"order_id": ORDER, "order_status": "LOST", "update_time": AT}))
    assert log.histories[0].events[0].attributes["status"] == "LOST"
    assert log.problems[0].reason == "unknown status `LOST`"


def test_the_decision_is_dated_by_the_earliest_push(tmp_path: Path) -> None:
    """SUCCESS and COMPLETE tell of one approval; two hours are before the deadline, so the seller decided."""
    rows = (cancellation("COMPLETE", after=7300), cancellation("PENDING"), cancellation("SUCCESS", after=7200))
    assert told(pushes(tmp_path, *rows)) == [
        (Activity.CANCEL_REQUESTED, Actor.BUYER, 0),
        (Activity.CANCEL_APPROVED, Actor.SELLER, 7200),
        (Activity.ORDER_CANCELLED, Actor.BUYER, 7200),
    ]


def test_a_lost_success_push_does_not_lose_the_approval(tmp_path: Path) -> None:
    """COMPLETE alone implies the approval and the refund."""
    log = pushes(tmp_path, cancellation("COMPLETE", after=7300))
    assert [activity for activity, _, _ in told(log)] == [
        Activity.CANCEL_REQUESTED,
        Activity.CANCEL_APPROVED,
        Activity.ORDER_CANCELLED,
    ]
    assert log.histories[0].facts["refund_issued"] is True


@pytest.mark.parametrize(("role", "actor"), [("SELLER", Actor.SELLER), ("SYSTEM", Actor.PLATFORM)])
def test_others_than_the_buyer_cancel_without_a_request(tmp_path: Path, role: str, actor: Actor) -> None:
    """The creation of such a cancellation is the cancellation."""
    assert told(pushes(tmp_path, cancellation("SUCCESS", role, 50))) == [(Activity.ORDER_CANCELLED, actor, 0)]


def test_a_closed_request_is_neither_rejected_nor_withdrawn(tmp_path: Path) -> None:
    """The API has one status for both."""
    assert told(pushes(tmp_path, cancellation("CANCELLED", after=60)))[1] == (Activity.CANCEL_CLOSED, Actor.UNKNOWN, 60)


def test_cloud_events_and_receiver_wrappers_are_unwrapped(tmp_path: Path) -> None:
    """An envelope around the envelope changes nothing."""
    inner = push(1, {"order_id": ORDER, "order_status": "IN_TRANSIT", "update_time": AT}, tts_notification_id="1")
    rows = (
        {"specversion": "1.0", "id": "a", "source": "s", "type": "t", "time": "2026-01-26T01:05:00Z", "data": inner},
        {"received_at": "2026-01-26T01:05:00Z", "body": json.dumps(inner)},
        {"received_at": 1769389500, "headers": {"Authorization": "0"}, "payload": inner},
    )
    log = pushes(tmp_path, *rows)
    assert told(log) == [(Activity.COLLECTED, Actor.CARRIER, 0)]
    assert (log.tally.used, log.tally.duplicates) == (1, 2)
    assert int(log.histories[0].events[0].recorded_at.timestamp()) - AT == 100  # type: ignore[union-attr]


def test_refunds_returns_addresses_and_packages(tmp_path: Path) -> None:
    """The other topics about an order."""
    returned = {"order_id": ORDER, "return_id": "5", "return_role": "BUYER", "create_time": AT, "update_time": AT + 9}
    log = pushes(
        tmp_path,
        push(67, {"refund_timestamp": AT + 1, "rma_id": "6", "line_items": [{"main_order_id": ORDER}] * 2}),
        push(12, returned | {"return_status": "AWAITING_BUYER_SHIP"}),
        push(3, {"order_id": ORDER, "update_time": AT + 3}),
        push(4, {"role_type": "ROLE_SELLER", "update_time": AT + 4, "package_list": [{"order_id_list": [ORDER]}]}),
    )
    assert told(log) == [
        (Activity.RETURN_REQUESTED, Actor.BUYER, 0),
        (Activity.REFUND_SUCCEEDED, Actor.PLATFORM, 1),
        (Activity.ADDRESS_UPDATED, Actor.UNKNOWN, 3),
        (Activity.PACKAGE_UPDATED, Actor.SELLER, 4),
        (Activity.RETURN_APPROVED, Actor.UNKNOWN, 9),
    ]
    assert {Observable.REFUNDS, Observable.RETURNS} <= set(log.histories[0].observes)


def test_other_topics_are_ignored_and_unknown_ones_reported(tmp_path: Path) -> None:
    """A product that changed says nothing about an order."""
    log = pushes(tmp_path, push(5, {"product_id": "1"}), push(99, {"x": 1}))
    assert (log.tally.ignored, log.tally.quarantined) == (2, 0)
    assert [problem.reason for problem in log.problems] == ["unknown webhook type `99`"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (push(1, {"order_status": "CANCEL", "update_time": AT}), "missing field `order_id`"),
        (push(1, {"order_id": ORDER, "update_time": AT}), "missing field `order_status` or `update_time`"),
        (push(11, {"order_id": ORDER, "cancel_status": "CANCELLATION_REQUEST_PENDING"}), "missing field `cancel_id`"),
        (push(1, {"order_id": ORDER, "order_status": "CANCEL", "update_time": "soon"}), "no Unix time"),
        ({"received_at": "2026-01-26T01:05:00", "body": push(5, {})}, "naive time"),
    ],
)
def test_a_bad_push_is_quarantined(tmp_path: Path, row: object, reason: str) -> None:
    """The line and the missing field are named."""
    log = pushes(tmp_path, row)
    assert reason in log.problems[0].reason
    assert (log.problems[0].line, log.tally.quarantined) == (1, 1)


def test_a_push_sent_again_later_is_a_duplicate(tmp_path: Path) -> None:
    """The notification id tells, not the time of the push; the first time it was known stays."""
    data = {"order_id": ORDER, "order_status": "IN_TRANSIT", "update_time": AT}
    rows = (push(1, data, tts_notification_id="1", timestamp=AT + n) for n in (120, 5))
    log = pushes(tmp_path, *rows)
    assert (log.tally.used, log.tally.duplicates) == (1, 1)
    assert int(log.histories[0].events[0].recorded_at.timestamp()) - AT == 5  # type: ignore[union-attr]


def test_one_notification_with_two_contents_is_quarantined(tmp_path: Path) -> None:
    """The first one stands."""
    rows = ({"order_id": ORDER, "order_status": status, "update_time": AT} for status in ("IN_TRANSIT", "DELIVERED"))
    log = pushes(tmp_path, *(push(1, data, tts_notification_id="1") for data in rows))
    assert (log.tally.used, log.tally.quarantined) == (1, 1)
    assert told(log) == [(Activity.COLLECTED, Actor.CARRIER, 0)]
