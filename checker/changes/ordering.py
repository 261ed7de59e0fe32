"""Which of two values is larger, whatever their units?"""

from dataclasses import replace
from decimal import Decimal
from enum import Enum

from checker.model.comparison import Amount
from checker.model.deadline import Duration, Unit
from checker.model.policy import Codes, Count, Percent

_MINUTES = {Unit.MINUTES: 1, Unit.HOURS: 60, Unit.CALENDAR_DAYS: 24 * 60, Unit.WORKING_DAYS: 24 * 60}


class Order(Enum):
    """How one value stands to another; NONE where it depends on the moment or on the order."""

    LESS = -1
    EQUAL = 0
    MORE = 1
    NONE = None


def order_of(one: Amount, other: Amount) -> Order:
    """How `one` stands to `other`: amounts by size, code lists by inclusion.

    48 hours are less than 2 calendar days, which run to the end of the second day. Values that are not published, or
    that depend on a fact, have no order.
    """
    match one, other:
        case Duration(), Duration():
            return _durations(one, other)
        case Percent(value=str() as a), Percent(value=str() as b):
            return _numbers(Decimal(a), Decimal(b))
        case Count(value=int() as x), Count(value=int() as y):
            return _numbers(x, y)
        case Codes(values=tuple() as c), Codes(values=tuple() as d):
            return _sets(frozenset(c), frozenset(d))
        case _:
            return Order.NONE


def _numbers(one: Decimal | int, other: Decimal | int) -> Order:
    return Order.EQUAL if one == other else Order.LESS if one < other else Order.MORE


def _sets(one: frozenset[str], other: frozenset[str]) -> Order:
    if one == other:
        return Order.EQUAL
    return Order.LESS if one < other else Order.MORE if one > other else Order.NONE


def _durations(one: Duration, other: Duration) -> Order:
    if not isinstance(one.amount, int) or not isinstance(other.amount, int):
        return Order.NONE
    if replace(one, amount=0) == replace(other, amount=0):
        return _numbers(one.amount, other.amount)
    shortest, longest = _bounds(one)
    other_shortest, other_longest = _bounds(other)
    if shortest == longest == other_shortest == other_longest:
        return Order.EQUAL
    if longest is not None and longest <= other_shortest:
        return Order.LESS
    if other_longest is not None and other_longest <= shortest:
        return Order.MORE
    return Order.NONE


def _bounds(duration: Duration) -> tuple[int, int | None]:
    """The least and the greatest length in minutes; working days have no greatest. Clock changes are left aside."""
    amount = duration.amount if isinstance(duration.amount, int) else 0
    shortest = amount * _MINUTES[duration.unit]
    match duration.unit:
        case Unit.MINUTES | Unit.HOURS:
            return shortest, shortest
        case Unit.CALENDAR_DAYS:
            return shortest, shortest + _MINUTES[Unit.CALENDAR_DAYS]
        case Unit.WORKING_DAYS:
            return shortest, None
