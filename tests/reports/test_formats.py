"""Set UPDATE_GOLDEN=1 to write the golden files anew, then read their diff."""

import os
from pathlib import Path

import pytest

from checker import __version__
from checker.reports.formats import DUE_FORMATS, FORMATS, render, render_due
from checker.reports.view import View

GOLDEN = Path(__file__).parents[1] / "golden"
TEXTS = ["csv", "github", "gitlab", "jsonl", "junit", "markdown", "sarif"]


def compared(name, chunks):
    told = b"".join(chunks).decode().replace(__version__, "VERSION").replace("><", ">\n<").replace("\r\n", "\n")
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text("utf-8")


@pytest.mark.parametrize("form", TEXTS)
def test_report(made, form):
    """Every reason, in every format for machines and CI."""
    compared(f"report.{form}", render(form, made.report(), View()))


@pytest.mark.parametrize("form", ["csv", "json"])
def test_due_list(made, form):
    """The due list for spreadsheets and programs."""
    compared(f"due.{form}", render_due(form, made.report(), View(), None))


def test_every_format_renders(made):
    """Each name in the tables stands for a module that yields bytes."""
    for name in FORMATS:
        assert all(isinstance(chunk, bytes) for chunk in render(name, made.report(), View(lang="zh")))
    for name in DUE_FORMATS:
        assert all(isinstance(chunk, bytes) for chunk in render_due(name, made.report(), View(lang="zh"), None))
