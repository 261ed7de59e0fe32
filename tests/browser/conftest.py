"""Chromium, and pages made of the example log; without Chromium these tests are skipped, in CI they fail."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "canonical_events.jsonl"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless Chromium of the system."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing = "Chromium is not installed; apt-get install chromium"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def report_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes the HTML report on a log, the example's for None."""

    def written(lang: str, log: Path = EXAMPLE) -> Path:
        path = tmp_path_factory.mktemp("report") / f"{lang}.html"
        words = ["--as-of", "2026-01-31T18:00:00+09:00", "--lang", lang, "--output", f"html={path}"]
        main(["check", str(log), *words])
        return path

    return written


@pytest.fixture
def opened(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a file without network; what the page complains of fails the test."""
    contexts = []

    def opens(path: Path, width: int = 1280, scheme: str = "light") -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True, reduced_motion="reduce"
        )
        page, complaints = context.new_page(), []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith("file:") else complaints.append(asked.url))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        contexts.append((context, complaints))
        return page

    yield opens
    for context, complaints in contexts:
        context.close()
        assert [one for one in complaints if not one.startswith("data:")] == []
