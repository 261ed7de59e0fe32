"""What does a spreadsheet read? A row per finding, in which no cell is a formula."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import datetime

from checker.model.report import Report
from checker.reports.printable import printable
from checker.reports.rows import COLUMNS, Cell, rows
from checker.reports.view import View
from checker.reports.wording import Wording

BOM = b"\xef\xbb\xbf"
"""Without it Excel reads Chinese and Japanese as gibberish."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a cell begins that a spreadsheet may compute; full-width signs too, which Japanese Excel takes for plain ones."""


def render(report: Report, view: View) -> Iterator[bytes]:
    """The table with its header, RFC 4180, instants as ISO 8601 in UTC."""
    say = Wording(view.lang, report.policies, report.as_of)
    yield BOM
    yield from table(COLUMNS, rows(report, say))


def table(columns: tuple[str, ...], found: Iterator[Mapping[str, Cell]]) -> Iterator[bytes]:
    """Lines of these columns, the header first."""
    yield _line(columns)
    for row in found:
        yield _line(tuple(cell(row[name]) for name in columns))


def _line(cells: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode("utf-8", "replace")


def cell(value: Cell) -> str:
    """The value as text; a text that a spreadsheet would compute gets an apostrophe before it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case str():
            text = printable(value)
            return f"'{text}" if value.lstrip(" ").startswith(_FORMULA) else text
        case _:
            return str(value)
