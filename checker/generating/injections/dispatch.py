"""Parcels that are ready a second late, never, or although the order is cancelled."""

from checker.generating.draft import Draft, edge
from checker.generating.injections.injection import Injection
from checker.generating.moments import HOUR, SECOND, after, shipping_due
from checker.generating.steps import PLATFORM_SLOW, PLATFORM_SLOWEST, approve, cancel, pay, ready, request, ship
from checker.model.event import Actor
from checker.model.finding import Verdict

TIMEOUT = "system_cancel_order_reason_shipping_timeout"


def _ready(draft: Draft, slip: bool) -> None:
    pay(draft)
    ship(draft, shipping_due(draft.paid_at) + edge(slip))


def _never_ready(draft: Draft, slip: bool) -> None:
    pay(draft)
    due = shipping_due(draft.paid_at)
    if slip:
        cancel(draft, Actor.PLATFORM, after(draft.rng, due, PLATFORM_SLOW, PLATFORM_SLOWEST), TIMEOUT)
    else:
        approve(draft, request(draft, after(draft.rng, due, -20 * HOUR, -HOUR)), due)


def _cancelled_too_late(draft: Draft, slip: bool) -> None:
    pay(draft)
    cancel(draft, Actor.PLATFORM, shipping_due(draft.paid_at) + HOUR + edge(slip), TIMEOUT)


def _shipped_although_cancelled(draft: Draft, slip: bool) -> None:
    pay(draft)
    asked = request(draft, after(draft.rng, draft.paid_at, 2 * HOUR, 10 * HOUR))
    at = after(draft.rng, asked.at, HOUR, 20 * HOUR)
    approve(draft, asked, at)
    ready(draft, at + (SECOND if slip else -SECOND))


READIES = "seller_readies_order_in_time"
DISPATCH = (
    Injection(READIES, "seller is ready 1 s after the platform's deadline", "seller is ready at the deadline", _ready),
    Injection(
        "seller_does_not_ship_cancelled_order",
        "seller readies the parcel 1 s after the order was cancelled",
        "seller readied the parcel 1 s before the order was cancelled",
        _shipped_although_cancelled,
    ),
    Injection(
        READIES,
        "seller is never ready, and the platform cancels",
        "seller is not ready, but the order was cancelled at the deadline",
        _never_ready,
        Verdict.NOT_APPLICABLE,
    ),
    Injection(
        "platform_cancels_late_order",
        "platform cancels 1 h and 1 s after the deadline",
        "platform cancels 1 h after the deadline",
        _cancelled_too_late,
        both=(READIES,),
    ),
)
