"""Requests to cancel or return: answered a second late, by the wrong party, or not at all."""

from datetime import timedelta

from checker.generating.draft import Draft, edge
from checker.generating.injections.injection import Injection
from checker.generating.moments import DAY, HOUR, MINUTE, SECOND, after, day_of, midnight
from checker.generating.steps import (
    DELIVERY_DAYS,
    PLATFORM_SLOW,
    PLATFORM_SLOWEST,
    Request,
    answer_return,
    approve,
    ask_return,
    cancel,
    collect,
    deliver,
    pay,
    ready,
    ready_at,
    reject,
    request,
    ship,
)
from checker.model.activity import Activity
from checker.model.event import Actor
from checker.model.finding import Verdict

ANSWER, TOLERANCE = 48 * HOUR, HOUR
_OVERDUE_DAYS = {"local": 3, "cross_border": 15}


def _asked(draft: Draft) -> Request:
    """A paid order whose buyer asks to cancel some hours later."""
    pay(draft)
    return request(draft, after(draft.rng, draft.paid_at, 2 * HOUR, 10 * HOUR))


def _returned(draft: Draft) -> Request:
    """A delivered order whose buyer asks to return it."""
    pay(draft)
    return ask_return(draft, ship(draft, ready_at(draft), completed=False))


def _approved(draft: Draft, slip: bool) -> None:
    asked = _asked(draft)
    approve(draft, asked, asked.at + ANSWER + edge(slip))


def _rejected(draft: Draft, slip: bool) -> None:
    asked = _asked(draft)
    at = asked.at + ANSWER + edge(slip)
    reject(draft, asked, at)
    ship(draft, after(draft.rng, at, HOUR, 8 * HOUR))


def _withdrawn(draft: Draft, slip: bool) -> None:
    asked = _asked(draft)
    at = asked.at + ANSWER + edge(slip)
    draft.add(Activity.CANCEL_WITHDRAWN, at, Actor.BUYER, request_id=asked.id)
    ship(draft, after(draft.rng, at, HOUR, 8 * HOUR))


def _unanswered(draft: Draft, slip: bool) -> None:
    if slip:
        asked = _asked(draft)
        approve(draft, asked, after(draft.rng, asked.at + ANSWER, PLATFORM_SLOW, PLATFORM_SLOWEST), Actor.PLATFORM)
    else:
        pay(draft, released=False)
        asked = request(draft, draft.paid_at + HOUR)
        approve(draft, asked, asked.at + SECOND, Actor.PLATFORM)


def _approved_too_late_by_platform(draft: Draft, slip: bool) -> None:
    asked = _asked(draft)
    approve(draft, asked, asked.at + ANSWER + TOLERANCE + edge(slip), Actor.PLATFORM)


def _approved_too_early_by_platform(draft: Draft, slip: bool) -> None:
    asked = _asked(draft)
    approve(draft, asked, asked.at + ANSWER + edge(not slip), Actor.PLATFORM)


def _refused_in_the_free_hour(draft: Draft, slip: bool) -> None:
    pay(draft)
    asked = request(draft, draft.paid_at + HOUR + edge(not slip))
    at = after(draft.rng, asked.at, 10 * MINUTE, 8 * HOUR)
    reject(draft, asked, at)
    ship(draft, after(draft.rng, at, HOUR, 20 * HOUR))


def _cancelled_before_approval(draft: Draft, slip: bool) -> None:
    asked = _asked(draft)
    at = after(draft.rng, asked.at, 10 * MINUTE, 20 * HOUR)
    draft.add(Activity.CANCEL_APPROVED, at, Actor.SELLER, request_id=asked.id)
    cancel(draft, Actor.BUYER, at - edge(slip), asked.reason, request_id=asked.id)


def _refused_when_overdue(draft: Draft, slip: bool, shipping: str) -> None:
    draft.facts["shipping"] = shipping
    pay(draft)
    at = ready_at(draft)
    ready(draft, at)
    collect(draft, at + 6 * HOUR)
    estimated_on = day_of(draft.created_at) + timedelta(days=DELIVERY_DAYS[shipping])
    overdue_at = midnight(estimated_on + timedelta(days=_OVERDUE_DAYS[shipping] + 1))
    asked = request(draft, after(draft.rng, overdue_at, -20 * HOUR, -2 * HOUR))
    reject(draft, asked, overdue_at - edge(not slip))
    deliver(draft, after(draft.rng, overdue_at, 10 * HOUR, 2 * DAY))


