"""What the sources do not say themselves: who decided, which code a label is, which status followed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from checker.loading.logs.merge import TOLERANCE, is_exact
from checker.loading.logs.reasons import reason_of_label
from checker.loading.logs.statuses import STATUS_AFTER
from checker.model.activity import Activity
from checker.model.event import Actor, Event, Value

SILENT_ON_DECIDER = frozenset({"cancellation", "webhook:11"})
CANCEL_REASONED = frozenset({Activity.CANCEL_REQUESTED, Activity.ORDER_CANCELLED})


def completed(events: Sequence[Event], facts: Mapping[str, Value], response_hours: int | None) -> list[Event]:
    """The events of one order with decider, reason code and status filled in where they can be known."""
    requests, ends = _by_request(events, Activity.CANCEL_REQUESTED), _by_request(events, Activity.ORDER_CANCELLED)
    last_end = max((event.occurred_at for event in events if event.activity is Activity.ORDER_CANCELLED), default=None)
    done = []
    for event in events:
        if event.activity is Activity.CANCEL_APPROVED:
            key = event.attributes.get("request_id")
            event = _decided(_dated(event, requests.get(key), ends.get(key)), requests.get(key), response_hours)
        if "line_item_ids" in event.attributes:
            event = _whole_or_part(event, facts)
        if event.activity in CANCEL_REASONED:
            event = _reasoned(event, events, facts)
        done.append(_followed(event, facts, last_end))
    return done


def _by_request(events: Sequence[Event], activity: Activity) -> dict[Value | None, Event]:
    return {
        request: event
        for event in events
        if event.activity is activity and (request := event.attributes.get("request_id")) is not None
    }


def _source(event: Event) -> str:
    return event.refs[0].source if event.refs else ""


def _dated(approval: Event, request: Event | None, end: Event | None) -> Event:
    """The approval, no later than the cancellation that it caused.

    The API dates it by its latest change, which may be the refund; a webhook by the push.
    """
    if end is None or not is_exact(end) or _source(approval) not in SILENT_ON_DECIDER:
        return approval
    if not (request.occurred_at if request else end.occurred_at) <= end.occurred_at < approval.occurred_at:
        return approval
    return replace(approval, occurred_at=end.occurred_at, inferred=True)


def _decided(approval: Event, request: Event | None, response_hours: int | None) -> Event:
    """The approval with its decider: the platform at once or from the deadline on, else the seller."""
    if approval.actor is not Actor.UNKNOWN or request is None or _source(approval) not in SILENT_ON_DECIDER:
        return approval
    at_once = approval.occurred_at - request.occurred_at <= TOLERANCE
    due = request.attributes.get("due")
    if not isinstance(due, datetime) and response_hours is not None:
        due = request.occurred_at + timedelta(hours=response_hours)
    if not at_once and not isinstance(due, datetime):
        return approval
    late = at_once or (isinstance(due, datetime) and approval.occurred_at >= due)
    return replace(approval, actor=Actor.PLATFORM if late else Actor.SELLER, inferred=True)


def _whole_or_part(event: Event, facts: Mapping[str, Value]) -> Event:
    """The event without its line items where they are the whole order."""
    mine, all_items = event.attributes["line_item_ids"], facts.get("line_item_ids")
    if not (isinstance(mine, tuple) and isinstance(all_items, tuple)) or set(mine) < set(all_items):
        return event
    return replace(event, attributes={k: v for k, v in event.attributes.items() if k != "line_item_ids"})


def _reasoned(event: Event, events: Sequence[Event], facts: Mapping[str, Value]) -> Event:
    label, market = event.attributes.get("reason_text"), facts.get("market")
    if "reason" in event.attributes or not isinstance(label, str) or not isinstance(market, str):
        return event
    paid = any(e.activity is Activity.PAYMENT_SUCCEEDED and e.occurred_at <= event.occurred_at for e in events)
    code = reason_of_label(label, market, event.field("actor"), paid=paid)  # type: ignore[arg-type]
    return replace(event, attributes={**event.attributes, "reason": code}) if code else event


def _followed(event: Event, facts: Mapping[str, Value], last_end: datetime | None) -> Event:
    """The event with the status that it leads to; the cancellation of a part leads to none."""
    status = STATUS_AFTER.get(event.activity)
    if status is None or "status" in event.attributes:
        return event
    if event.activity is Activity.ORDER_CANCELLED and _is_part(event, facts, last_end):
        return event
    if facts.get("is_cod") is True and event.activity is Activity.PAYMENT_SUCCEEDED:
        return event
    return replace(event, attributes={**event.attributes, "status": status})


def _is_part(event: Event, facts: Mapping[str, Value], last_end: datetime | None) -> bool:
    if last_end is not None and event.occurred_at < last_end:
        return True
    status, items = facts.get("status"), facts.get("line_item_ids")
    return "line_item_ids" in event.attributes and status != "CANCELLED" and (status or items) is not None
