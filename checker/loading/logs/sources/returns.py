"""What a return of the returns API says."""

from datetime import datetime

from checker.loading.logs.fields import Fields
from checker.loading.logs.record import Coverage, Facts, Origin, Place, Record
from checker.loading.logs.statuses import actor_of
from checker.model.activity import Activity, Observable
from checker.model.event import Actor, Event
from checker.model.history import Span

SOURCE = "return"
PENDING = frozenset({"RETURN_OR_REFUND_REQUEST_PENDING", "REPLACEMENT_REQUEST_PENDING"})
DECIDED = {
    "AWAITING_BUYER_SHIP": Activity.RETURN_APPROVED,
    "REFUND_OR_RETURN_REQUEST_REJECT": Activity.RETURN_REJECTED,
    "REPLACEMENT_REQUEST_REJECT": Activity.RETURN_REJECTED,
}


def read_return(data: object, place: Place, observed_at: datetime | None) -> Record:
    """The request of one return and its latest change; who decided is not in the answer."""
    found = Fields(data)
    order_id = found.required("order_id")
    return Record(
        SOURCE,
        place,
        events=return_events(found, Origin(SOURCE, place), found.text("role")),
        facts=(Facts(order_id, {}),),
        coverage=(Coverage({Observable.RETURNS: Span(end=observed_at)}, (order_id,)),),
        notices=tuple(found.notices),
    )


def return_events(found: Fields, origin: Origin, role: str | None) -> tuple[Event, ...]:
    """The events of a return, in the fields that the returns API and webhook 12 share."""
    order_id, status = found.required("order_id"), found.text("return_status")
    shared = {"request_id": found.required("return_id"), "return_type": found.text("return_type")}
    events = []
    if requested_at := found.instant("create_time"):
        why = {"reason": found.text("return_reason"), "reason_text": found.text("return_reason_text")}
        events.append(origin.event(order_id, Activity.RETURN_REQUESTED, requested_at, actor_of(role), **shared, **why))
    changed_at = found.instant("update_time")
    if changed_at and status and status not in PENDING:
        activity = DECIDED.get(status, Activity.RETURN_STATUS_CHANGED)
        events.append(origin.event(order_id, activity, changed_at, Actor.UNKNOWN, return_status=status, **shared))
    return tuple(events)