def _refused_local(draft: Draft, slip: bool) -> None:
    _refused_when_overdue(draft, slip, "local")


def _refused_abroad(draft: Draft, slip: bool) -> None:
    _refused_when_overdue(draft, slip, "cross_border")


def _return_granted(draft: Draft, slip: bool) -> None:
    asked = _returned(draft)
    answer_return(draft, asked, asked.at + ANSWER + edge(slip))


def _return_unanswered(draft: Draft, slip: bool) -> None:
    asked = _returned(draft)
    if slip:
        at = after(draft.rng, asked.at + ANSWER, PLATFORM_SLOW, PLATFORM_SLOWEST)
        answer_return(draft, asked, at, Actor.PLATFORM)
    else:
        answer_return(draft, asked, asked.at + ANSWER, yes=False)


def _return_granted_too_late_by_platform(draft: Draft, slip: bool) -> None:
    asked = _returned(draft)
    answer_return(draft, asked, asked.at + ANSWER + TOLERANCE + edge(slip), Actor.PLATFORM)


def _disputed(draft: Draft, slip: bool) -> None:
    asked = _returned(draft)
    at = after(draft.rng, asked.at, HOUR, ANSWER)
    answer_return(draft, asked, at, yes=False)
    draft.add(Activity.DISPUTE_OPENED, at - edge(slip), Actor.BUYER, request_id=asked.id)


ANSWERS, REFUNDS = "seller_answers_cancel_request", "seller_answers_refund_request"
REQUESTS = (
    Injection(ANSWERS, "seller approves after 48 h and 1 s", "seller approves after 48 h", _approved),
    Injection(
        ANSWERS,
        "nobody answers, and the platform approves after 48 h and some minutes",
        "nobody answers what was asked for in the last second of the free hour",
        _unanswered,
        Verdict.NOT_APPLICABLE,
    ),
    Injection(
        "seller_does_not_refuse_free_cancellation",
        "seller refuses what was asked for 1 h after payment",
        "seller refuses what was asked for 1 h and 1 s after payment",
        _refused_in_the_free_hour,
        Verdict.NOT_APPLICABLE,
    ),
    Injection(ANSWERS, "seller refuses after 48 h and 1 s", "seller refuses after 48 h", _rejected),
    Injection(
        ANSWERS,
        "buyer takes the request back after 48 h and 1 s without an answer",
        "buyer takes the request back after 48 h",
        _withdrawn,
        Verdict.NOT_APPLICABLE,
    ),
    Injection(
        "platform_approves_unanswered_cancel_request",
        "platform approves 49 h and 1 s after the request",
        "platform approves 49 h after the request",
        _approved_too_late_by_platform,
        both=(ANSWERS,),
    ),
    Injection(
        "platform_does_not_approve_early",
        "platform approves 48 h after the request, which is still the seller's time",
        "platform approves 48 h and 1 s after the request",
        _approved_too_early_by_platform,
        both=(ANSWERS,),
    ),
    Injection(
        "late_buyer_cancellation_is_approved_first",
        "order cancelled 1 s before the approval",
        "order cancelled in the second of the approval",
        _cancelled_before_approval,
    ),
    Injection(
        "seller_does_not_refuse_undelivered_cancellation",
        "seller refuses at the beginning of the 4th day after the estimated delivery",
        "seller refuses in the last second of the 3rd day",
        _refused_local,
        Verdict.NOT_APPLICABLE,
    ),
    Injection(
        "seller_does_not_refuse_undelivered_cancellation",
        "seller from abroad refuses at the beginning of the 16th day after the estimated delivery",
        "seller from abroad refuses in the last second of the 15th day",
        _refused_abroad,
        Verdict.NOT_APPLICABLE,
    ),
    Injection(REFUNDS, "seller grants the return after 48 h and 1 s", "after 48 h", _return_granted),
    Injection(
        REFUNDS,
        "nobody answers the return, and the platform grants it after 48 h and some minutes",
        "seller refuses the return after 48 h",
        _return_unanswered,
    ),
    Injection(
        "platform_approves_unanswered_refund_request",
        "platform grants the return 49 h and 1 s after the request",
        "platform grants the return 49 h after the request",
        _return_granted_too_late_by_platform,
        both=(REFUNDS,),
    ),
    Injection(
        "platform_steps_in_last",
        "dispute opened 1 s before the seller's answer",
        "dispute opened in the second of the seller's answer",
        _disputed,
    ),
)
