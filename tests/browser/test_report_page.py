"""Does the HTML report work in a browser, from a file and without network?"""

import json
import re

import pytest
from playwright.sync_api import expect

VIOLATED = "#list tbody tr.row"


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_page_fits_its_width(report_of, opened, lang, width):
    """At phone, tablet and desk width nothing sticks out sideways, with an order's details open."""
    page = opened(report_of(lang), width, "dark")
    page.locator("#list .open").first.click()
    assert page.locator("tr.detail .picture").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_violations_come_first(report_of, opened):
    """The list begins with the violations, the gravest first, and says how many there are."""
    page = opened(report_of("en"))
    assert page.locator(f"{VIOLATED} td.severity").all_inner_texts() == ["critical", "critical", "major", "major"]
    assert page.locator("#list [role=status]").inner_text() == "1–4 of 4"


def test_search_filters(report_of, opened):
    """Words of a search must all be there; reset shows every verdict."""
    page = opened(report_of("en"))
    page.locator("#list input").fill("000103 ANSWERS")
    assert page.locator(VIOLATED).count() == 1
    page.locator("#list button[type=reset]").click()
    expect(page.locator("#list tr.row")).to_have_count(50)


def test_tile_shows_its_verdict(report_of, opened):
    """A number at the top opens its findings."""
    page = opened(report_of("en"))
    wanted = page.locator("[data-show=pending] b").inner_text()
    page.locator("[data-show=pending]").click()
    expect(page.locator("#list select[name=verdict]")).to_have_value("pending")
    expect(page.locator("#list [role=status]")).to_have_text(re.compile(f" of {wanted}$"))


def test_rule_shows_its_findings(report_of, opened):
    """A violated rule opens its findings."""
    page = opened(report_of("en"))
    page.locator(".groups [data-rule]").first.click()
    expect(page.locator("#list select[name=rule]")).not_to_have_value("")
    rules = set(page.locator(f"{VIOLATED} td.rule span").all_inner_texts())
    assert rules == {page.locator(".groups [data-rule]").first.inner_text()}


def test_sort_by_header(report_of, opened):
    """A header sorts, a second click turns the order round, and readers of the screen are told."""
    page = opened(report_of("en"))
    header = page.locator("#list th.subject")
    header.locator("button").click()
    up = page.locator(f"{VIOLATED} .open").all_inner_texts()
    assert (header.get_attribute("aria-sort"), up) == ("ascending", sorted(up))
    header.locator("button").click()
    assert (header.get_attribute("aria-sort"), page.locator(f"{VIOLATED} .open").all_inner_texts()) == (
        "descending",
        sorted(up, reverse=True),
    )


def test_details_show_proof(report_of, opened):
    """An opened finding has the arithmetic, the clause, the place in the log and the order's picture."""
    page = opened(report_of("ja"))
    page.locator("#list input").fill("000103")
    page.keyboard.press("Tab")
    page.locator("#list .open").first.press("Enter")
    told = page.locator("tr.detail").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert "キャンセル申請 1月27日(火) 09:15 JST + 48時間 = 1月29日(木) 09:15 JST" in told
    assert "article §02, §04" in told
    assert "canonical_events.jsonl:" in told
    assert page.locator("tr.detail .picture circle").count() == page.locator("tr.detail .events li").count() > 3


def test_due_list_counts_down(report_of, opened):
    """What falls due next has the time left at the moment of the audit, duties only."""
    page = opened(report_of("en"))
    assert page.locator("#soon td.left").all_inner_texts() == ["1 d 16 h", "1 d 17 h"]
    assert page.locator("#soon td.bearer").all_inner_texts() == ["seller", "platform"]


def test_print_shows_the_list(report_of, opened):
    """On paper the list is there and the controls are not."""
    page = opened(report_of("en"))
    page.emulate_media(media="print")
    assert page.locator("#list .tools").is_hidden()
    assert page.locator(VIOLATED).first.is_visible()
    assert len(page.pdf()) > 10_000


def test_ten_thousand_findings(report_of, opened, tmp_path):
    """Of ten thousand findings a page is drawn at a time, and a search finds one of them."""
    path = tmp_path / "many.jsonl"
    orders = [
        {"order_id": str(600000000000000000 + n), "type": kind, "ts": at, "actor": actor, "request_id": f"r{n}"}
        for n in range(700)
        for kind, at, actor in (
            ("order_created", "2026-01-20T01:00:00Z", "buyer"),
            ("cancel_requested", "2026-01-21T01:00:00Z", "buyer"),
        )
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in orders), "utf-8")
    page = opened(report_of("en", path))
    page.locator("#list button[type=reset]").click()
    expect(page.locator("#list [role=status]")).to_have_text(re.compile(r" of 1\d,\d{3}$"), timeout=30_000)
    assert page.locator(VIOLATED).count() == 50
    page.locator("#list input").fill("600000000000000699")
    assert set(page.locator(f"{VIOLATED} .open").all_inner_texts()) == {"600000000000000699"}
