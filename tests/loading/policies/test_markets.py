"""Market files: what all policies of a market share."""

from pathlib import Path

import pytest

from checker.loading.policies.markets import read_market
from checker.loading.policies.policy_files import shipped_policies

BASE = """\
market: shop.xx
timezone: Asia/Tokyo
languages: [ja]
states: [UNPAID, PAID]
final: [PAID, CANCELLED]
labels:
  UNPAID: {zh: 甲, ja: 乙, en: c}
  PAID: {zh: 甲, ja: 乙, en: c}
  CANCELLED: {zh: 甲, ja: 乙, en: c}
"""


def said(folder: Path, old: str, new: str) -> list[str]:
    path = folder / "market.yaml"
    path.write_text(BASE.replace(old, new), encoding="utf-8")
    return [str(problem).removeprefix(f"{path}:") for problem in read_market(path)[2]]


def test_fields() -> None:
    """The Japanese market has its states in order, its final ones, and the calendar of its working days."""
    market, calendar, problems = read_market(shipped_policies() / "tiktok_shop" / "jp" / "market.yaml")
    assert problems == ()
    assert calendar == "jp"
    assert market is not None
    assert (market.id, market.timezone, market.languages) == ("tiktok_shop.jp", "Asia/Tokyo", ("ja",))
    assert market.states[0] == "UNPAID"
    assert market.final == ("COMPLETED", "CANCELLED")
    assert market.labels["IN_TRANSIT"]["en"] == "In transit"


def test_without_calendar_and_lexicon(tmp_path: Path) -> None:
    """Calendar and lexicon may be absent."""
    assert said(tmp_path, "", "") == []
    market, calendar, _ = read_market(tmp_path / "market.yaml")
    assert market is not None
    assert (market.lexicon, calendar) == (None, None)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  PAID:", "  PAYED:", "4:18: state `PAID` has no label; expected one under `labels` [P121]"),
        ("final: [PAID, CANCELLED]", "final: [PAID]", "9:3: label of an unknown state `CANCELLED` [P121]"),
        ("timezone: Asia/Tokyo", "timezone: JTS", "2:11: `JTS` does not fit; expected a time zone such as Asia/Tokyo"),
        ("market: shop.xx", "market: shop", "1:9: `shop` does not fit; expected marketplace and market with a dot"),
    ],
)
def test_problems(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """Labels and states belong together; the rest is the schema's."""
    assert said(tmp_path, old, new)[0].startswith(problem)
