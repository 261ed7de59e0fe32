"""Small policies, written as their authors would write them."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent, indent

import pytest

from checker.loading.policies import load_policies
from checker.model.policy import Policy

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
        parameters: str = RESPONSE, rules: str = RULES, effective: str = "2025-01-01", change: str = "substantive"
    ) -> Path:
        folder = tmp_path / "policies" / "shop" / "xx" / "topic"
        folder.mkdir(parents=True, exist_ok=True)
        (folder.parent / "market.yaml").write_text(MARKET, encoding="utf-8")
        path = folder / f"{effective}.yaml"
        blocks = ("parameters", parameters), ("rules", rules)
        body = "".join(f"{name}:\n{indent(dedent(text).strip(), '  ')}\n" for name, text in blocks)
        path.write_text(HEAD % (effective, effective, change) + body, encoding="utf-8")
        return path

    return written


@pytest.fixture
def policy(write: Write) -> Callable[..., Policy]:
    """Writes and loads one version."""
    return lambda *args, **words: load_policies(write(*args, **words))[0]
