"""Are patterns and conditions told right?"""

from datetime import UTC, datetime

import pytest

from checker.model.activity import Activity, Observable
from checker.model.condition import (
    AllOf,
    AnyOf,
    Compare,
    EqualsFact,
    EqualsField,
    EventPattern,
    InCodes,
    Matches,
    Missing,
    NoneOf,
    Not,
    Observed,
    OneOf,
    OrderIs,
    Past,
    Present,
    Relation,
    Seen,
    State,
    StateRelation,
    TriggerIs,
)
from checker.model.deadline import Deadline, FromDeadline, FromFact, FromField, Recorded
from checker.reports.patterns import condition_text, deadline_text, field_text, pattern_text, value_text

PAID = EventPattern((Activity.PAYMENT_SUCCEEDED,))
TESTS = {
    "reason code: a or b": OneOf(("a", "b")),
    "not: reason code: a": NoneOf(("a",)),
    "reason code of “fraud”": InCodes("fraud"),
    "not: reason code of “fraud”": InCodes("fraud", negated=True),
    "reason code of “delay” ": Matches("delay"),
    "reason code above 3": Compare(Relation.GT, 3),
    "reason code at most 3": Compare(Relation.LE, 3),
    "reason code: known": Present(),
    "reason code: unknown": Missing(),
    "reason code: channel": EqualsField("channel"),
    "reason code: buyer's language": EqualsFact("buyer_language"),
}
CONDITIONS = {
    "payment came before": Seen(PAID),
    "payment came before, at most 48 h ago": Seen(PAID, "seller_response"),
    "not: payment came before": Not(Seen(PAID)),
    "the order is not yet in transit": State(StateRelation.BEFORE, ("IN_TRANSIT",)),
    "the order is unpaid or on hold": State(StateRelation.IS, ("UNPAID", "ON_HOLD")),
    "the order is or was in transit": State(StateRelation.REACHED, ("IN_TRANSIT",)),
    "refund issued: unknown": OrderIs("refund_issued", Missing()),
    "who acted: seller": TriggerIs("actor", OneOf(("seller",))),
    "48 h after the event itself has passed": Past(Deadline("seller_response")),
    "the log shows messages": Observed(Observable.MESSAGES),
    "payment came before and the log shows messages": AllOf((Seen(PAID), Observed(Observable.MESSAGES))),
    "payment came before or the log shows messages": AnyOf((Seen(PAID), Observed(Observable.MESSAGES))),
}
DEADLINES = {
    "undelivered after the latest estimated delivery date": Deadline(
        "undelivered", FromFact("latest_estimated_delivery")
    ),
    "48 h after the due": Deadline("seller_response", FromField("due")),
    "batch after the 48 h after the event itself": Deadline("batch", FromDeadline(Deadline("seller_response"))),
    "shipping deadline": Deadline(None, Recorded("shipping_due")),
}


@pytest.mark.parametrize("told", TESTS)
def test_tests(told):
    """What a test asks of a field."""
    assert field_text("en", "reason", TESTS[told]) == told.rstrip()


@pytest.mark.parametrize("told", CONDITIONS)
def test_conditions(made, told):
    """A condition in words."""
    assert condition_text("en", CONDITIONS[told], made.policy()) == told


@pytest.mark.parametrize("told", DEADLINES)
def test_deadlines(made, told):
    """A deadline in words; an amount that is no single number by its parameter's name."""
    assert deadline_text("en", DEADLINES[told], made.policy()) == told


def test_pattern():
    """Activities that have a name together are called by it; other tests stand in brackets."""
    tests = (("actor", OneOf(("platform", "operator"))), ("channel", OneOf(("email",))))
    assert pattern_text("en", EventPattern((Activity.NOTIFICATION_SENT,), tests)) == (
        "notice by the platform or platform staff (channel: e-mail)"
    )
    answer = EventPattern((Activity.CANCEL_APPROVED, Activity.CANCEL_REJECTED))
    assert pattern_text("ja", answer) == "キャンセル申請への回答"
    assert pattern_text("zh", EventPattern((Activity.DELIVERED, Activity.COMPLETED))) == "送达或订单完成"


def test_values():
    """Values are told by their names where they have one."""
    values = (True, "no", ("a", "b"), datetime(2026, 1, 1, tzinfo=UTC), "seller", "IN_TRANSIT", "explicit", 3, "x")
    assert [value_text("en", value) for value in values] == [
        "yes",
        "no",
        "a, b",
        "2026-01-01T00:00:00+00:00",
        "seller",
        "in transit",
        "openly",
        "3",
        "x",
    ]
