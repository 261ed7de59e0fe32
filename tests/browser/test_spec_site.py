"""Does the living spec work from a file in a real browser: search, switch, no request, nothing outside its frame?"""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from checker.harness.site import build_site
from checker.loading.policies import load_policies

FEATURE = """# language: zh-CN
功能: 取消
  背景:
    假如 适用规则版本 tiktok_shop.jp.order_cancellation@2025-10-28
    而且 2025-12-01 08:00 买家下单（状态为未支付）

  规则: seller_answers_cancel_request 商家在48小时内处理取消申请
    场景大纲: 正好 48 小时也算按时
      假如 2025-12-01 10:00 买家申请取消（申请号 R1）
      而且 <处理时间> 商家同意取消（申请号 R1，原因代码 seller_cancel_unpaid_reason_out_of_stock）
      当 在 2025-12-05 10:00 检查
      那么 规则 seller_answers_cancel_request 的结论为<结论>
      例子:
        | 处理时间            | 结论 |
        | 2025-12-03 10:00    | 合规 |
        | 2025-12-03 10:00:01 | 合规 |
"""
SLUG = "tiktok_shop.jp.order_cancellation@2025-10-28.html"
WIDTHS = (360, 768, 1280)
PAGES = (SLUG, "index.html", "tiktok_shop.sea_cb.order_cancellation.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spec")
    feature = folder / "a.feature"
    feature.write_text(FEATURE, encoding="utf-8")
    build_site([feature], load_policies(), folder / "out", datetime(2025, 12, 9, tzinfo=UTC))
    return folder / "out"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Chromium")
        pytest.skip("needs Debian's chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_search_finds_chinese_words(page: Page, site: Path) -> None:
    """All words, in any width and case, must be there; following a result leads to the scenario."""
    page.goto((site / "zh" / SLUG).as_uri())
    page.fill("#search", "４８ 商家 Seller_Answers")
    titles = page.locator("#results a").all_inner_texts()
    assert [title.split("\n")[0] for title in titles] == ["商家在48小时内处理取消申请", "正好 48 小时也算按时"]
    page.locator("#results a").nth(1).click()
    assert page.url.endswith("#line-8")


def test_search_says_when_nothing_is_found(page: Page, site: Path) -> None:
    """A word that stands nowhere finds nothing, in the reader's words."""
    page.goto((site / "ja" / SLUG).as_uri())
    page.fill("#search", "ない言葉")
    assert page.inner_text("#results") == "見つからない"


def test_the_switch_of_language_keeps_the_place(page: Page, site: Path) -> None:
    """From a rule in Chinese to the same rule in English."""
    page.goto((site / "zh" / SLUG).as_uri() + "#seller_answers_cancel_request")
    page.get_by_role("link", name="English").click()
    assert unquote(page.url) == unquote((site / "en" / SLUG).as_uri()) + "#seller_answers_cancel_request"
    assert "The seller answers a cancellation request within 48 hours" in page.inner_text("main")


def test_a_failing_row_says_what_was_found(page: Page, site: Path) -> None:
    """The message stands below its row, in the reader's language."""
    page.goto((site / "ja" / SLUG).as_uri())
    assert page.inner_text(".message") == (
        "期待: 規則 seller_answers_cancel_request の判定は適合\n実際: 規則 seller_answers_cancel_request の判定は違反"
    )


def test_a_row_shows_its_own_picture(page: Page, site: Path) -> None:
    """Choosing a row, by mouse or by key, puts its picture in the place of the first row's."""
    page.goto((site / "zh" / SLUG).as_uri())
    assert "10:00:01" not in page.inner_text(".pictures")
    page.locator("tr[data-picture]").nth(1).press("Enter")
    assert page.locator(".row-picture:visible").count() == 1
    assert "10:00:01" in page.locator(".row-picture:visible").inner_text()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["zh", "ja", "en"])
def test_nothing_leaves_its_frame(browser: Browser, site: Path, language: str, width: int) -> None:
    """No page scrolls sideways, every label stays inside its picture, no request is made, no error is logged."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page, outside, errors = context.new_page(), list[str](), list[str]()
    page.on("request", lambda request: outside.append(request.url) if not request.url.startswith("file:") else None)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    for path in (site / language / name for name in PAGES):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path.name
        assert page.evaluate(LABELS_OUTSIDE) == [], path.name
    context.close()
    assert [url for url in outside if not url.startswith("data:")] == []
    assert errors == []


LABELS_OUTSIDE = """() => [...document.querySelectorAll("svg.picture")].filter(svg => svg.checkVisibility()).flatMap(
svg => {
  const box = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter(text => {
    const inner = text.getBoundingClientRect();
    return inner.left < box.left - 1 || inner.right > box.right + 1 || inner.bottom > box.bottom + 1;
  }).map(text => text.textContent);
})"""
