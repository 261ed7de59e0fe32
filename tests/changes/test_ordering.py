"""Which of two values is larger, whatever their units?"""

from datetime import time

import pytest

from checker.changes.ordering import Order, order_of
from checker.model.comparison import Amount
from checker.model.deadline import ByFact, Duration, Unit
from checker.model.policy import Codes, Count, Percent


def hours(n: int) -> Duration:
    return Duration(Unit.HOURS, n)


def days(n: int, timezone: str | None = None) -> Duration:
    return Duration(Unit.CALENDAR_DAYS, n, timezone=timezone)


def working(n: int, calendar: str = "jp", cut_off: time | None = None) -> Duration:
    return Duration(Unit.WORKING_DAYS, n, calendar, cut_off)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        (hours(47), hours(48), Order.LESS),
        (hours(48), hours(48), Order.EQUAL),
        (hours(1), Duration(Unit.MINUTES, 60), Order.EQUAL),
        (Duration(Unit.MINUTES, 61), hours(1), Order.MORE),
        (hours(48), days(2), Order.LESS),
        (hours(49), days(2), Order.NONE),
        (hours(71), days(2), Order.NONE),
        (hours(72), days(2), Order.MORE),
        (days(2), days(3), Order.LESS),
        (days(2), days(2), Order.EQUAL),
        (days(2, "Asia/Tokyo"), days(2), Order.NONE),
        (days(1, "Asia/Tokyo"), days(2), Order.LESS),
        (working(2), working(3), Order.LESS),
        (working(2), working(2), Order.EQUAL),
        (working(2), working(3, "vn"), Order.NONE),
        (working(2), working(2, cut_off=time(14)), Order.NONE),
        (days(2), working(3), Order.LESS),
        (days(3), working(3), Order.NONE),
        (working(3), hours(72), Order.MORE),
        (Percent("2.50"), Percent("2.5"), Order.EQUAL),
        (Percent("10"), Percent("2.5"), Order.MORE),
        (Count(29), Count(30), Order.LESS),
        (Codes(("a",)), Codes(("a", "b")), Order.LESS),
        (Codes(("b", "a")), Codes(("a", "b")), Order.EQUAL),
        (Codes(("a", "c")), Codes(("a", "b")), Order.NONE),
        (Percent(None), Percent("2.5"), Order.NONE),
        (Duration(Unit.HOURS, None), hours(1), Order.NONE),
        (Duration(Unit.HOURS, ByFact("shipping", {"local": 1})), hours(1), Order.NONE),
        (Count(2), hours(2), Order.NONE),
    ],
)
def test_order_of_values(one: Amount, other: Amount, order: Order) -> None:
    """Values are ordered by the time they give, and only where that never depends on the moment."""
    assert order_of(one, other) is order


@pytest.mark.parametrize(("one", "other"), [(hours(48), days(2)), (working(2), working(3)), (days(2), working(3))])
def test_order_turns_around(one: Amount, other: Amount) -> None:
    """What is less than another leaves that one more."""
    assert (order_of(one, other), order_of(other, one)) == (Order.LESS, Order.MORE)
