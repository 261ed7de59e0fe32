"""How the platform and its exports spell the states of an order."""

from checker.model.activity import Activity
from checker.model.event import Actor

STATUSES = (
    "UNPAID",
    "ON_HOLD",
    "AWAITING_SHIPMENT",
    "PARTIALLY_SHIPPING",
    "AWAITING_COLLECTION",
    "IN_TRANSIT",
    "DELIVERED",
    "COMPLETED",
    "CANCELLED",
)

# Payment leads to ON_HOLD first; where a shop has no ON_HOLD the order API says so and its own status stands.
STATUS_AFTER = {
    Activity.ORDER_CREATED: "UNPAID",
    Activity.PAYMENT_SUCCEEDED: "ON_HOLD",
    Activity.READY_TO_SHIP: "AWAITING_COLLECTION",
    Activity.COLLECTED: "IN_TRANSIT",
    Activity.DELIVERED: "DELIVERED",
    Activity.COMPLETED: "COMPLETED",
    Activity.ORDER_CANCELLED: "CANCELLED",
}

ACTORS = {
    "BUYER": Actor.BUYER,
    "USER": Actor.BUYER,
    "SELLER": Actor.SELLER,
    "SYSTEM": Actor.PLATFORM,
    "PLATFORM": Actor.PLATFORM,
    "OPERATOR": Actor.OPERATOR,
}

_SPELLINGS = {
    "CANCEL": "CANCELLED",  # webhook type 1
    "CANCELED": "CANCELLED",
    "TO_SHIP": "AWAITING_SHIPMENT",
    "100": "UNPAID",
    "105": "ON_HOLD",
    "111": "AWAITING_SHIPMENT",
    "114": "PARTIALLY_SHIPPING",
    "112": "AWAITING_COLLECTION",
    "121": "IN_TRANSIT",
    "122": "DELIVERED",
    "130": "COMPLETED",
    "140": "CANCELLED",
}

# Substatus (or, where that is blank, status) of an export, in the languages that were seen.
_LABELS = {
    "unpaid": "UNPAID",
    "pending": "ON_HOLD",
    "on hold": "ON_HOLD",
    "awaiting shipment": "AWAITING_SHIPMENT",
    "awaiting collection": "AWAITING_COLLECTION",
    "in transit": "IN_TRANSIT",
    "delivered": "DELIVERED",
    "completed": "COMPLETED",
    "canceled": "CANCELLED",
    "cancelled": "CANCELLED",
    "未払い": "UNPAID",
    "保留中": "ON_HOLD",
    "発送待ち": "AWAITING_SHIPMENT",
    "未支付": "UNPAID",
    "未付款": "UNPAID",
    "处理中": "ON_HOLD",
    "待发货": "AWAITING_SHIPMENT",
    "部分发货": "PARTIALLY_SHIPPING",
    "待揽收": "AWAITING_COLLECTION",
    "已取消": "CANCELLED",
    "ค้างชำระ": "UNPAID",
    "รอเข้ารับ": "AWAITING_COLLECTION",
    "เสร็จสมบูรณ์": "COMPLETED",
    "ยกเลิกแล้ว": "CANCELLED",
    "belum dibayar": "UNPAID",
    "sedang transit": "IN_TRANSIT",
    "selesai": "COMPLETED",
    "dibatalkan": "CANCELLED",
}


def status_of(spelling: str) -> str:
    """The canonical status of an API spelling; an unknown one is kept as it is."""
    return _SPELLINGS.get(spelling, spelling)


def status_of_label(label: str) -> str | None:
    """The canonical status that an export's label shows, or None for a label not seen before."""
    return _LABELS.get(label.strip().casefold())


def actor_of(role: str | None) -> Actor:
    """Who acted, from a role of the platform such as `ROLE_USER`, `SYSTEM` or `Seller`."""
    return ACTORS.get((role or "").strip().upper().removeprefix("ROLE_"), Actor.UNKNOWN)
