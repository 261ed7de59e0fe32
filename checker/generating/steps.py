"""What happens to an order, step by step: each step adds the events that a marketplace would log."""

from datetime import datetime, timedelta
from typing import NamedTuple

from checker.generating.draft import Draft
from checker.generating.moments import DAY, HOUR, MINUTE, SECOND, after, at_work, day_of, shipping_due
from checker.generating.words import reason, text
from checker.model.activity import Activity
from checker.model.event import Actor

DELIVERY_DAYS = {"local": 5, "cross_border": 12}
PLATFORM_SLOW, PLATFORM_SLOWEST = 8 * MINUTE, 55 * MINUTE
"""How long the platform takes to act on an expired deadline."""


class Request(NamedTuple):
    """A buyer's request: to cancel, or to return."""

    id: str
    at: datetime
    reason: str


def create(draft: Draft) -> None:
    """The buyer places the order."""
    draft.add(Activity.ORDER_CREATED, draft.created_at, Actor.BUYER, status="UNPAID")
    days = DELIVERY_DAYS[str(draft.facts["shipping"])]
    draft.facts["latest_estimated_delivery"] = day_of(draft.created_at) + days * DAY


def pay(draft: Draft, *, released: bool = True) -> None:
    """The buyer pays, soon or at a convenience store; after the free hour the order is released to the seller."""
    create(draft)
    slow = draft.rng.random() < 0.08
    draft.paid_at = after(draft.rng, draft.created_at, 5 * SECOND, 20 * HOUR if slow else 10 * MINUTE)
    draft.facts["shipping_due"] = shipping_due(draft.paid_at)
    draft.add(Activity.PAYMENT_SUCCEEDED, draft.paid_at, Actor.BUYER, status="ON_HOLD")
    if released:
        draft.add(Activity.STATUS_CHANGED, draft.paid_at + HOUR, Actor.PLATFORM, status="AWAITING_SHIPMENT")


def say(draft: Draft, actor: Actor, at: datetime, topic: str, language: str = "") -> None:
    """One message, in the buyer's language where nothing else is said."""
    said = text(draft.rng, topic, language or str(draft.facts["buyer_language"]))
    draft.add(
        Activity.MESSAGE_SENT, at, actor, text=said, channel="tts_chat", conversation_id=f"76{draft.order_id[2:]}"
    )


def ready(draft: Draft, at: datetime) -> None:
    """The parcel waits for its carrier."""
    draft.add(Activity.READY_TO_SHIP, at, Actor.SELLER, status="AWAITING_COLLECTION", carrier=draft.shop.carrier)


def collect(draft: Draft, at: datetime) -> None:
    """The carrier has it."""
    draft.add(Activity.COLLECTED, at, Actor.CARRIER, status="IN_TRANSIT", carrier=draft.shop.carrier)


def deliver(draft: Draft, at: datetime, *, completed: bool = True) -> None:
    """The buyer has it; a week later nothing can be returned."""
    draft.add(Activity.DELIVERED, at, Actor.CARRIER, status="DELIVERED", carrier=draft.shop.carrier)
    if completed:
        draft.add(Activity.COMPLETED, at + 7 * DAY, Actor.PLATFORM, status="COMPLETED")


def ship(draft: Draft, ready_at: datetime, *, completed: bool = True) -> datetime:
    """Ready, collected, delivered; when it is delivered."""
    ready(draft, ready_at)
    collected_at = at_work(draft.rng, ready_at, HOUR, 9 * HOUR)
    collect(draft, collected_at)
    local = draft.facts["shipping"] == "local"
    delivered_at = at_work(draft.rng, collected_at, 18 * HOUR if local else 5 * DAY, 40 * HOUR if local else 8 * DAY)
    deliver(draft, delivered_at, completed=completed)
    return delivered_at


def ready_at(draft: Draft) -> datetime:
    """When a careful seller has the parcel ready."""
    return at_work(draft.rng, draft.paid_at, 2 * HOUR, 50 * HOUR)


def request(draft: Draft, at: datetime, why: str = "") -> Request:
    """The buyer asks to cancel."""
    made = Request(draft.number("4035"), at, why or _why(draft))
    draft.add(Activity.CANCEL_REQUESTED, at, Actor.BUYER, request_id=made.id, reason=made.reason)
    return made


def _why(draft: Draft) -> str:
    """Any of the buyer's published reasons but that the seller asked."""
    while (found := reason(draft.rng, "buyer_cancel")).endswith("seller_ask_cancel"):
        pass
    return found


def approve(draft: Draft, asked: Request, at: datetime, by: Actor = Actor.SELLER) -> None:
    """The request is granted, and with that the order is cancelled."""
    draft.add(Activity.CANCEL_APPROVED, at, by, request_id=asked.id)
    cancel(draft, Actor.BUYER, at, asked.reason, request_id=asked.id)


def reject(draft: Draft, asked: Request, at: datetime) -> None:
    """The request is refused."""
    draft.add(Activity.CANCEL_REJECTED, at, Actor.SELLER, request_id=asked.id)


def cancel(draft: Draft, by: Actor, at: datetime, why: str, **more: str) -> None:
    """The order is over; what was paid is refunded some days later."""
    draft.add(Activity.ORDER_CANCELLED, at, by, status="CANCELLED", reason=why, **more)
    if by in (Actor.PLATFORM, Actor.OPERATOR):
        for channel, seconds in (("seller_center", 2), ("email", 5)):
            told_at = at + timedelta(seconds=seconds)
            draft.add(Activity.NOTIFICATION_SENT, told_at, Actor.PLATFORM, channel=channel)
    if draft.paid_at < at:
        draft.add(Activity.REFUND_SUCCEEDED, after(draft.rng, at, HOUR, 3 * DAY), Actor.PLATFORM)


def ask_return(draft: Draft, delivered_at: datetime) -> Request:
    """The buyer wants to send it back."""
    made = Request(draft.number("4036"), after(draft.rng, delivered_at, 2 * HOUR, 3 * DAY), "")
    draft.add(Activity.RETURN_REQUESTED, made.at, Actor.BUYER, request_id=made.id)
    return made


def answer_return(draft: Draft, asked: Request, at: datetime, by: Actor = Actor.SELLER, *, yes: bool = True) -> None:
    """The return is granted, and refunded, or refused."""
    draft.add(Activity.RETURN_APPROVED if yes else Activity.RETURN_REJECTED, at, by, request_id=asked.id)
    if yes:
        draft.add(Activity.REFUND_SUCCEEDED, after(draft.rng, at, DAY, 4 * DAY), Actor.PLATFORM, request_id=asked.id)
