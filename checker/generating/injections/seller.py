"""Sellers who cancel too late or for a reason that they may not have."""

from checker.generating.draft import Draft
from checker.generating.injections.injection import Injection
from checker.generating.moments import HOUR, MINUTE, SECOND, after, at_work
from checker.generating.steps import cancel, collect, create, pay, ready, ready_at, say
from checker.generating.words import reason
from checker.model.event import Actor
from checker.model.finding import Verdict


def _in_transit(draft: Draft, slip: bool) -> None:
    pay(draft)
    at = ready_at(draft)
    ready(draft, at)
    collected_at = at_work(draft.rng, at, HOUR, 8 * HOUR)
    if slip:
        collect(draft, collected_at)
    cancel(draft, Actor.SELLER, collected_at + (SECOND if slip else -SECOND), "seller_cancel_reason_out_of_stock")


def _of_paid(draft: Draft, slip: bool) -> None:
    _cancelled(draft, "UNPAID" if slip else "AWAITING_SHIPMENT")


def _of_unpaid(draft: Draft, slip: bool) -> None:
    create(draft)
    why = reason(draft.rng, "seller_cancel", "AWAITING_SHIPMENT" if slip else "UNPAID")
    cancel(draft, Actor.SELLER, after(draft.rng, draft.created_at, 2 * HOUR, 20 * HOUR), why)


def _of_a_buyer(draft: Draft, slip: bool) -> None:
    if slip:
        _cancelled(draft, "", "buyer_cancel")
    else:
        _cancelled(draft, "ON_HOLD")


def _cancelled(draft: Draft, status: str, initiator: str = "seller_cancel") -> None:
    pay(draft)
    at = after(draft.rng, draft.paid_at, 3 * HOUR, 30 * HOUR)
    cancel(draft, Actor.SELLER, at, reason(draft.rng, initiator, status))
    say(draft, Actor.SELLER, at + 5 * MINUTE, "cancelled")


PERMITTED = "seller_cancels_with_permitted_reason"
SELLER = (
    Injection(
        PERMITTED,
        "seller cancels a paid order with a reason for unpaid ones",
        "seller cancels a paid order with a reason for paid ones",
        _of_paid,
        Verdict.NOT_APPLICABLE,
    ),
    Injection(
        "seller_cancels_before_in_transit",
        "seller cancels 1 s after the carrier collected the parcel",
        "seller cancels a parcel that waits for its carrier",
        _in_transit,
        Verdict.NOT_APPLICABLE,
    ),
    Injection(
        PERMITTED,
        "seller cancels an unpaid order with a reason for paid ones",
        "seller cancels an unpaid order with a reason for unpaid ones",
        _of_unpaid,
        Verdict.NOT_APPLICABLE,
    ),
    Injection(
        PERMITTED,
        "seller cancels with a buyer's reason",
        "seller cancels with a seller's reason",
        _of_a_buyer,
        Verdict.NOT_APPLICABLE,
    ),
)
