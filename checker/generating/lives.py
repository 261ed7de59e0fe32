"""What becomes of an order about which nobody can complain?"""

from collections.abc import Callable

from checker.generating.draft import Draft
from checker.generating.moments import DAY, HOUR, MINUTE, SECOND, after, at_work
from checker.generating.steps import (
    answer_return,
    approve,
    ask_return,
    cancel,
    collect,
    create,
    deliver,
    pay,
    ready,
    ready_at,
    reject,
    request,
    say,
    ship,
)
from checker.generating.words import reason
from checker.model.activity import Activity
from checker.model.event import Actor

Life = Callable[[Draft], None]


def delivered(draft: Draft) -> None:
    """Paid, shipped, delivered; perhaps with some words."""
    pay(draft)
    at = ready_at(draft)
    _talk(draft)
    if draft.rng.random() < 0.3:
        say(draft, Actor.SELLER, at + 5 * MINUTE, "shipped")
    ship(draft, at)


def _talk(draft: Draft) -> None:
    """A confirmation by the shop, a question of the buyer and its answer, or nothing."""
    kind = draft.rng.random()
    if kind < 0.25:
        say(draft, Actor.SELLER, after(draft.rng, draft.paid_at, MINUTE, 90 * MINUTE), "confirms")
    if kind < 0.12 or kind > 0.9:
        asked_at = after(draft.rng, draft.paid_at, 2 * HOUR, 30 * HOUR)
        topic = draft.rng.choice(("when", "product"))
        say(draft, Actor.BUYER, asked_at, f"asks_{topic}")
        say(draft, Actor.SELLER, at_work(draft.rng, asked_at, 5 * MINUTE, 5 * HOUR), f"answers_{topic}")


def paid_at_the_door(draft: Draft) -> None:
    """Cash on delivery: shipped, then paid."""
    create(draft)
    draft.facts["is_cod"] = True
    draft.add(Activity.STATUS_CHANGED, draft.created_at + HOUR, Actor.PLATFORM, status="AWAITING_SHIPMENT")
    delivered_at = ship(draft, at_work(draft.rng, draft.created_at, 2 * HOUR, 50 * HOUR))
    draft.add(Activity.PAYMENT_SUCCEEDED, delivered_at + MINUTE, Actor.BUYER)


def never_paid(draft: Draft) -> None:
    """The platform cancels after a day without payment."""
    create(draft)
    at = after(draft.rng, draft.created_at, 24 * HOUR, 25 * HOUR)
    cancel(draft, Actor.PLATFORM, at, "system_cancel_unpaid_time_out")


def payment_refused(draft: Draft) -> None:
    """The card is not accepted."""
    create(draft)
    why = draft.rng.choice(("system_cancel_payment_capture_failed", "system_cancel_payment_risk_review_failed"))
    cancel(draft, Actor.PLATFORM, after(draft.rng, draft.created_at, MINUTE, 40 * MINUTE), why)


def risky(draft: Draft) -> None:
    """The platform's staff find the order suspicious."""
    pay(draft, released=False)
    at = after(draft.rng, draft.paid_at, 5 * MINUTE, 50 * MINUTE)
    cancel(draft, Actor.OPERATOR, at, reason(draft.rng, "operator_cancel"))


def regretted_at_once(draft: Draft) -> None:
    """The buyer cancels in the free hour; nobody needs to agree."""
    pay(draft, released=False)
    asked = request(draft, after(draft.rng, draft.paid_at, MINUTE, HOUR - SECOND))
    approve(draft, asked, asked.at + SECOND, Actor.PLATFORM)


def regretted(draft: Draft) -> None:
    """The buyer asks later, and the seller agrees in time."""
    pay(draft)
    asked = request(draft, after(draft.rng, draft.paid_at, 2 * HOUR, 20 * HOUR))
    at = at_work(draft.rng, asked.at, 10 * MINUTE, 28 * HOUR)
    if draft.rng.random() < 0.5:
        say(draft, Actor.BUYER, asked.at + MINUTE, "asks_cancel")
        say(draft, Actor.SELLER, at + MINUTE, "agrees")
    approve(draft, asked, at)


def refused(draft: Draft) -> None:
    """The parcel is packed already, and the seller refuses in time."""
    pay(draft)
    asked = request(draft, after(draft.rng, draft.paid_at, 2 * HOUR, 12 * HOUR))
    at = at_work(draft.rng, asked.at, 10 * MINUTE, 24 * HOUR)
    reject(draft, asked, at)
    say(draft, Actor.SELLER, at + MINUTE, "packed")
    ship(draft, after(draft.rng, at, HOUR, 12 * HOUR))


def kept_after_all(draft: Draft) -> None:
    """The buyer takes the request back."""
    pay(draft)
    asked = request(draft, after(draft.rng, draft.paid_at, 2 * HOUR, 12 * HOUR))
    at = after(draft.rng, asked.at, 10 * MINUTE, 20 * HOUR)
    draft.add(Activity.CANCEL_WITHDRAWN, at, Actor.BUYER, request_id=asked.id)
    ship(draft, after(draft.rng, at, HOUR, 12 * HOUR))


def sold_out(draft: Draft) -> None:
    """The seller cancels with a listed reason, and says so."""
    pay(draft)
    at = at_work(draft.rng, draft.paid_at, 3 * HOUR, 40 * HOUR)
    cancel(draft, Actor.SELLER, at, "seller_cancel_reason_out_of_stock")
    say(draft, Actor.SELLER, at + 5 * MINUTE, "cancelled")


def lost(draft: Draft) -> None:
    """The carrier loses the parcel."""
    pay(draft)
    at = ready_at(draft)
    ready(draft, at)
    collect(draft, at + 5 * HOUR)
    cancel(draft, Actor.PLATFORM, after(draft.rng, at, 8 * DAY, 15 * DAY), "package_lost")


def sent_back(draft: Draft) -> None:
    """The buyer returns it, or may not; some then call the platform."""
    pay(draft)
    delivered_at = ship(draft, ready_at(draft), completed=False)
    asked = ask_return(draft, delivered_at)
    at, yes = at_work(draft.rng, asked.at, HOUR, 34 * HOUR), draft.rng.random() < 0.8
    answer_return(draft, asked, at, yes=yes)
    if not yes and draft.rng.random() < 0.4:
        draft.add(Activity.DISPUTE_OPENED, at_work(draft.rng, at, HOUR, 2 * DAY), Actor.BUYER, request_id=asked.id)


def late_parcel(draft: Draft) -> None:
    """The carrier takes longer than was estimated, and the buyer waits."""
    pay(draft)
    at = ready_at(draft)
    ready(draft, at)
    collect(draft, at + 6 * HOUR)
    deliver(draft, at_work(draft.rng, at, 12 * DAY, 16 * DAY))


LIVES: dict[Life, int] = {
    delivered: 760,
    paid_at_the_door: 40,
    never_paid: 40,
    payment_refused: 10,
    risky: 5,
    regretted_at_once: 30,
    regretted: 40,
    refused: 15,
    kept_after_all: 10,
    sold_out: 10,
    lost: 3,
    sent_back: 30,
    late_parcel: 7,
}
"""Each life, and how many of a thousand orders have it."""
