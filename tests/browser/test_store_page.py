"""Does the page on a store count everything, and say that it lists a part?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from checker.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "canonical_events.jsonl"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example log as a store."""
    path = tmp_path_factory.mktemp("log") / "store"
    assert main(["convert", str(EXAMPLE), "--out", str(path)]) == 0
    return path


Report = Callable[..., Path]
Opens = Callable[..., Any]


def numbers(page: Any, place: str) -> list[str]:
    found: list[str] = page.locator(place).all_text_contents()
    return found


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
@pytest.mark.parametrize("width", [360, 1280])
def test_page_of_a_store_fits(report_of: Report, opened: Opens, store: Path, lang: str, width: int) -> None:
    """Nothing sticks out sideways, and the list says how much is listed and what has all."""
    page = opened(report_of(lang, store), width)
    expect(page.locator("#findings + p")).to_contain_text("--output parquet=FILE")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_counts_are_those_of_the_log(report_of: Report, opened: Opens, store: Path) -> None:
    """Tiles, rules, what could not be judged and cancellations are counted as on the page of the log."""
    pages = [opened(report_of("en", log)) for log in (EXAMPLE, store)]
    places = (".tile b", ".groups .count", "#unjudged ~ ul .quiet", ".bars .number", ".chart:not(.trend) .numbers td")
    for place in places:
        of_log, of_store = (numbers(page, place) for page in pages)
        assert of_store == of_log != []


def test_violations_are_those_of_the_log(report_of: Report, opened: Opens, store: Path) -> None:
    """The list begins with the violations, each with its proof."""
    of_log, of_store = (opened(report_of("ja", log)) for log in (EXAMPLE, store))
    rows = [page.locator("#list tbody tr.row").all_inner_texts() for page in (of_log, of_store)]
    assert rows[0] == rows[1] != []
    of_store.locator("#list .open").first.click()
    expect(of_store.locator("tr.detail .picture")).to_have_count(1)


def test_tile_of_what_is_not_listed_opens_nothing(report_of: Report, opened: Opens, store: Path) -> None:
    """The number of satisfied verdicts is shown, but there is no list behind it."""
    page = opened(report_of("en", store))
    expect(page.locator("[data-show=satisfied]")).to_be_disabled()
    expect(page.locator("[data-show=violated]")).to_be_enabled()
