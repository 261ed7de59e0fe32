"""What an order of the order API (list or detail) says."""

from datetime import datetime

from checker.loading.logs.fields import Fields
from checker.loading.logs.record import EPOCH, Coverage, Facts, Origin, Place, Record
from checker.loading.logs.statuses import actor_of, status_of
from checker.model.activity import Activity, Observable
from checker.model.event import Actor, Event, Value
from checker.model.history import Span

SOURCE = "order"
SHOWS = (Observable.STATUS, Observable.PAYMENT, Observable.CANCELLATIONS)

MILESTONES = (
    ("create_time", Activity.ORDER_CREATED, Actor.BUYER),
    ("paid_time", Activity.PAYMENT_SUCCEEDED, Actor.BUYER),
    ("rts_time", Activity.READY_TO_SHIP, Actor.SELLER),
    ("collection_time", Activity.COLLECTED, Actor.CARRIER),
    ("delivery_time", Activity.DELIVERED, Actor.CARRIER),
    ("request_cancel_time", Activity.CANCEL_REQUESTED, Actor.BUYER),
)
DEADLINES = {
    "rts_sla_time": "rts_sla",
    "tts_sla_time": "tts_sla",
    "shipping_due_time": "shipping_due",
    "collection_due_time": "collection_due",
    "delivery_due_time": "delivery_due",
    "delivery_sla_time": "delivery_sla",
    "cancel_order_sla_time": "cancel_order_sla",
}
TEXTS = ("order_type", "fulfillment_type", "shipping_type", "delivery_type", "commerce_platform")
FLAGS = {"is_cod": "is_cod", "is_sample_order": "is_sample", "is_replacement_order": "is_replacement"}
ITEMS = {"id": "line_item_ids", "product_id": "product_ids", "sku_id": "sku_ids", "seller_sku": "seller_skus"}


def read_order(data: object, place: Place, observed_at: datetime | None) -> Record:
    """The milestones, platform deadlines and facts of one order as it stood when it was read."""
    order = Fields(data)
    order_id = order.identifier("id") or order.required("order_id")
    origin = Origin(SOURCE, place)
    deadlines = {name: due for key, name in DEADLINES.items() if (due := order.instant(key))}
    facts = _facts(order) | ({} if observed_at else deadlines)
    moved = _deadlines_set(origin, order_id, observed_at, deadlines) if observed_at else ()
    return Record(
        SOURCE,
        place,
        events=(*_milestones(order, order_id, origin), *_ends(order, order_id, origin), *moved),
        facts=(Facts(order_id, facts, observed_at or order.instant("update_time") or EPOCH),),
        coverage=(Coverage(dict.fromkeys(SHOWS, Span(end=observed_at)), (order_id,)),),
        notices=tuple(order.notices),
    )


def _milestones(order: Fields, order_id: str, origin: Origin) -> list[Event]:
    states = {Activity.ORDER_CREATED: _state_when_created(order), Activity.PAYMENT_SUCCEEDED: _state_when_paid(order)}
    return [
        origin.event(order_id, activity, at, actor, status=states.get(activity))
        for key, activity, actor in MILESTONES
        if (at := order.instant(key))
    ]


def _state_when_created(order: Fields) -> str:
    return "AWAITING_SHIPMENT" if order.flag("is_cod") else "UNPAID"


def _state_when_paid(order: Fields) -> str | None:
    if order.flag("is_cod"):  # paid at the door
        return "DELIVERED"
    return "AWAITING_SHIPMENT" if order.flag("is_on_hold_order") is False else "ON_HOLD"


def _ends(order: Fields, order_id: str, origin: Origin) -> list[Event]:
    status = status_of(order.text("status") or "")
    changed_at = order.instant("update_time")
    if status == "COMPLETED" and changed_at:
        return [origin.event(order_id, Activity.COMPLETED, changed_at, Actor.PLATFORM)]
    cancelled_at = order.instant("cancel_time") or (changed_at if status == "CANCELLED" else None)
    if cancelled_at is None:
        return []
    label = order.text("cancel_reason")
    return [origin.event(order_id, Activity.ORDER_CANCELLED, cancelled_at, _initiator(order), reason_text=label)]


def _initiator(order: Fields) -> Actor:
    """Who cancelled; only the line items can say that it was an operator of the platform."""
    users = {item.text("cancel_user") for item in order.children("line_items")}
    if users == {"OPERATOR"}:
        return Actor.OPERATOR
    said = order.text("cancellation_initiator") or (users.pop() if len(users) == 1 else None)
    return actor_of(said)


def _deadlines_set(origin: Origin, order_id: str, at: datetime, deadlines: dict[str, datetime]) -> tuple[Event, ...]:
    return tuple(
        origin.event(order_id, Activity.DEADLINE_SET, at, Actor.PLATFORM, deadline_name=name, due=due)
        for name, due in deadlines.items()
    )


def _facts(order: Fields) -> dict[str, Value]:
    """Everything timeless that the order says and that is not about the recipient."""
    facts: dict[str, Value | None] = {name: order.text(name) for name in TEXTS}
    facts |= {name: order.flag(key) for key, name in FLAGS.items()}
    facts |= {
        "status": status_of(order.text("status") or "") or None,
        "buyer_id": order.identifier("user_id"),
        "shop_id": order.identifier("shop_id"),
        "shipping": _shipping(order),
        "currency": order.child("payment").text("currency"),
    }
    items = order.children("line_items")
    facts |= {name: tuple(dict.fromkeys(_texts(items, key))) or None for key, name in ITEMS.items()}
    return {name: value for name, value in facts.items() if value is not None}


def _texts(items: tuple[Fields, ...], key: str) -> list[str]:
    return [found for item in items if (found := item.text(key) if key == "seller_sku" else item.identifier(key))]


def _shipping(order: Fields) -> str | None:
    seller_type = (order.text("seller_type") or "").upper()
    return {"LOCAL": "local", "CROSS_BORDER": "cross_border"}.get(seller_type)
