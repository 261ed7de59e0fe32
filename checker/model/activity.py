"""The closed list of things that can happen to an order, in their canonical order, and what it takes to see each."""

from enum import StrEnum


class Activity(StrEnum):
    """What happened. The order of the members breaks ties between events of one instant."""

    # Equal to their text, so found by it too; an enum's own hash is of the member's name, and slow.
    __hash__ = str.__hash__

    ORDER_CREATED = "order_created"
    PAYMENT_SUCCEEDED = "payment_succeeded"
    STATUS_CHANGED = "status_changed"
    READY_TO_SHIP = "ready_to_ship"
    COLLECTED = "collected"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CANCEL_REQUESTED = "cancel_requested"
    RETURN_REQUESTED = "return_requested"
    CANCEL_APPROVED = "cancel_approved"
    CANCEL_REJECTED = "cancel_rejected"
    CANCEL_WITHDRAWN = "cancel_withdrawn"
    CANCEL_CLOSED = "cancel_closed"
    RETURN_APPROVED = "return_approved"
    RETURN_REJECTED = "return_rejected"
    RETURN_STATUS_CHANGED = "return_status_changed"
    DISPUTE_OPENED = "dispute_opened"
    ORDER_CANCELLED = "order_cancelled"
    REFUND_SUCCEEDED = "refund_succeeded"
    NOTIFICATION_SENT = "notification_sent"
    MESSAGE_SENT = "message_sent"
    ADDRESS_UPDATED = "address_updated"
    PACKAGE_UPDATED = "package_updated"
    DEADLINE_SET = "deadline_set"


class Observable(StrEnum):
    """A kind of thing that a log can show or not show at all; only where it can, absence means anything."""

    __hash__ = str.__hash__

    STATUS = "status"
    PAYMENT = "payment"
    CANCEL_REQUESTS = "cancel_requests"
    DECISIONS = "decisions"
    CANCELLATIONS = "cancellations"
    REFUNDS = "refunds"
    RETURNS = "returns"
    DISPUTES = "disputes"
    MESSAGES = "messages"
    NOTIFICATIONS = "notifications"
    DEADLINES = "deadlines"


RANK = {activity: rank for rank, activity in enumerate(Activity)}

SHOWN_BY = {
    Activity.ORDER_CREATED: Observable.STATUS,
    Activity.PAYMENT_SUCCEEDED: Observable.PAYMENT,
    Activity.STATUS_CHANGED: Observable.STATUS,
    Activity.READY_TO_SHIP: Observable.STATUS,
    Activity.COLLECTED: Observable.STATUS,
    Activity.OUT_FOR_DELIVERY: Observable.STATUS,
    Activity.DELIVERED: Observable.STATUS,
    Activity.COMPLETED: Observable.STATUS,
    Activity.CANCEL_REQUESTED: Observable.CANCEL_REQUESTS,
    Activity.RETURN_REQUESTED: Observable.RETURNS,
    Activity.CANCEL_APPROVED: Observable.DECISIONS,
    Activity.CANCEL_REJECTED: Observable.DECISIONS,
    Activity.CANCEL_WITHDRAWN: Observable.DECISIONS,
    Activity.CANCEL_CLOSED: Observable.DECISIONS,
    Activity.RETURN_APPROVED: Observable.RETURNS,
    Activity.RETURN_REJECTED: Observable.RETURNS,
    Activity.RETURN_STATUS_CHANGED: Observable.RETURNS,
    Activity.DISPUTE_OPENED: Observable.DISPUTES,
    Activity.ORDER_CANCELLED: Observable.CANCELLATIONS,
    Activity.REFUND_SUCCEEDED: Observable.REFUNDS,
    Activity.NOTIFICATION_SENT: Observable.NOTIFICATIONS,
    Activity.MESSAGE_SENT: Observable.MESSAGES,
    Activity.ADDRESS_UPDATED: Observable.STATUS,
    Activity.PACKAGE_UPDATED: Observable.STATUS,
    Activity.DEADLINE_SET: Observable.DEADLINES,
}

# TikTok closes a request with one status whether the seller refused it or the buyer took it back.
MAY_MEAN = {Activity.CANCEL_CLOSED: frozenset({Activity.CANCEL_REJECTED, Activity.CANCEL_WITHDRAWN})}
