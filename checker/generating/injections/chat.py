"""Messages by which a seller steers the buyer, and buyers who say so."""

from functools import partial

from checker.generating.draft import Draft
from checker.generating.injections.injection import Injection
from checker.generating.moments import HOUR, MINUTE, SECOND, after
from checker.generating.steps import approve, pay, ready_at, request, say, ship
from checker.model.event import Actor

ASKED_CODE = "ecom_order_unpaid_canceled_reason_seller_ask_cancel"


def _asked_by_message(draft: Draft, slip: bool, language: str) -> None:
    """The seller asks the buyer to cancel, or, in the twin, not to; the buyer keeps the order."""
    pay(draft)
    asked_at = after(draft.rng, draft.paid_at, 90 * MINUTE, 20 * HOUR)
    if draft.rng.random() < 0.5:
        say(draft, Actor.BUYER, asked_at - 20 * MINUTE, "asks_when", language)
    say(draft, Actor.SELLER, asked_at, "steers" if slip else "waits", language)
    ship(draft, after(draft.rng, asked_at, HOUR, 24 * HOUR))


def _steered(draft: Draft, slip: bool) -> None:
    """The seller hints, and a second later the buyer asks to cancel, or never."""
    pay(draft)
    at = after(draft.rng, draft.paid_at, 2 * HOUR, 10 * HOUR)
    say(draft, Actor.SELLER, at, "hints", draft.shop.language)
    if slip:
        asked = request(draft, at + SECOND)
        approve(draft, asked, after(draft.rng, asked.at, 10 * MINUTE, 12 * HOUR))
    else:
        ship(draft, after(draft.rng, at, HOUR, 24 * HOUR))


def _reported(draft: Draft, slip: bool) -> None:
    """The buyer's reason is that the seller asked, or another one."""
    pay(draft)
    asked = request(draft, ready_at(draft) - HOUR, ASKED_CODE if slip else "")
    approve(draft, asked, after(draft.rng, asked.at, 10 * MINUTE, 5 * HOUR))


CHAT = (
    *(
        Injection(
            "seller_does_not_ask_buyer_to_cancel",
            f"seller asks the buyer to cancel ({language})",
            f"seller asks the buyer not to cancel ({language})",
            partial(_asked_by_message, language=language),
        )
        for language in ("ja", "zh", "en")
    ),
    Injection(
        "buyer_does_not_report_being_asked_to_cancel",
        "buyer's reason is that the seller asked",
        "buyer has another reason",
        _reported,
    ),
    Injection(
        "steered_buyer_does_not_cancel",
        "buyer asks to cancel 1 s after the seller hinted at it",
        "seller hints at cancelling, and the buyer keeps the order",
        _steered,
    ),
)
