"""Random order histories, as dense in doubts as they can be: which orders would tell two engines apart?"""

import random
from datetime import UTC, date, datetime, timedelta

from checker.model.activity import RANK, Activity, Observable
from checker.model.event import Actor, Event, Precision, Value
from checker.model.history import OrderHistory, Span

BASE = datetime(2025, 10, 24, 3, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
STATES = ("UNPAID", "ON_HOLD", "AWAITING_SHIPMENT", "AWAITING_COLLECTION", "IN_TRANSIT", "DELIVERED", "COMPLETED")
# Around every due time that the policies of these tests can give: minutes, hours, ends of days, chained ones.
STEPS = tuple(
    timedelta(hours=hours, minutes=minutes)
    for hours, minutes in [(0, 0), (0, 30), (1, 0), (2, 0), (12, 0), (24, 0), (48, 0), (49, 0), (96, 0)]
)
JITTER = (-TICK, timedelta(0), timedelta(0), TICK)
COMMON = (Activity.CANCEL_REQUESTED, Activity.CANCEL_APPROVED, Activity.CANCEL_REJECTED, Activity.MESSAGE_SENT)
SHOPS = ("s1", "s2", "s3")
TEXTS = ("発送の遅れ", "ｌａｔｅ  Shipment", "please cancel", "hello", "発 送 遅 延")
REASONS = ("code_a", "code_b", "code_c", "ecom_order_unpaid_canceled_reason_seller_ask_cancel", "package_lost",
           "seller_cancel_reason_out_of_stock", "system_cancel_unpaid_time_out")  # fmt: skip


def histories(seed: int, count: int, *, coarse: float = 0.03) -> tuple[OrderHistory, ...]:
    """So many orders; the same for the same seed. `coarse` is the share of orders with stamps of a minute or a day."""
    rng = random.Random(seed)  # noqa: S311 - it must repeat itself
    return tuple(history(rng, f"{seed}-{number}", coarse) for number in range(count))


def instants_near(order: OrderHistory, rng: random.Random) -> datetime:
    """An `as_of` at, just before or just after something that happened or falls due."""
    known = [event.occurred_at for event in order.events] or [BASE]
    return rng.choice(known) + rng.choice(STEPS) + rng.choice(JITTER)


def history(rng: random.Random, order_id: str, coarse: float = 0.03) -> OrderHistory:
    """One order of up to fourteen events that crowd a few instants."""
    is_coarse = rng.random() < coarse
    times = _times(rng, rng.choice([0, 1, 2, 5, 6, 7, 8, 9, 10, 14]))
    activities = [_activity(rng, place) for place in range(len(times))]
    events = [
        _event(rng, order_id, place, pair, is_coarse) for place, pair in enumerate(zip(activities, times, strict=True))
    ]
    if events and rng.random() < 0.05:
        events.append(rng.choice(events))
    ordered = sorted(events, key=lambda event: (event.occurred_at, RANK[event.activity]))
    return OrderHistory(order_id, _facts(rng, times), _observes(rng, times), tuple(ordered))


def _times(rng: random.Random, count: int) -> list[datetime]:
    times = [BASE + timedelta(hours=rng.randrange(0, 24 * 12)) if rng.random() < 0.9 else BASE.replace(year=2031)]
    while len(times) < count:
        times.append(rng.choice(times) + rng.choice(STEPS) + rng.choice(JITTER))
    return [_end_of_day(time) if rng.random() < 0.1 else time for time in times[:count]]


def _end_of_day(time: datetime) -> datetime:
    """The last instant of the Tokyo day, or the tick after it."""
    return time.replace(hour=14, minute=59, second=59, microsecond=999999) + (TICK if time.minute % 2 else 0 * TICK)


def _activity(rng: random.Random, place: int) -> Activity:
    if place == 0 and rng.random() < 0.9:
        return Activity.ORDER_CREATED
    if place == 1 and rng.random() < 0.6:
        return Activity.PAYMENT_SUCCEEDED
    if rng.random() < 0.04:
        return Activity.CANCEL_CLOSED
    return rng.choice(COMMON if rng.random() < 0.5 else tuple(Activity))


def _event(rng: random.Random, order_id: str, place: int, what: tuple[Activity, datetime], is_coarse: bool) -> Event:
    activity, at = what
    precision = rng.choice(tuple(Precision)) if is_coarse else Precision.SECOND
    return Event(
        event_id=f"{order_id}/{place}",
        order_id=order_id,
        activity=activity,
        occurred_at=at,
        actor=rng.choice([*Actor, Actor.BUYER, Actor.SELLER, Actor.SELLER]),
        attributes=_attributes(rng, activity, at),
        recorded_at=at + rng.choice(STEPS) if rng.random() < 0.1 else None,
        precision=precision,
    )


def _attributes(rng: random.Random, activity: Activity, at: datetime) -> dict[str, Value]:
    fields: dict[str, Value | None] = {
        "request_id": rng.choice(["r1", "r1", "r2", None]),
        "status": rng.choice([*STATES, "CANCELLED", "ODD"]) if rng.random() < 0.3 else None,
        "reason": rng.choice([*REASONS, None]),
        "reason_text": rng.choice([*TEXTS, None, None]),
        "solicits": rng.choice(["explicit", "indirect", "no", None]),
        "gives_reason": rng.choice(["yes", "no", None]),
        "confirms_order": rng.choice(["yes", None]),
        "states_ship_date": rng.choice(["yes", "no"]),
        "states_cancellation": rng.choice(["yes", "no"]),
        "lang": rng.choice(["ja", "zh", None]),
        "channel": rng.choice(["email", "seller_center", None]),
        "quantity": rng.choice([1, 2, 3, True, None]),
        "line_item_ids": rng.choice([("l1",), ("l1", "l2"), None]),
        "seen_at": rng.choice([at, at + TICK, None]),
        "promised": rng.choice([at.date(), at + rng.choice(STEPS), "soon", None]),
    }
    if activity is Activity.DEADLINE_SET:
        fields["deadline_name"] = rng.choice(["shipping_due", "seller_respond_cancel", None])
        fields["due"] = rng.choice([at + rng.choice(STEPS), at + rng.choice(STEPS), "unknown", None])
    return {name: value for name, value in fields.items() if value is not None}


def _facts(rng: random.Random, times: list[datetime]) -> dict[str, Value]:
    start = times[0] if times else BASE
    facts: dict[str, Value | None] = {
        "shop_id": rng.choice([*SHOPS, None]),
        "product_ids": rng.choice([("p1",), ("p1", "p2", "p1"), "p3", None]),
        "shipping": rng.choice(["local", "cross_border", "drone", None]),
        "buyer_language": rng.choice(["ja", "zh", None]),
        "is_cod": rng.choice([True, False, None]),
        "refund_issued": rng.choice([True, None, None]),
        "latest_estimated_delivery": rng.choice([start + rng.choice(STEPS), date(2025, 10, 30), "later", None]),
        "shipping_due": rng.choice([start + rng.choice(STEPS), date(2025, 10, 30), None]),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _observes(rng: random.Random, times: list[datetime]) -> dict[Observable, Span]:
    whole = {name: Span() for name in Observable}
    kind = rng.random()
    if kind < 0.6:
        return whole
    if kind < 0.8:
        end = BASE + timedelta(days=rng.choice([2, 5, 9, 400]))
        return dict.fromkeys(Observable, Span(end=end))
    return {name: _span(rng, times) for name in Observable if rng.random() < 0.9}


def _span(rng: random.Random, times: list[datetime]) -> Span:
    def near() -> datetime | None:
        if not times or rng.random() < 0.85:
            return None
        return rng.choice(times) + rng.choice(STEPS) + rng.choice(JITTER)

    return Span(near(), near())
