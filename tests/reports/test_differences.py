"""What differs between two versions, as text and as JSON?"""

import json

import pytest

from checker.changes.diff import difference
from checker.loading.policies import load_policies
from checker.model.difference import PolicyDifference
from checker.reports.differences import difference_json, difference_text
from checker.reports.phrases import Lang


def shipped(policy: str, old: str, new: str) -> PolicyDifference:
    versions = {version.effective.isoformat(): version for version in load_policies() if version.id == policy}
    return difference(versions[old], versions[new])


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "  [looser] time to hand over: 72 h -> 3 calendar days"),
        ("ja", "  [緩くなる] 引き渡し期限: 72時間 → 3日（暦日）"),
        ("zh", "  [更宽] 交运时限：72小时 → 3个自然日"),
    ],
)
def test_units_in_words(lang: Lang, line: str) -> None:
    """A change of unit is told in the reader's language, with its direction."""
    found = shipped("tiktok_shop.sea_cb.order_cancellation", "2026-01-27", "2026-06-18")
    assert line in difference_text(found, lang).splitlines()


def test_a_cut_off_is_told() -> None:
    """A parameter with a cut-off says so; where the direction is not clear the reader is sent to impact."""
    found = shipped("tiktok_shop.vn.order_fulfilment", "2023-01-12", "2024-08-26")
    text = difference_text(found, "en")
    assert (
        "[direction unclear] time to be ready for collection: cross_border: 3 calendar days, local: not published -> 2"
        in text
    )
    assert (
        "checker impact tiktok_shop.vn.order_fulfilment@2023-01-12 tiktok_shop.vn.order_fulfilment@2024-08-26" in text
    )


def test_no_difference_is_said() -> None:
    """A republication says that its meaning is the same."""
    found = shipped("tiktok_shop.vn.order_fulfilment", "2024-08-26", "2025-06-30")
    assert difference_text(found, "en").endswith("\nno difference in meaning\n")
    assert json.loads(difference_json(found))["same_meaning"] is True


def test_only_new_rows_of_a_table() -> None:
    """Of a decision table only the rows that differ are told; the machine form has places and directions."""
    found = shipped("tiktok_shop.sea_cb.order_cancellation", "2025-04-01", "2026-01-27")
    (table,) = [row for row in json.loads(difference_json(found))["differences"] if row["part"] == "cases"]
    assert (table["rule"], table["direction"]) == ("cancellation_fault", "unclear")
    assert table["new_at"].startswith("policies/tiktok_shop/sea_cb/order_cancellation/2026-01-27.yaml:")
    assert "but after collection target" in difference_text(found, "en")
