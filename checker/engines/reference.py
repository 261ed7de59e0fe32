"""The interpreter, order by order."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from checker.interpreter import judge, rates
from checker.model.finding import Finding
from checker.model.history import OrderHistory
from checker.model.policy import Policy


def findings(histories: Iterable[OrderHistory], policies: Sequence[Policy], as_of: datetime) -> tuple[Finding, ...]:
    """All findings: order by order as given, then the rates."""
    orders = tuple(histories)
    of_orders = (finding for history in orders for finding in judge(history, policies, as_of))
    return (*of_orders, *rates(orders, policies, as_of))
