"""Which formats are there? One module each, with `render(report, view) -> Iterator[bytes]`, imported when asked for."""

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module

from checker.model.report import Report
from checker.reports.view import View

FORMATS = {
    "console": "console",
    "json": "json_report",
    "jsonl": "json_lines",
    "csv": "findings_csv",
    "parquet": "findings_parquet",
    "sarif": "sarif",
    "junit": "junit",
    "markdown": "markdown",
    "github": "github",
    "gitlab": "gitlab",
    "html": "html",
}

FILES_ONLY = frozenset({"parquet"})
"""Formats that are no text: only for `--output`."""


def render(name: str, report: Report, view: View) -> Iterator[bytes]:
    """The report in the format of that name, piece by piece."""
    chunks: Iterator[bytes] = import_module(f"checker.reports.{FORMATS[name]}").render(report, view)
    return chunks


DUE_FORMATS = {
    "table": "console.deadlines",
    "json": "due_json",
    "csv": "due_csv",
    "ics": "icalendar",
}
"""The formats of the due list, each with `render(report, view, within)`."""


def render_due(name: str, report: Report, view: View, within: timedelta | None) -> Iterator[bytes]:
    """The due list in the format of that name."""
    chunks: Iterator[bytes] = import_module(f"checker.reports.{DUE_FORMATS[name]}").render(report, view, within)
    return chunks
