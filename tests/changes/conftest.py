"""Small policies, written as their authors would write them."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest

from checker.engines.reference import findings
from checker.loading.policies import load_policies
from checker.model.activity import Activity, Observable
from checker.model.event import Actor, Event, Value
from checker.model.history import OrderHistory, Span
from checker.model.policy import Policy
from checker.model.report import EventLog, Report, Tally

MARKET = """
market: shop.xx
timezone: Asia/Tokyo
languages: [ja]
states: [AWAITING_SHIPMENT, IN_TRANSIT]
final: [CANCELLED]
labels:
  AWAITING_SHIPMENT: {zh: a, ja: a, en: a}
  IN_TRANSIT: {zh: b, ja: b, en: b}
  CANCELLED: {zh: c, ja: c, en: c}
"""
HEAD = """
language: 1
policy: shop.xx.topic
effective: %s
effective_basis: published
published: %s
timezone: Asia/Tokyo
change: %s
open_windows: keep_old
title: {zh: t, ja: t, en: t}
sources:
  page: {title: Page, address: null, read_on: 2026-01-01, confidence: official}
"""
RULES = """
- id: seller_answers
  kind: obligation
  title: {zh: 答复, ja: 回答, en: The seller answers}
  severity: major
  bearer: seller
  cites: [{source: page, clause: "1"}]
  applies_by: trigger_time
  trigger: {activity: cancel_requested, actor: buyer}
  must: {activity: [cancel_approved, cancel_rejected], actor: seller, same: [request_id]}
  within: response
"""
RESPONSE = """
response: {hours: 48, source: page, clause: "1", better_for_buyer: less}
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a version of `shop.xx.topic` and gives its path."""

    def written(
        parameters: str = RESPONSE,
        rules: str = RULES,
        effective: str = "2025-01-01",
        change: str = "substantive",
        published: str | None = None,
        head: str = "",
    ) -> Path:
        folder = tmp_path / "policies" / "shop" / "xx" / "topic"
        folder.mkdir(parents=True, exist_ok=True)
        (folder.parent / "market.yaml").write_text(MARKET, encoding="utf-8")
        path = folder / f"{effective}.yaml"
        blocks = ("parameters", parameters), ("rules", rules)
        body = "".join(f"{name}:\n{indent(dedent(text).strip(), '  ')}\n" for name, text in blocks)
        path.write_text(HEAD % (effective, published or effective, change) + head + body, encoding="utf-8")
        return path

    return written


@pytest.fixture
def policy(write: Write) -> Callable[..., Policy]:
    """Writes and loads one version."""
    return lambda *args, **words: load_policies(write(*args, **words))[0]


def happened(order_id: str, at: str, activity: str, actor: str = "buyer", **attributes: Value) -> Event:
    """One event; `at` with its offset."""
    instant = datetime.fromisoformat(at).astimezone(UTC)
    return Event(f"{order_id}:{activity}:{at}", order_id, Activity(activity), instant, Actor(actor), attributes)


@pytest.fixture
def order() -> Callable[..., OrderHistory]:
    """An order whose log shows everything: `(at, activity, actor, attributes)` each, and facts."""

    def made(order_id: str, *events: tuple[Any, ...], **facts: Value) -> OrderHistory:
        created = happened(order_id, "2024-01-01T00:00:00+09:00", "order_created")
        told = (happened(order_id, at, activity, actor, **more) for at, activity, actor, more in events)
        observes = {name: Span() for name in Observable}
        return OrderHistory(order_id, {"shop_id": "S1", **facts}, observes, (created, *told))

    return made


@pytest.fixture
def asked(order: Callable[..., OrderHistory]) -> Callable[..., OrderHistory]:
    """An order whose buyer asked to cancel at the first instant, answered by the seller at the second, if any."""

    def made(order_id: str, at: str, answered: str | None = None, **facts: Value) -> OrderHistory:
        events: list[tuple[Any, ...]] = [(at, "cancel_requested", "buyer", {"request_id": "r1"})]
        if answered is not None:
            events.append((answered, "cancel_approved", "seller", {"request_id": "r1"}))
        return order(order_id, *events, **facts)

    return made


@pytest.fixture
def report() -> Callable[..., Report]:
    """What the reference engine reports on these orders."""

    def made(policies: Sequence[Policy], histories: Sequence[OrderHistory], as_of: str) -> Report:
        at = datetime.fromisoformat(as_of).astimezone(UTC)
        log = EventLog(tuple(histories), (), Tally(), {}, "sha256:0")
        return Report(findings(histories, policies, at), tuple(policies), log, at, "reference")

    return made
