"""What an order export of Seller Center (CSV or XLSX, English or Japanese headers) says."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from checker.loading.logs.clock import WallClock, date_order
from checker.loading.logs.fields import identifier
from checker.loading.logs.options import LogOptions
from checker.loading.logs.record import BadRecord, Coverage, Facts, Notice, Origin, Record
from checker.loading.logs.statuses import actor_of, status_of_label
from checker.loading.logs.tables import Row
from checker.model.activity import Activity, Observable
from checker.model.error import EventLogError
from checker.model.event import Actor, Event, Precision, Value
from checker.model.history import Span

SOURCE = "export"
SHOWS = (Observable.STATUS, Observable.PAYMENT, Observable.CANCELLATIONS)

COLUMNS = {
    "order id": "order_id",
    "注文id": "order_id",
    "order status": "status",
    "注文状況": "status",
    "order substatus": "substatus",
    "注文のサブ状況": "substatus",
    "normal or pre-order": "kind",
    "通常の注文または予約注文": "kind",
    "sku id": "sku_id",
    "seller sku": "seller_sku",
    "セラーsku": "seller_sku",
    "order refund amount": "refund",
    "注文の返金額": "refund",
    "created time": "created",
    "注文作成時刻": "created",
    "paid time": "paid",
    "注文の支払い日時": "paid",
    "rts time": "rts",
    "発送準備完了日時": "rts",
    "shipped time": "shipped",
    "発送日時": "shipped",
    "delivered time": "delivered",
    "配達日時": "delivered",
    "cancelled time": "cancelled",
    "canceled time": "cancelled",
    "キャンセル日時": "cancelled",
    "cancel by": "cancel_by",
    "キャンセル元：": "cancel_by",
    "キャンセル元:": "cancel_by",
    "cancel reason": "cancel_reason",
    "キャンセル理由": "cancel_reason",
    "fulfillment type": "fulfillment",
    "フルフィルメントタイプ": "fulfillment",
    "payment method": "payment",
    "支払い方法": "payment",
}
MILESTONES = {
    "created": (Activity.ORDER_CREATED, Actor.BUYER),
    "paid": (Activity.PAYMENT_SUCCEEDED, Actor.BUYER),
    "rts": (Activity.READY_TO_SHIP, Actor.SELLER),
    "shipped": (Activity.COLLECTED, Actor.CARRIER),
    "delivered": (Activity.DELIVERED, Actor.CARRIER),
}
TIMES = (*MILESTONES, "cancelled")
KINDS = {"normal": "NORMAL", "pre-order": "PRE_ORDER"}

Cells = dict[str, object]


def is_export(header: frozenset[str]) -> bool:
    """Whether a header (case-folded names) is that of an order export."""
    known = {COLUMNS[name] for name in header if name in COLUMNS}
    return "order_id" in known and not known.isdisjoint(TIMES)


def read_export(path: str, rows: Callable[[], Iterator[Row]], options: LogOptions) -> Iterator[Record]:
    """One record per row, which is one product of one order.

    Raises: EventLogError if the file's dates can be read in two ways and nobody said which.
    """
    stamps = (cell for row in rows() for name, cell in row.cells.items() if COLUMNS.get(name) in TIMES)
    clock = WallClock(date_order(path, stamps, options.date_order), zone_of(options.timezone))
    for number, row in enumerate(rows()):
        cells = {column: cell for name, cell in row.cells.items() if (column := COLUMNS.get(name))}
        try:
            if row.trouble:
                raise row.trouble
            if number == 0 and _describes(cells):
                yield Record(SOURCE, row.place)
            else:
                yield _read_row(cells, Origin(SOURCE, row.place), clock)
        except BadRecord as bad:
            yield Record(SOURCE, row.place, rejected=bad.notice, raw=row.raw)


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name.

    Raises: EventLogError if there is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise EventLogError(f"unknown time zone `{name}`; expected such as Asia/Tokyo") from None


def _describes(cells: Cells) -> bool:
    """Whether this is the row under the header that describes each field in words."""
    text = str(cells.get("order_id", "")).strip()
    return bool(text) and not any(char.isdigit() for char in text)


def _read_row(cells: Cells, origin: Origin, clock: WallClock) -> Record:
    order_id = identifier(cells.get("order_id"), "Order ID")
    if order_id is None:
        raise BadRecord("missing field `Order ID`", "every row of an order export names its order")
    notices: list[Notice] = []
    times = {name: at for name in TIMES if (at := clock.instant(cells.get(name)))}
    return Record(
        SOURCE,
        origin.place,
        events=_events(order_id, cells, times, origin),
        facts=(Facts(order_id, _facts(cells, times, notices)),),
        coverage=(Coverage(dict.fromkeys(SHOWS, Span()), (order_id,)),),
        notices=(*notices, *_cancel_notices(cells)),
    )


def _events(
    order_id: str, cells: Cells, times: dict[str, tuple[datetime, Precision]], origin: Origin
) -> tuple[Event, ...]:
    events = []
    for name, (at, precision) in times.items():
        if name == "cancelled":
            actor, label = actor_of(_text(cells, "cancel_by")), _text(cells, "cancel_reason")
            event = origin.event(order_id, Activity.ORDER_CANCELLED, at, actor, reason_text=label)
        else:
            event = origin.event(order_id, MILESTONES[name][0], at, MILESTONES[name][1])
        events.append(replace(event, precision=precision))
    return tuple(events)


def _cancel_notices(cells: Cells) -> tuple[Notice, ...]:
    who = _text(cells, "cancel_by")
    if who is None or actor_of(who) is not Actor.UNKNOWN:
        return ()
    return (Notice(f"unknown `Cancel By` label `{who}`", "the initiator is unknown; known are User, Seller, System"),)


def _facts(cells: Cells, times: dict[str, tuple[datetime, Precision]], notices: list[Notice]) -> dict[str, Value]:
    facts: dict[str, Value | None] = {
        "status": _status(cells, frozenset(times), notices),
        "order_type": KINDS.get((_text(cells, "kind") or "").casefold()),
        "fulfillment_type": (_text(cells, "fulfillment") or "").upper().replace(" ", "_") or None,
        "is_cod": True if "cash on delivery" in (_text(cells, "payment") or "").casefold() else None,
        "refund_issued": True if any(char in "123456789" for char in _text(cells, "refund") or "") else None,
    }
    for column, name in (("sku_id", "sku_ids"), ("seller_sku", "seller_skus")):
        text = identifier(cells.get(column), "SKU ID") if column == "sku_id" else _text(cells, column)
        facts[name] = (text,) if text else None
    return {name: value for name, value in facts.items() if value is not None}


def _status(cells: Cells, filled: frozenset[str], notices: list[Notice]) -> str:
    """The status that the labels name; one in an unknown language is inferred from the times that are filled."""
    labels = [label for name in ("substatus", "status") if (label := _text(cells, name))]
    named = next((status for label in labels if (status := status_of_label(label))), None)
    if named:
        return named
    if labels:
        notices.append(
            Notice(f"unknown status label `{labels[0]}`", "the status was inferred from the times filled in")
        )
    steps = (
        ("cancelled", "CANCELLED"),
        ("delivered", "DELIVERED"),
        ("shipped", "IN_TRANSIT"),
        ("rts", "AWAITING_COLLECTION"),
        ("paid", "AWAITING_SHIPMENT"),
    )
    return next((status for name, status in steps if name in filled), "UNPAID")


def _text(cells: Cells, name: str) -> str | None:
    return str(cells.get(name) or "").strip() or None
