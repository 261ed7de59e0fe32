"""What a check says of made-up orders."""

from collections.abc import Callable, Iterable

import pytest

from checker.check import read_messages
from checker.engines import columnar
from checker.generating.moments import UNTIL
from checker.loading import load_policies, shipped_policies
from checker.loading.lexicons import load_lexicons
from checker.model.finding import Finding
from checker.model.history import OrderHistory
from checker.model.policy import Policy


@pytest.fixture(scope="session")
def policies() -> tuple[Policy, ...]:
    return tuple(policy for policy in load_policies() if policy.id == "tiktok_shop.jp.order_cancellation")


@pytest.fixture(scope="session")
def judged(policies: tuple[Policy, ...]) -> Callable[[Iterable[OrderHistory]], tuple[Finding, ...]]:
    """The findings on orders whose messages are read as in any log, at the log's end."""
    lexicons = load_lexicons(shipped_policies() / "lexicons")
    return lambda orders: columnar.findings(tuple(read_messages(orders, policies, lexicons)), policies, UNTIL)
