"""Realistic orders with known violations: what does a year of a marketplace look like?"""

import argparse
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from checker.engines.store import Store, StoreWriter
from checker.engines.store.write import events_table, orders_table
from checker.model.activity import Activity, Observable
from checker.model.event import Actor, Event, SourceRef, Value
from checker.model.history import OrderHistory, Span

FIRST_DAY = datetime(2025, 11, 1, tzinfo=UTC)
AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
BASE_ORDERS = 20_000
PER_BUCKET = 50_000
DAYS = 100
REASONS = (
    "ecom_order_to_ship_canceled_reason_no_longer_needed",
    "buyer_cancel_late_shipment",
    "ecom_order_unpaid_canceled_reason_seller_ask_cancel",
    "ecom_order_to_ship_canceled_reason_wrong_address",
)
SELLER_REASONS = ("seller_cancel_reason_out_of_stock", "seller_cancel_reason_wrong_price", "not_a_listed_reason")
PAYMENT_FAILED = "system_cancel_payment_capture_failed"
TEXTS = (
    "在庫がありません。キャンセルをお願いします",
    "本日発送いたしました。ありがとうございます",
    "thank you for your order",
    "ご注文を確認しました。明日発送予定です",
    "キャンセルの件、承知しました",
)
HOUR = timedelta(hours=1)
Add = Callable[..., None]


def order(rng: random.Random, number: int) -> OrderHistory:
    """One order of about seven events."""
    order_id = f"5779{number:014d}"
    start = FIRST_DAY + timedelta(seconds=rng.randrange(DAYS * 86_400))
    events: list[Event] = []

    def add(activity: Activity, at: datetime, actor: Actor, **attributes: Value | None) -> None:
        known = {name: value for name, value in attributes.items() if value is not None}
        refs = (SourceRef("webhook:1", "log.jsonl", number * 10 + len(events)),)
        event_id = f"webhook:1:{order_id}:{activity}:{len(events)}"
        events.append(Event(event_id, order_id, activity, at, actor, known, at + timedelta(seconds=30), refs=refs))

    add(Activity.ORDER_CREATED, start, Actor.BUYER, status="UNPAID")
    _life(rng, start, add)
    events.sort(key=lambda event: event.occurred_at)
    return OrderHistory(order_id, _facts(rng, start), dict.fromkeys(Observable, Span(end=AS_OF)), tuple(events))


def _facts(rng: random.Random, start: datetime) -> dict[str, Value]:
    cross_border = rng.random() < 0.2
    return {
        "market": "JP",
        "shop_id": f"shop{min(int(rng.paretovariate(0.6)), 3000):05d}",
        "shipping": "cross_border" if cross_border else "local",
        "buyer_language": "ja",
        "is_cod": rng.random() < 0.1,
        "product_ids": tuple(f"p{rng.randrange(5000)}" for _ in range(rng.choice([1, 1, 1, 2]))),
        "latest_estimated_delivery": start + timedelta(days=12 if cross_border else 5),
        "shipping_due": start + timedelta(days=3),
    }


def _life(rng: random.Random, start: datetime, add: Add) -> None:
    if rng.random() < 0.04:
        add(Activity.ORDER_CANCELLED, start + 25 * HOUR, Actor.PLATFORM, status="CANCELLED", reason=PAYMENT_FAILED)
        return
    paid = start + timedelta(minutes=rng.randrange(1, 90))
    add(Activity.PAYMENT_SUCCEEDED, paid, Actor.BUYER, status="AWAITING_SHIPMENT")
    _talk(rng, paid, add)
    if rng.random() < 0.12 and _cancelled(rng, paid, add):
        return
    if rng.random() < 0.02:
        add(
            Activity.ORDER_CANCELLED,
            paid + 4 * HOUR,
            Actor.SELLER,
            status="CANCELLED",
            reason=rng.choice(SELLER_REASONS),
        )
        return
    _delivered(rng, paid, add)


def _talk(rng: random.Random, paid: datetime, add: Add) -> None:
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        said = {name: rng.choice(["yes", "no"]) for name in ("gives_reason", "confirms_order", "states_ship_date")}
        said |= {"text": rng.choice(TEXTS), "solicits": "explicit" if rng.random() < 0.01 else "no"}
        at, who = paid + timedelta(minutes=rng.randrange(600)), rng.choice([Actor.BUYER, Actor.SELLER])
        add(Activity.MESSAGE_SENT, at, who, lang="ja", states_cancellation="no", **said)


