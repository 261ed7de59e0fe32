"""How long does the interpreter take for one order under the shipped Japanese policy?

`python bench/interpreter.py [orders]`: one process, processor time; nothing is read while the clock runs. The peer is
what any reader must do first: parsing the same order's events from JSON Lines with the standard library.
"""

import json
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

from checker.interpreter import judge
from checker.loading import load_policies
from checker.model.activity import Activity, Observable
from checker.model.event import Actor, Event, Value
from checker.model.history import OrderHistory, Span

START = datetime(2026, 1, 26, 1, tzinfo=UTC)
READ = {
    "gives_reason": "no",
    "confirms_order": "no",
    "states_ship_date": "no",
    "states_cancellation": "no",
    "lang": "ja",
}
REQUEST = {"request_id": "r1", "reason": "ecom_order_unpaid_canceled_reason_better_price"}
# Minutes after the order's creation, what happened, by whom, and the fields that the rules read.
EVENTS: tuple[tuple[int, str, Actor, dict[str, Value]], ...] = (
    (0, "order_created", Actor.BUYER, {"status": "UNPAID"}),
    (1, "payment_succeeded", Actor.BUYER, {"status": "ON_HOLD"}),
    (61, "status_changed", Actor.PLATFORM, {"status": "AWAITING_SHIPMENT"}),
    (300, "message_sent", Actor.SELLER, {**READ, "solicits": "no"}),
    (600, "cancel_requested", Actor.BUYER, {**REQUEST}),
    (700, "message_sent", Actor.SELLER, {**READ, "solicits": "explicit"}),
    (800, "cancel_approved", Actor.SELLER, {"request_id": "r1"}),
    (801, "order_cancelled", Actor.BUYER, {**REQUEST, "status": "CANCELLED"}),
)


def order(number: int) -> OrderHistory:
    """An order of eight events, cancelled after the seller asked for it."""
    name = f"o{number}"
    events = tuple(
        Event(
            f"{name}.{place}", name, Activity(activity), START + timedelta(minutes=minute + number % 50), actor, fields
        )
        for place, (minute, activity, actor, fields) in enumerate(EVENTS)
    )
    facts: dict[str, Value] = {"shop_id": "s", "shipping": "local", "buyer_language": "ja"}
    return OrderHistory(name, facts, {kind: Span() for kind in Observable}, events)


def lines(history: OrderHistory) -> list[str]:
    """The events as JSON Lines."""
    return [
        json.dumps({"ts": e.occurred_at.isoformat(), "type": e.activity, "actor": e.actor, **e.attributes})
        for e in history.events
    ]


def main() -> None:
    orders = [order(number) for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)]
    policies = [policy for policy in load_policies() if policy.id == "tiktok_shop.jp.order_cancellation"]
    as_of, texts = START + timedelta(days=30), [lines(history) for history in orders]

    began = time.process_time()
    findings = [finding for history in orders for finding in judge(history, policies, as_of)]
    judged = time.process_time()
    for text in texts:
        for line in text:
            datetime.fromisoformat(json.loads(line)["ts"])
    parsed = time.process_time()

    each, peer = (judged - began) / len(orders), (parsed - judged) / len(orders)
    print(f"{len(orders):,} orders of {len(EVENTS)} events, {sum(len(policy.rules) for policy in policies)} rules")
    print(f"{each * 1e6:,.0f} microseconds of processor time per order, {len(findings) / len(orders):.1f} findings")
    print(f"{each / peer:.1f} times what parsing the same events with json takes")
    print(", ".join(f"{name} {n:,}" for name, n in sorted(Counter(f.verdict.value for f in findings).items())))


if __name__ == "__main__":
    main()
