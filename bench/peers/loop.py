"""A plain Python loop: order by order, with ifs, as a person would write it."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import pyarrow.parquet as pq
from question import (
    AS_OF_US,
    COLLECTION_ON,
    DAY_US,
    EIGHTEEN,
    FINAL,
    HOUR_US,
    IN_TRANSIT_ON,
    OVERDUE_DAYS,
    PAID_STATES,
    TOKYO_US,
    Answer,
    Counts,
    Question,
    codes,
    ready_by,
)

RULES = EIGHTEEN
FREE, ANSWER, BATCH = HOUR_US, 48 * HOUR_US, HOUR_US
READY_BY = dict(ready_by())
ASKED = codes("seller_asked_codes")
UNPAID_REASONS, PAID_REASONS = codes("seller_reasons_unpaid"), codes("seller_reasons_paid")
COLUMNS = (
    "order",
    "at",
    "recorded_at",
    "activity",
    "actor",
    "field:status:text",
    "field:reason:text",
    "field:request_id:text",
    "field:solicits:text",
)


class Event(NamedTuple):
    """What the rules ask of an event; times in microseconds."""

    order: int
    at: int
    recorded_at: int
    activity: str
    actor: str
    status: str | None
    reason: str | None
    request_id: str | None
    solicits: str | None


class Order:
    """One order, its events in order of time, and what most rules ask of it."""

    def __init__(self, events: list[Event], facts: tuple[str, int | None]) -> None:
        self.events = events
        self.shipping, self.estimated_on = facts
        statuses = [event.status for event in events if event.status]
        self.is_final = bool(statuses) and statuses[-1] in FINAL

    def places(self, activity: str, actor: str | None = None) -> Iterator[int]:
        """Where such events stand."""
        for place, event in enumerate(self.events):
            if event.activity == activity and (actor is None or event.actor == actor):
                yield place

    def reached(self, place: int, states: tuple[str, ...]) -> bool:
        """Whether the order had come so far before this event."""
        return any(event.status in states for event in self.events[:place])

    def status(self, place: int) -> str | None:
        """The last status before this event."""
        return next((e.status for e in reversed(self.events[:place]) if e.status), None)

    def paid(self, place: int) -> bool:
        """Whether the order was paid before this event."""
        return any(event.activity == "payment_succeeded" for event in self.events[:place])

    def is_free(self, place: int) -> bool:
        """Whether this event came within an hour of payment."""
        at = self.events[place].at
        return any(e.activity == "payment_succeeded" and at <= e.at + FREE for e in self.events[:place])

    def seen(self, place: int, activities: tuple[str, ...], actor: str | None = None, key: str | None = None) -> bool:
        """Whether such an event came before this one."""
        return any(
            e.activity in activities and (actor is None or e.actor == actor) and (key is None or e.request_id == key)
            for e in self.events[:place]
        )


def answered(order, place, due, must, unless):
    """The first event that answers or releases decides, if it comes in time."""
    trigger = order.events[place]
    for event in order.events[place + 1 :]:
        if due is not None and event.at > due:
            break
        if must(event, trigger):
            return "satisfied"
        if unless(event, trigger):
            return "not_applicable"
    return "violated" if due is not None and due < AS_OF_US else "pending"


def followed(order, place, due, forbidden):
    """Nothing forbidden may come after the trigger and in time."""
    trigger = order.events[place]
    for event in order.events[place + 1 :]:
        if due is not None and event.at > due:
            break
        if forbidden(event, trigger):
            return "violated"
    is_over = order.is_final if due is None else due < AS_OF_US
    return "satisfied" if is_over else "pending"


def same(event, trigger):
    return event.request_id is not None and event.request_id == trigger.request_id


def never(event, trigger):
    return False


def absent(order):
    return "satisfied" if order.is_final else "pending"


def seller_answers_cancel_request(order):
    def must(e, t):
        return e.activity in ("cancel_approved", "cancel_rejected") and e.actor == "seller" and same(e, t)

    def unless(e, t):
        return e.activity == "cancel_withdrawn" and e.actor == "buyer" and same(e, t)

    for place in order.places("cancel_requested", "buyer"):
        if order.reached(place, IN_TRANSIT_ON) or order.is_free(place):
            yield "not_applicable"
        else:
            yield answered(order, place, order.events[place].at + ANSWER, must, unless)


def platform_approves_unanswered_cancel_request(order):
    def must(e, t):
        return e.activity == "cancel_approved" and e.actor == "platform" and same(e, t)

    def unless(e, t):
        by_seller = e.activity in ("cancel_approved", "cancel_rejected") and e.actor == "seller"
        return (by_seller or (e.activity == "cancel_withdrawn" and e.actor == "buyer")) and same(e, t)

    for place in order.places("cancel_requested", "buyer"):
        if order.reached(place, IN_TRANSIT_ON) or order.is_free(place):
            yield "not_applicable"
        else:
            yield answered(order, place, order.events[place].at + ANSWER + BATCH, must, unless)


def seller_answers_refund_request(order):
    def must(e, t):
        return e.activity in ("return_approved", "return_rejected") and e.actor == "seller" and same(e, t)

    for place in order.places("return_requested", "buyer"):
        yield answered(order, place, order.events[place].at + ANSWER, must, never)


def platform_approves_unanswered_refund_request(order):
    def must(e, t):
        return e.activity == "return_approved" and e.actor == "platform" and same(e, t)

    def unless(e, t):
        return e.activity in ("return_approved", "return_rejected") and e.actor == "seller" and same(e, t)

    for place in order.places("return_requested", "buyer"):
        yield answered(order, place, order.events[place].at + ANSWER + BATCH, must, unless)


def ready_due(event):
    return READY_BY[(event.at + TOKYO_US) // DAY_US]


def seller_readies_order_in_time(order):
    def must(e, t):
        return e.activity == "ready_to_ship"

    def unless(e, t):
        return e.activity == "order_cancelled"

    for place in order.places("payment_succeeded"):
        if order.seen(place, ("ready_to_ship",)):
            yield "not_applicable"
        else:
            yield answered(order, place, ready_due(order.events[place]), must, unless)


def platform_cancels_late_order(order):
    def must(e, t):
        return e.activity == "order_cancelled" and e.actor == "platform"

    def unless(e, t):
        others = ("buyer", "seller", "operator")
        return e.activity == "ready_to_ship" or (e.activity == "order_cancelled" and e.actor in others)

    for place in order.places("payment_succeeded"):
        if order.seen(place, ("ready_to_ship",)):
            yield "not_applicable"
        else:
            yield answered(order, place, ready_due(order.events[place]) + BATCH, must, unless)


def platform_refunds_paid_order(order):
    def must(e, t):
        return e.activity == "refund_succeeded"

    for place in order.places("order_cancelled"):
        if order.events[place].actor in ("platform", "operator"):
            yield answered(order, place, None, must, never) if order.paid(place) else "not_applicable"


def seller_does_not_refuse_free_cancellation(order):
    def forbidden(e, t):
        return e.activity == "cancel_rejected" and e.actor == "seller" and same(e, t)

    for place in order.places("cancel_requested", "buyer"):
        yield followed(order, place, None, forbidden) if order.is_free(place) else "not_applicable"


def platform_does_not_approve_early(order):
    def forbidden(e, t):
        return e.activity == "cancel_approved" and e.actor == "platform" and same(e, t)

    for place in order.places("cancel_requested", "buyer"):
        if order.paid(place) and not order.is_free(place) and not order.reached(place, IN_TRANSIT_ON):
            yield followed(order, place, order.events[place].at + ANSWER, forbidden)
        else:
            yield "not_applicable"


def seller_does_not_ship_cancelled_order(order):
    def forbidden(e, t):
        return e.activity in ("ready_to_ship", "collected")

    for place in order.places("order_cancelled"):
        yield followed(order, place, None, forbidden)


def steered_buyer_does_not_cancel(order):
    def forbidden(e, t):
        return e.activity == "cancel_requested" and e.actor == "buyer"

    for place in order.places("message_sent", "seller"):
        if order.events[place].solicits in ("explicit", "indirect"):
            asked = order.seen(place, ("cancel_requested",), "buyer")
            yield "not_applicable" if asked else followed(order, place, None, forbidden)


def late_buyer_cancellation_is_approved_first(order):
    for place in order.places("order_cancelled", "buyer"):
        if not order.paid(place) or order.is_free(place) or order.reached(place, IN_TRANSIT_ON):
            yield "not_applicable"
        else:
            key = order.events[place].request_id
            approved = key is not None and order.seen(place, ("cancel_approved",), key=key)
            yield "satisfied" if approved else "violated"


def platform_steps_in_last(order):
    for place in order.places("dispute_opened"):
        asked = order.seen(place, ("return_requested",), "buyer")
        tried = order.seen(place, ("return_approved", "return_rejected"), "seller")
        yield "satisfied" if asked and tried else "violated"


def buyer_does_not_report_being_asked_to_cancel(order):
    places = [p for p in order.places("cancel_requested", "buyer") if order.events[p].reason in ASKED]
    yield from ("violated" for _ in places)
    if not places:
        yield absent(order)


def seller_cancels_with_permitted_reason(order):
    places = list(order.places("order_cancelled", "seller"))
    for place in places:
        reason, status = order.events[place].reason, order.status(place)
        permitted = (status == "UNPAID" and reason in UNPAID_REASONS) or (
            status in PAID_STATES and reason in PAID_REASONS
        )
        yield "not_applicable" if permitted or order.reached(place, COLLECTION_ON) else "violated"
    if not places:
        yield absent(order)


def seller_does_not_ask_buyer_to_cancel(order):
    places = [p for p in order.places("message_sent", "seller") if order.events[p].solicits == "explicit"]
    for place in places:
        yield "not_applicable" if order.status(place) == "CANCELLED" else "violated"
    if not places:
        yield absent(order)


def seller_cancels_before_in_transit(order):
    places = list(order.places("order_cancelled", "seller"))
    for place in places:
        yield "violated" if order.reached(place, IN_TRANSIT_ON) else "not_applicable"
    if not places:
        yield absent(order)


def seller_does_not_refuse_undelivered_cancellation(order):
    places = list(order.places("cancel_rejected", "seller"))
    for place in places:
        last_day = order.estimated_on + OVERDUE_DAYS[order.shipping]
        is_overdue = order.events[place].at > (last_day + 1) * DAY_US - TOKYO_US - 1
        yield "violated" if is_overdue and not order.seen(place, ("delivered",)) else "not_applicable"
    if not places:
        yield absent(order)


def verdicts(asked: Question) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each order with the verdicts on it."""
    rules = [(name, globals()[name]) for name in asked.rules]
    for orders_file, events_file in zip(asked.files("orders"), asked.files("events"), strict=True):
        ids, facts = facts_of(orders_file)
        for number, found in groupby(events_of(events_file), key=itemgetter(0)):
            order = Order(list(found), facts[number])
            yield ids[number], [(name, verdict) for name, rule in rules for verdict in rule(order)]


def facts_of(path):
    table = pq.read_table(
        path,
        columns=["order_id", "fact:shipping:text", "fact:latest_estimated_delivery:day"],
        use_threads=False,
    )
    days = table["fact:latest_estimated_delivery:day"].cast("int32").to_pylist()
    return table["order_id"].to_pylist(), list(zip(table["fact:shipping:text"].to_pylist(), days, strict=True))


def events_of(path) -> Iterator[Event]:
    table = pq.read_table(path, columns=list(COLUMNS), use_threads=False)
    columns = [table[name].cast("int64") if name in ("at", "recorded_at") else table[name] for name in COLUMNS]
    for row in zip(*(column.to_pylist() for column in columns), strict=True):
        if row[1] <= AS_OF_US and (row[2] is None or row[2] <= AS_OF_US):
            yield Event(*row)


def counts(asked: Question) -> Counts:
    found: Counts = Counter()
    for _, said in verdicts(asked):
        found.update(said)
    return found


def answers(asked: Question) -> list[Answer]:
    return [(order_id, rule, verdict) for order_id, said in verdicts(asked) for rule, verdict in said]
