"""What a cancellation of the cancellations API says."""

from datetime import datetime

from checker.loading.logs.fields import Fields
from checker.loading.logs.record import EPOCH, Coverage, Facts, Origin, Place, Record
from checker.loading.logs.statuses import actor_of
from checker.model.activity import Activity, Observable
from checker.model.event import Actor, Event, Value
from checker.model.history import Span

SOURCE = "cancellation"
SHOWS = (Observable.CANCEL_REQUESTS, Observable.DECISIONS, Observable.CANCELLATIONS)

PENDING = frozenset({"PENDING", "AWAITING_SELLER_RESPONSE"})
ACCEPTED = frozenset({"SUCCESS", "COMPLETE"})
CLOSED = frozenset({"CANCEL", "CANCELLED"})


def stage(cancel_status: str | None) -> str:
    """The status of a cancellation without its prefix: PENDING, SUCCESS, COMPLETE, CANCELLED ..."""
    return (cancel_status or "").removeprefix("CANCELLATION_REQUEST_")


def read_cancellation(data: object, place: Place, observed_at: datetime | None) -> Record:
    """The request, the decision and the end of one cancellation.

    Who decided is not in the answer; only the free cancel of an order on hold is known to be accepted by the platform.
    """
    found = Fields(data)
    order_id, now = found.required("order_id"), stage(found.text("cancel_status"))
    if now not in PENDING | ACCEPTED | CLOSED:
        found.note(f"unknown cancel status `{now}`", "the request was kept, no decision was read from it")
    due = _response_due(found)
    facts: dict[str, Value] = {"refund_issued": True} if now == "COMPLETE" else {}
    if due and not observed_at:
        facts["seller_respond_cancel"] = due
    return Record(
        SOURCE,
        place,
        events=_events(found, Origin(SOURCE, place), due, observed_at),
        facts=(Facts(order_id, facts, observed_at or found.instant("update_time") or EPOCH),),
        coverage=(Coverage(dict.fromkeys(SHOWS, Span(end=observed_at)), (order_id,)),),
        notices=tuple(found.notices),
    )


def _response_due(found: Fields) -> datetime | None:
    steps = found.children("seller_next_action_response")
    return next(
        (due for s in steps if s.text("action") == "SELLER_RESPOND_CANCEL" and (due := s.instant("deadline"))), None
    )


def _events(found: Fields, origin: Origin, due: datetime | None, observed_at: datetime | None) -> tuple[Event, ...]:
    order_id, initiator = found.required("order_id"), actor_of(found.text("role"))
    now, changed_at = stage(found.text("cancel_status")), found.instant("update_time")
    asked = initiator is Actor.BUYER or found.text("cancel_type") == "BUYER_CANCEL"
    shared = _shared(found)
    events = []
    if asked and (requested_at := found.instant("create_time")):
        events.append(origin.event(order_id, Activity.CANCEL_REQUESTED, requested_at, initiator, due=due, **shared))
    if due and observed_at:
        shown: dict[str, Value | None] = {
            "deadline_name": "seller_respond_cancel",
            "due": due,
            "request_id": shared["request_id"],
        }
        events.append(origin.event(order_id, Activity.DEADLINE_SET, observed_at, Actor.PLATFORM, **shown))
    if changed_at is None:
        return tuple(events)
    decided: dict[str, Value | None] = {name: shared[name] for name in ("request_id", "line_item_ids")}
    if asked and now in ACCEPTED:
        automatic = found.text("cancel_type") == "CANCEL"
        decider = Actor.PLATFORM if automatic else Actor.UNKNOWN
        events.append(origin.event(order_id, Activity.CANCEL_APPROVED, changed_at, decider, **decided))
    if asked and now in CLOSED:
        events.append(origin.event(order_id, Activity.CANCEL_CLOSED, changed_at, Actor.UNKNOWN, **decided))
    if now in ACCEPTED:
        events.append(origin.event(order_id, Activity.ORDER_CANCELLED, changed_at, initiator, **shared))
    return tuple(events)


def _shared(found: Fields) -> dict[str, Value | None]:
    lines = (item.identifier("order_line_item_id") for item in found.children("cancel_line_items"))
    return {
        "request_id": found.required("cancel_id"),
        "reason": found.text("cancel_reason"),
        "reason_text": found.text("cancel_reason_text"),
        "line_item_ids": tuple(line for line in lines if line),
    }
