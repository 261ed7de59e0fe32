"""CEL (cel-expr-python): one expression per rule over the list of an order's events."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from cel_expr_python import cel
from loop import Event, events_of, facts_of
from question import (
    AS_OF_US,
    COLLECTION_ON,
    DAY_US,
    FINAL,
    HOUR_US,
    IN_TRANSIT_ON,
    NINE,
    PAID_STATES,
    TOKYO_US,
    Answer,
    Counts,
    Question,
    codes,
    ready_by,
)

RULES = NINE
FREE, ANSWER = HOUR_US, 48 * HOUR_US


def listed(values: tuple[str, ...]) -> str:
    return str(list(values))


def reached(states: tuple[str, ...]) -> str:
    return f"es.exists(s, s.place < t.place && s.status in {listed(states)})"


PAID = "es.exists(p, p.activity == 'payment_succeeded' && p.place < t.place)"
IS_FREE = f"es.exists(p, p.activity == 'payment_succeeded' && p.place < t.place && t.at <= p.at + {FREE})"
ASKS = "t.activity == 'cancel_requested' && t.actor == 'buyer'"
ABSENT = "[is_final ? 'satisfied' : 'pending']"


def answered(trigger: str, excluded: str, due: str, must: str, unless: str) -> str:
    """CEL has no 'first event that': it is an event without another one between."""
    released = f"es.exists(r, r.place > t.place && r.at <= {due} && ({unless}))"
    sooner = f"es.exists(s, s.place > t.place && s.place < e.place && ({unless.replace('r.', 's.')}))"
    hit = f"es.exists(e, e.place > t.place && e.at <= {due} && ({must}) && !{sooner})"
    return (
        f"es.filter(t, {trigger}).map(t, {excluded} ? 'not_applicable' : {hit} ? 'satisfied' : "
        f"{released} ? 'not_applicable' : {due} < {AS_OF_US} ? 'violated' : 'pending')"
    )


def followed(trigger: str, excluded: str, forbidden: str) -> str:
    hit = f"es.exists(e, e.place > t.place && {forbidden})"
    return (
        f"es.filter(t, {trigger}).map(t, {excluded} ? 'not_applicable' : {hit} ? 'violated' : "
        "is_final ? 'satisfied' : 'pending')"
    )


def forbidden(trigger: str, excluded: str) -> str:
    found = f"es.filter(t, {trigger})"
    return f"{found}.size() == 0 ? {ABSENT} : {found}.map(t, {excluded} ? 'not_applicable' : 'violated')"


SAME = "{0}.request != '' && {0}.request == t.request"
STATUS = "es.filter(s, s.place < t.place && s.status != '')"
LAST_STATUS = f"{STATUS}[{STATUS}.size() - 1].status"

EXPRESSIONS = {
    "seller_answers_cancel_request": answered(
        ASKS,
        f"({reached(IN_TRANSIT_ON)} || {IS_FREE})",
        f"t.at + {ANSWER}",
        f"e.activity in ['cancel_approved', 'cancel_rejected'] && e.actor == 'seller' && {SAME.format('e')}",
        f"r.activity == 'cancel_withdrawn' && r.actor == 'buyer' && {SAME.format('r')}",
    ),
    "seller_answers_refund_request": answered(
        "t.activity == 'return_requested' && t.actor == 'buyer'",
        "false",
        f"t.at + {ANSWER}",
        f"e.activity in ['return_approved', 'return_rejected'] && e.actor == 'seller' && {SAME.format('e')}",
        "r.place < 0",
    ),
    "seller_readies_order_in_time": answered(
        "t.activity == 'payment_succeeded'",
        "es.exists(s, s.place < t.place && s.activity == 'ready_to_ship')",
        f"ready_by[(t.at + {TOKYO_US}) / {DAY_US}]",
        "e.activity == 'ready_to_ship'",
        "r.activity == 'order_cancelled'",
    ),
    "seller_does_not_refuse_free_cancellation": followed(
        ASKS, f"!{IS_FREE}", f"e.activity == 'cancel_rejected' && e.actor == 'seller' && {SAME.format('e')}"
    ),
    "seller_does_not_ship_cancelled_order": followed(
        "t.activity == 'order_cancelled'", "false", "e.activity in ['ready_to_ship', 'collected']"
    ),
    "late_buyer_cancellation_is_approved_first": (
        "es.filter(t, t.activity == 'order_cancelled' && t.actor == 'buyer').map(t, "
        f"(!{PAID} || {IS_FREE} || {reached(IN_TRANSIT_ON)}) ? 'not_applicable' : "
        f"es.exists(e, e.place < t.place && e.activity == 'cancel_approved' && {SAME.format('e')}) "
        "? 'satisfied' : 'violated')"
    ),
    "platform_steps_in_last": (
        "es.filter(t, t.activity == 'dispute_opened').map(t, "
        "es.exists(e, e.place < t.place && e.activity == 'return_requested' && e.actor == 'buyer') && "
        "es.exists(e, e.place < t.place && e.activity in ['return_approved', 'return_rejected'] && e.actor == 'seller')"
        " ? 'satisfied' : 'violated')"
    ),
    "buyer_does_not_report_being_asked_to_cancel": forbidden(
        f"{ASKS} && t.reason in {listed(codes('seller_asked_codes'))}", "false"
    ),
    "seller_cancels_with_permitted_reason": forbidden(
        "t.activity == 'order_cancelled' && t.actor == 'seller'",
        f"({reached(COLLECTION_ON)} || "
        f"({LAST_STATUS} == 'UNPAID' && t.reason in {listed(codes('seller_reasons_unpaid'))}) || "
        f"({LAST_STATUS} in {listed(PAID_STATES)} && t.reason in {listed(codes('seller_reasons_paid'))}))",
    ),
}


def verdicts(asked: Question) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each order with the verdicts on it."""
    kinds = {"es": cel.Type.List(cel.Type.DYN), "is_final": cel.Type.BOOL}
    env = cel.NewEnv(variables={**kinds, "ready_by": cel.Type.Map(cel.Type.INT, cel.Type.INT)})
    rules = [(name, env.compile(EXPRESSIONS[name])) for name in asked.rules]
    calendar = dict(ready_by())
    for orders_file, events_file in zip(asked.files("orders"), asked.files("events"), strict=True):
        ids, _ = facts_of(orders_file)
        for number, found in groupby(events_of(events_file), key=attrgetter("order")):
            events = [_plain(place, event) for place, event in enumerate(found)]
            statuses = [event["status"] for event in events if event["status"]]
            is_final = bool(statuses) and statuses[-1] in FINAL
            seen = env.Activation({"es": events, "is_final": is_final, "ready_by": calendar})
            said = [(name, verdict) for name, rule in rules for verdict in rule.eval(seen).plain_value()]
            yield ids[number], said


def _plain(place: int, event: Event) -> dict[str, object]:
    """CEL has no null that compares with texts; unknown is empty."""
    return {
        "place": place,
        "at": event.at,
        "activity": event.activity,
        "actor": event.actor or "",
        "status": event.status or "",
        "reason": event.reason or "",
        "request": event.request_id or "",
    }


def counts(asked: Question) -> Counts:
    found: Counts = Counter()
    for _, said in verdicts(asked):
        found.update(said)
    return found


def answers(asked: Question) -> list[Answer]:
    return [(order_id, rule, verdict) for order_id, said in verdicts(asked) for rule, verdict in said]