def _cancelled(rng: random.Random, paid: datetime, add: Add) -> bool:
    """A request to cancel, its answer, and whether the order ended with it."""
    asked, request_id = paid + timedelta(minutes=rng.randrange(5, 3000)), f"r{rng.randrange(10**15)}"
    add(Activity.CANCEL_REQUESTED, asked, Actor.BUYER, request_id=request_id, reason=rng.choice(REASONS))
    kind = rng.random()
    if kind < 0.08:
        return True
    if kind < 0.16:
        answered, who = asked + 48 * HOUR + timedelta(minutes=30), Actor.PLATFORM
    else:
        late = kind > 0.95
        answered, who = (
            asked + timedelta(minutes=rng.randrange(10, 2800)) + (48 * HOUR if late else 0 * HOUR),
            Actor.SELLER,
        )
    if kind > 0.85 and who is Actor.SELLER:
        add(Activity.CANCEL_REJECTED, answered, who, request_id=request_id)
        return False
    add(Activity.CANCEL_APPROVED, answered, who, request_id=request_id)
    ended = answered + timedelta(seconds=20)
    add(Activity.ORDER_CANCELLED, ended, Actor.BUYER, status="CANCELLED", request_id=request_id, reason=REASONS[0])
    if rng.random() < 0.9:
        add(Activity.REFUND_SUCCEEDED, answered + HOUR, Actor.PLATFORM, request_id=request_id)
    return True


def _delivered(rng: random.Random, paid: datetime, add: Add) -> None:
    ready = paid + timedelta(hours=rng.choice([5, 20, 30, 50, 70, 80, 100]))
    add(Activity.READY_TO_SHIP, ready, Actor.SELLER, status="AWAITING_COLLECTION")
    add(Activity.COLLECTED, ready + 10 * HOUR, Actor.CARRIER, status="IN_TRANSIT")
    add(Activity.DELIVERED, ready + timedelta(hours=rng.randrange(40, 200)), Actor.CARRIER, status="DELIVERED")
    if rng.random() < 0.5:
        add(Activity.COMPLETED, ready + timedelta(days=16), Actor.PLATFORM, status="COMPLETED")


def base(seed: int, count: int) -> tuple[OrderHistory, ...]:
    """So many orders, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - it must repeat itself
    return tuple(order(rng, number) for number in range(count))


def write(root: Path, orders: int, seed: int, per_bucket: int = PER_BUCKET) -> Store:
    """A store of so many orders; beyond the first ones they are copies under other ids, some days or hours apart."""
    writer = StoreWriter(root, max(1, -(-orders // per_bucket)))
    made = base(seed, min(orders, BASE_ORDERS))
    tables = orders_table(made), events_table(made)
    (root / "orders").mkdir(parents=True, exist_ok=True)
    (root / "events").mkdir(parents=True, exist_ok=True)
    left, copy = orders, 0
    store = writer._store("", {})
    for bucket in range(writer.buckets):
        parts = []
        room = min(left, per_bucket)
        while room:
            size = min(room, len(made))
            parts.append(_copy(tables, copy, size, sum(len(part[0]) for part in parts)))
            room, left, copy = room - size, left - size, copy + 1
        for place, path in enumerate((store.orders_file(bucket), store.events_file(bucket))):
            table = pa.concat_tables([part[place] for part in parts])
            pq.write_table(table, path, compression="zstd", row_group_size=1 << 17)
        writer.count(sum(len(part[0]) for part in parts), sum(len(part[1]) for part in parts))
    return writer.finish(f"seed {seed}", {})


def _copy(tables: tuple[pa.Table, pa.Table], copy: int, size: int, first: int) -> tuple[pa.Table, pa.Table]:
    """The first orders again, under other ids and at other times of other days."""
    orders, events = tables[0].slice(0, size), tables[1]
    events = events.filter(pc.less(events["order"], size))
    shift = np.int64((copy % 15) * 86_400 + (copy * 7919) % 3600) * 1_000_000
    ids = pc.binary_join_element_wise(orders["order_id"], f"{copy:04d}", "")
    orders = _set(_shifted(orders, shift), "order_id", ids)
    events = _set(
        _shifted(events, shift), "event_id", pc.binary_join_element_wise(events["event_id"], f"{copy:04d}", ":")
    )
    events = _set(events, "order_id", pc.binary_join_element_wise(events["order_id"], f"{copy:04d}", ""))
    return orders, _set(events, "order", pc.add(events["order"], pa.scalar(first, pa.int32())))


def _shifted(table: pa.Table, shift: np.int64) -> pa.Table:
    for name in table.column_names:
        if pa.types.is_timestamp(table.schema.field(name).type) and not name.startswith(("from:", "to:")):
            moved = pc.add(table[name].cast(pa.int64()), pa.scalar(int(shift), pa.int64()))
            table = _set(table, name, moved.cast(pa.timestamp("us", "UTC")))
    return table


def _set(table: pa.Table, name: str, values: pa.ChunkedArray) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, values)


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--orders", type=int, default=10_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--out", type=Path, required=True)
    given = words.parse_args()
    print(write(given.out, given.orders, given.seed), file=sys.stderr)
