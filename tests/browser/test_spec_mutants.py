"""Does the mutation report open in its viewer from a file?"""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from checker.harness.cases import cases
from checker.harness.feature import parse_feature
from checker.harness.mutation import fates
from checker.harness.mutation_report import mutation_report, page
from checker.loading.policies import load_policies

FEATURE = """Feature: cancellation
  Scenario: late
    Given the policy is tiktok_shop.jp.order_cancellation@2025-10-28
    And at 2025-12-01 08:00 the buyer places the order (status unpaid)
    And at 2025-12-01 10:00 the buyer asks to cancel (request R1)
    When the order is checked at 2025-12-05 10:00
    Then rule seller_answers_cancel_request is violated
"""


def test_the_viewer_shows_the_policy_without_a_network(tmp_path: Path) -> None:
    """The public viewer names the policy's file and makes no request."""
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Chromium")
        pytest.skip("needs Debian's chromium")
    tests = cases(parse_feature(FEATURE, "a.feature"), load_policies())
    policy = tests[0].world.policies[0]
    report = mutation_report([(policy, tuple(fates(policy, tests, {})))], 95)
    (tmp_path / "m.html").write_text(page(report), encoding="utf-8")
    requests: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        tab.on("request", lambda request: requests.append(request.url))
        tab.goto((tmp_path / "m.html").as_uri())
        tab.get_by_role("link", name="2025-10-28.yaml").first.click()
        tab.get_by_text("seller_answers_cancel_request").first.wait_for(timeout=10_000)
        browser.close()
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
