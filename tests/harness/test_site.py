"""Which pages does the living spec have?"""

from datetime import UTC, datetime
from pathlib import Path

from checker.harness.site import build_site
from checker.model.policy import Policy

FEATURE = """Feature: {title}
  Scenario: nothing happens
    Given the policy is tiktok_shop.jp.order_cancellation@2025-10-28
    And at 2025-12-01 08:00 the buyer places the order (status unpaid)
    When the order is checked at 2025-12-02 10:00
    Then rule seller_does_not_ask_buyer_to_cancel is pending
"""


def test_a_feature_beside_that_of_its_version_has_a_page_of_its_own(tmp_path: Path, pool: tuple[Policy, ...]) -> None:
    """Neither page overwrites the other, and the history leads to the one named by the date."""
    for name in ("2025-10-28", "messages"):
        (tmp_path / f"{name}.feature").write_text(FEATURE.format(title=f"about {name}"), encoding="utf-8")
    build_site([tmp_path], pool, tmp_path / "out", datetime(2025, 12, 9, tzinfo=UTC))
    version = "tiktok_shop.jp.order_cancellation@2025-10-28"
    pages = tmp_path / "out" / "en"
    assert [path.name for path in sorted(pages.glob("*@*"))] == [f"{version}.html", f"{version}.messages.html"]
    assert "about 2025-10-28" in (pages / f"{version}.html").read_text(encoding="utf-8")
    assert "about messages" in (pages / f"{version}.messages.html").read_text(encoding="utf-8")
    history = (pages / "tiktok_shop.jp.order_cancellation.html").read_text(encoding="utf-8")
    assert f"{version}.html" in history
    assert f"{version}.messages.html" not in history
