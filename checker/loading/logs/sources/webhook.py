"""What a webhook push of TikTok Shop says."""

from collections.abc import Callable
from datetime import datetime

import orjson

from checker.loading.logs.fields import Fields
from checker.loading.logs.record import BadRecord, Facts, Origin, Place, Record, content_number
from checker.loading.logs.sources.cancellation import ACCEPTED, CLOSED, PENDING, stage
from checker.loading.logs.sources.message import read_message
from checker.loading.logs.sources.returns import return_events
from checker.loading.logs.statuses import actor_of, status_of
from checker.model.activity import Activity, Observable
from checker.model.event import Actor, Event, Value

SHOWS = {
    1: (Observable.STATUS, Observable.PAYMENT, Observable.CANCELLATIONS),
    11: (Observable.CANCEL_REQUESTS, Observable.DECISIONS, Observable.CANCELLATIONS),
    12: (Observable.RETURNS,),
    14: (Observable.MESSAGES,),
    67: (Observable.REFUNDS,),
}
MOVES = {
    "UNPAID": (Activity.ORDER_CREATED, Actor.BUYER),
    "ON_HOLD": (Activity.PAYMENT_SUCCEEDED, Actor.BUYER),
    "AWAITING_SHIPMENT": (Activity.STATUS_CHANGED, Actor.PLATFORM),
    "PARTIALLY_SHIPPING": (Activity.STATUS_CHANGED, Actor.SELLER),
    "AWAITING_COLLECTION": (Activity.READY_TO_SHIP, Actor.SELLER),
    "IN_TRANSIT": (Activity.COLLECTED, Actor.CARRIER),
    "DELIVERED": (Activity.DELIVERED, Actor.CARRIER),
    "COMPLETED": (Activity.COMPLETED, Actor.PLATFORM),
    "CANCELLED": (Activity.ORDER_CANCELLED, Actor.UNKNOWN),
}
OTHER_TOPICS = frozenset({2, 5, 6, 7, 13, *range(15, 67), 68, 71})

Reader = Callable[[Fields, Origin, list[Facts]], tuple[Event, ...]]


def read_push(data: object, place: Place, received_at: datetime | None) -> Record:
    """The events of one push; topics that say nothing about an order are ignored."""
    push = Fields(data)
    kind, pushed_at = _kind(push), push.instant("timestamp") or received_at
    origin, facts = Origin(f"webhook:{kind}", place, pushed_at), list[Facts]()
    if kind == 14:
        record = read_message(push.child("data").data, None, origin)
    elif kind in READERS:
        events = READERS[kind](push.child("data"), origin, facts)
        record = Record(origin.source, place, events, tuple(facts))
    else:
        record = Record(origin.source, place)
        if kind not in OTHER_TOPICS:
            push.note(f"unknown webhook type `{kind}`", "it was ignored; see whether a newer version knows it")
    shop = push.identifier("shop_id")
    named = dict.fromkeys(event.order_id for event in record.events if event.order_id) if shop else {}
    ours = tuple(Facts(order_id, {"shop_id": str(shop)}) for order_id in named)
    notification = push.identifier("tts_notification_id")
    identity = f"webhook:{notification}" if notification else None
    # A push that is sent again may carry another time; what it says is what counts.
    said = content_number(kind, orjson.dumps(push.data.get("data"), option=orjson.OPT_SORT_KEYS)) if identity else 0
    notices = (*record.notices, *push.notices)
    return record._replace(
        facts=(*record.facts, *ours), identity=identity, fingerprint=said, notices=notices, pushed_at=pushed_at
    )


def _kind(push: Fields) -> int:
    value = push.data.get("type")
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if not isinstance(value, int):
        raise BadRecord(f"`type` is `{value}`, no webhook type", "expected a number such as 1 or 11")
    return value


def _status(data: Fields, origin: Origin, _: list[Facts]) -> tuple[Event, ...]:
    order_id, at = data.required("order_id"), data.instant("update_time") or origin.recorded_at
    status = status_of(data.text("order_status") or "")
    if at is None or not status:
        raise BadRecord("missing field `order_status` or `update_time`", "expected the data of a webhook of type 1")
    activity, actor = MOVES.get(status, (Activity.STATUS_CHANGED, Actor.UNKNOWN))
    return (origin.event(order_id, activity, at, actor, status=status),)


def _cancellation(data: Fields, origin: Origin, facts: list[Facts]) -> tuple[Event, ...]:
    """The change itself is dated by the push only; `create_time` is that of the request."""
    order_id, request_id = data.required("order_id"), data.required("cancel_id")
    now, initiator = stage(data.text("cancel_status")), actor_of(data.text("cancellations_role"))
    requested_at, changed_at = data.instant("create_time"), origin.recorded_at
    if now not in PENDING | ACCEPTED | CLOSED:
        data.note(f"unknown cancel status `{now}`", "the request was kept, no decision was read from it")
    if now == "COMPLETE":
        facts.append(Facts(order_id, {"refund_issued": True}))
    asked = initiator is Actor.BUYER
    at_once = not asked and requested_at  # others' cancellations have no request phase
    cancelled_at = requested_at if at_once else changed_at
    steps = (
        (asked, requested_at, Activity.CANCEL_REQUESTED, initiator),
        (asked and now in ACCEPTED, changed_at, Activity.CANCEL_APPROVED, Actor.UNKNOWN),
        (asked and now in CLOSED, changed_at, Activity.CANCEL_CLOSED, Actor.UNKNOWN),
        (now in ACCEPTED, cancelled_at, Activity.ORDER_CANCELLED, initiator),
    )
    return tuple(
        origin.event(order_id, activity, at, actor, request_id=request_id)
        for said, at, activity, actor in steps
        if said and at
    )


def _return(data: Fields, origin: Origin, _: list[Facts]) -> tuple[Event, ...]:
    return return_events(data, origin, data.text("return_role"))


def _address(data: Fields, origin: Origin, _: list[Facts]) -> tuple[Event, ...]:
    order_id, at = data.required("order_id"), data.instant("update_time") or origin.recorded_at
    return (origin.event(order_id, Activity.ADDRESS_UPDATED, at, Actor.UNKNOWN),) if at else ()


def _package(data: Fields, origin: Origin, _: list[Facts]) -> tuple[Event, ...]:
    at, actor = data.instant("update_time") or origin.recorded_at, actor_of(data.text("role_type"))
    listed = (identifier_list(package, "order_id_list") for package in data.children("package_list"))
    orders = dict.fromkeys(order_id for ids in listed for order_id in ids)
    change = data.text("sc_type")
    return tuple(origin.event(o, Activity.PACKAGE_UPDATED, at, actor, change=change) for o in orders) if at else ()


def _refund(data: Fields, origin: Origin, _: list[Facts]) -> tuple[Event, ...]:
    at = data.instant("refund_timestamp") or origin.recorded_at
    orders = dict.fromkeys(item.required("main_order_id") for item in data.children("line_items"))
    told: dict[str, Value | None] = {"refund_id": data.identifier("rma_id"), "currency": data.text("refund_currency")}
    return tuple(origin.event(o, Activity.REFUND_SUCCEEDED, at, Actor.PLATFORM, **told) for o in orders) if at else ()


def identifier_list(data: Fields, name: str) -> tuple[str, ...]:
    """The ids in a list of ids."""
    value = data.data.get(name)
    rows = value if isinstance(value, list) else ()
    return tuple(found for row in rows if (found := Fields({name: row}, data.notices).identifier(name)))


READERS: dict[int, Reader] = {
    1: _status,
    3: _address,
    4: _package,
    11: _cancellation,
    12: _return,
    67: _refund,
}
