"""What conversations and chat messages of the customer-service API say."""

from dataclasses import replace

import orjson

from checker.loading.logs.fields import Fields
from checker.loading.logs.record import BadRecord, Link, Origin, Place, Record, content_number
from checker.model.activity import Activity
from checker.model.event import Actor

SOURCE = "message"
CHANNEL = "tts_chat"

SENDERS = {
    "BUYER": Actor.BUYER,
    "SHOP": Actor.SELLER,
    "CUSTOMER_SERVICE": Actor.SELLER,
    "ROBOT": Actor.SELLER,  # the shop's own automation
    "SYSTEM": Actor.PLATFORM,
}
CARDS = frozenset({"ORDER_CARD", "LOGISTICS_CARD", "RETURN_REFUND_CARD", "BUYER_ENTER_FROM_ORDER"})
SILENT = CARDS | {
    "PRODUCT_CARD",
    "COUPON_CARD",
    "NOTIFICATION",
    "ALLOCATED_SERVICE",
    "TRANSFER",
    "BUYER_ENTER_FROM_TRANSFER",
    "BUYER_ENTER_FROM_PRODUCT",
}


def read_conversation(data: object, place: Place) -> Record:
    """Who talks in a conversation: the tie from its id to the buyer."""
    found = Fields(data)
    conversation_id = found.required("id")
    buyers = (p.identifier("user_id") for p in found.children("participants") if p.text("role") == "BUYER")
    link = Link(conversation_id, buyer_id=next((buyer for buyer in buyers if buyer), None))
    return Record(SOURCE, place, links=(link,), notices=tuple(found.notices))


def read_message(data: object, conversation_id: str | None, origin: Origin) -> Record:
    """One message: words and pictures are an event, order cards tie the conversation to an order.

    The order of the event is still blank; it is known once the whole conversation has been read.
    """
    found = Fields(data)
    conversation = found.identifier("conversation_id") or conversation_id
    if conversation is None:
        raise BadRecord(
            "this message does not say its conversation",
            "save the conversation id of the request beside each answer as `request_conversation_id`",
        )
    kind, at = found.text("type") or "OTHER", found.instant("create_time")
    if at is None:
        raise BadRecord("missing field `create_time`", "a message needs the time at which it was sent")
    message_id = found.identifier("message_id") or found.required("id")
    said = content_number(kind, at, found.data.get("content"))  # names and pictures of people do change
    record = Record(origin.source, origin.place, identity=f"{origin.source}:message:{message_id}", fingerprint=said)
    content = _content(found)
    if kind in CARDS and (order_id := content.identifier("order_id")):
        record = record._replace(links=(Link(conversation, order_id=order_id, at=at),))
    elif kind not in SILENT:
        sender = SENDERS.get(found.child("sender").text("role") or "", Actor.UNKNOWN)
        shown = {"text": content.text("content"), "message_type": None if kind == "TEXT" else kind}
        event = origin.event(
            "", Activity.MESSAGE_SENT, at, sender, channel=CHANNEL, conversation_id=conversation, **shown
        )
        record = record._replace(events=(replace(event, event_id=f"message:{message_id}"),))
    return record._replace(notices=tuple(found.notices))


def _content(found: Fields) -> Fields:
    """The content object, which arrives as JSON inside a string; plain text counts as text."""
    raw = found.data.get("content")
    if isinstance(raw, str):
        try:
            parsed = orjson.loads(raw)
        except orjson.JSONDecodeError:
            parsed = None
        raw = parsed if isinstance(parsed, dict) else {"content": raw}
    return Fields(raw if isinstance(raw, dict) else {}, found.notices)
