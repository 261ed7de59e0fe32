"""Which market's policies judge an order?"""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from checker.check import check
from checker.loading.policies import load_policies
from checker.model.event import Value
from checker.model.history import OrderHistory
from checker.model.report import EventLog, Tally

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "market"),
    [
        ({"market": "VN", "shipping": "local"}, "tiktok_shop.vn"),
        ({"market": "VN", "shipping": "cross_border"}, "tiktok_shop.sea_cb"),
        ({"market": "SG", "shipping": "cross_border"}, "tiktok_shop.sea_cb"),
        ({"market": "SG"}, "tiktok_shop.sea_cb"),
        ({"market": "SG", "shipping": "local"}, None),
        ({"market": "VN"}, None),
        ({"market": "JP"}, None),
        ({"shipping": "local"}, "tiktok_shop.vn"),
        ({"shipping": "cross_border"}, None),
    ],
)
def test_cross_border_orders_have_their_own(
    order: Callable[..., OrderHistory], facts: dict[str, Value], market: str | None
) -> None:
    """An order belongs to the market that names most of its facts; where that is open, to none."""
    policies = [p for p in load_policies() if p.market.id in ("tiktok_shop.vn", "tiktok_shop.sea_cb")]
    log = EventLog((order("o1", **facts),), (), Tally(), {}, "sha256:0")
    report = check(log, policies, AS_OF)
    assert {finding.rule.policy.rpartition(".")[0] for finding in report.findings} == ({market} if market else set())
    assert report.strays == (() if market else ("o1",))
