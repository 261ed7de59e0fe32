"""Orders of the order API."""

import json
from pathlib import Path
from typing import Any

import pytest

from checker.loading.logs import LogOptions, load_log
from checker.model.activity import Activity, Observable
from checker.model.event import Actor
from checker.model.report import EventLog

AT = 1769389200
PAID: dict[str, Any] = {
    "id": "582300000000000101",
    "status": "AWAITING_SHIPMENT",
    "create_time": AT,
    "paid_time": AT + 9,
}


def orders(folder: Path, document: object, options: LogOptions | None = None) -> EventLog:
    (folder / "orders.json").write_text(json.dumps(document), encoding="utf-8")
    return load_log([folder / "orders.json"], options or LogOptions())


@pytest.mark.parametrize(
    "document",
    [
        {"code": 0, "message": "Success", "data": {"orders": [PAID], "next_page_token": ""}},
        {"data": {"orders": [PAID]}},
        {"orders": [PAID]},
        [PAID],
        PAID,
        {"response": {"code": 0, "data": {"orders": [PAID]}}},
        [{"code": 0, "data": {"orders": [PAID]}}],
    ],
)
def test_answers_bare_data_lists_and_single_orders_say_the_same(tmp_path: Path, document: object) -> None:
    """An order is found in whatever it is wrapped."""
    log = orders(tmp_path, document)
    assert [event.activity for event in log.histories[0].events] == [
        Activity.ORDER_CREATED,
        Activity.PAYMENT_SUCCEEDED,
    ]
    assert set(log.histories[0].observes) == {Observable.STATUS, Observable.PAYMENT, Observable.CANCELLATIONS}


def test_answers_may_come_one_a_line(tmp_path: Path) -> None:
    """JSON Lines of answers, each a page."""
    pages = ({"code": 0, "data": {"orders": [PAID | {"id": str(n)}], "next_page_token": "x"}} for n in (1, 2))
    (tmp_path / "pages.jsonl").write_text("\n".join(map(json.dumps, pages)))
    log = load_log([tmp_path / "pages.jsonl"])
    assert [history.order_id for history in log.histories] == ["1", "2"]
    assert log.histories[1].events[0].refs[0].line == 2
    assert log.problems[0].reason == "a list of order records is cut off (2, and more follow)"


def test_with_a_time_of_reading_deadlines_are_events(tmp_path: Path) -> None:
    """Deadlines move: one seen at a known time is an event of that time."""
    due = PAID | {"rts_sla_time": AT + 1000, "shipping_due_time": AT + 2000}
    history = orders(
        tmp_path, {"observed_at": "2026-01-26T02:00:00Z", "response": {"data": {"orders": [due]}}}
    ).histories[0]
    moved = [event for event in history.events if event.activity is Activity.DEADLINE_SET]
    assert [event.attributes["deadline_name"] for event in moved] == ["rts_sla", "shipping_due"]
    assert str(moved[0].occurred_at) == "2026-01-26 02:00:00+00:00"
    assert "rts_sla" not in history.facts
    assert str(history.observes[Observable.STATUS].end) == "2026-01-26 02:00:00+00:00"


def test_the_later_snapshot_speaks(tmp_path: Path) -> None:
    """Facts are those of the latest record, wherever it stands."""
    late = PAID | {"status": "IN_TRANSIT", "update_time": AT + 500}
    log = orders(tmp_path, [late, PAID | {"update_time": AT + 100}])
    assert log.histories[0].facts["status"] == "IN_TRANSIT"


@pytest.mark.parametrize(
    ("fields", "status"),
    [({}, "ON_HOLD"), ({"is_on_hold_order": True}, "ON_HOLD"), ({"is_on_hold_order": False}, "AWAITING_SHIPMENT")],
)
def test_payment_leads_to_on_hold_where_the_shop_has_it(tmp_path: Path, fields: dict[str, Any], status: str) -> None:
    """Two flows exist by shop."""
    assert orders(tmp_path, PAID | fields).histories[0].events[1].attributes["status"] == status


def test_cash_on_delivery_is_paid_at_the_door(tmp_path: Path) -> None:
    """Such an order never waits for payment."""
    door = PAID | {"is_cod": True, "paid_time": AT + 99, "delivery_time": AT + 99, "status": "DELIVERED"}
    history = orders(tmp_path, door).histories[0]
    assert [event.attributes["status"] for event in history.events] == ["AWAITING_SHIPMENT", "DELIVERED", "DELIVERED"]
    assert history.facts["is_cod"] is True


def test_only_line_items_tell_an_operator(tmp_path: Path) -> None:
    """The order level says SYSTEM where the line items say OPERATOR."""
    cancelled = PAID | {"status": "CANCELLED", "cancel_time": AT + 50, "cancellation_initiator": "SYSTEM"}
    items = [{"id": "1", "cancel_user": "OPERATOR"}]
    assert orders(tmp_path, cancelled).histories[0].events[-1].actor is Actor.PLATFORM
    assert orders(tmp_path, cancelled | {"line_items": items}).histories[0].events[-1].actor is Actor.OPERATOR


def test_options_are_facts_of_orders_that_say_nothing_else(tmp_path: Path) -> None:
    """Market, shop and way of shipping come from the user; a record says more."""
    options = LogOptions(market="VN", shop_id="8", shipping="local")
    facts = orders(tmp_path, PAID | {"seller_type": "CROSS_BORDER"}, options).histories[0].facts
    assert (facts["market"], facts["shop_id"], facts["shipping"]) == ("VN", "8", "cross_border")


def test_ids_as_numbers_are_read_exactly_and_reported(tmp_path: Path) -> None:
    """18 digits in a JSON number are exact here, and a warning for other readers."""
    log = orders(tmp_path, PAID | {"id": 582300000000000101})
    assert log.histories[0].order_id == "582300000000000101"
    assert log.problems[0].reason == "`id` is a number, not text"


def test_a_failed_answer_is_reported(tmp_path: Path) -> None:
    """An error answer in a dump means that something is missing."""
    log = orders(tmp_path, {"code": 36009003, "message": "Internal error", "data": {}})
    assert log.problems[0].reason == "answer with error code 36009003: `Internal error`"
    assert log.tally.quarantined == 1


def test_a_broken_order_does_not_hide_the_next(tmp_path: Path) -> None:
    """The problem names its place in the document."""
    log = orders(tmp_path, {"orders": [{"status": "UNPAID"}, PAID, "text"]})
    assert [problem.path.partition("#")[2] for problem in log.problems] == ["/orders/0", "/orders/2"]
    assert log.problems[0].reason == "missing field `order_id`"
    assert len(log.histories) == 1
