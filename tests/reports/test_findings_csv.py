"""Can a spreadsheet read the findings, and is no cell a formula?"""

import csv
import io
from dataclasses import replace

import pyarrow.csv
import pytest

from checker.model.finding import Reason
from checker.reports.findings_csv import cell, render
from checker.reports.rows import COLUMNS
from checker.reports.view import View


def rendered(report, **view):
    return b"".join(render(report, View(**view)))


def test_a_row_per_finding(made):
    """Another reader of CSV finds a row per finding and every column."""
    report = made.report()
    table = pyarrow.csv.read_csv(io.BytesIO(rendered(report, lang="ja")))
    assert (table.num_rows, tuple(table.column_names)) == (len(report.findings), COLUMNS)


def test_a_late_answer(made):
    """Instants are ISO 8601 in UTC, flags are words, what does not apply is empty."""
    text = rendered(made.report(made.every_reason()[Reason.LATE])).decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text, newline="")))
    told = {name: row[name] for name in ("subject_id", "due_at", "decisive_at", "late_by_seconds", "known", "percent")}
    assert told == {
        "subject_id": "582300000000000103",
        "due_at": "2025-12-03T01:00:00Z",
        "decisive_at": "2025-12-03T02:20:00Z",
        "late_by_seconds": "4800.0",
        "known": "false",
        "percent": "",
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝", "＠"])
def test_formulas_are_defused(start):
    """A text that a spreadsheet would compute begins with an apostrophe."""
    assert cell(f"{start}HYPERLINK(1)").startswith("'")


def test_numbers_are_left_alone():
    """A negative number is no formula."""
    assert (cell(-3), cell("plain")) == ("-3", "plain")


def test_hostile_order_id(made):
    """An order id from a log cannot become a formula, a new row or a control."""
    late = replace(made.every_reason()[Reason.LATE], subject_id='=cmd|"/c calc"!A1\n=1\x1b')
    rows = list(csv.DictReader(io.StringIO(rendered(made.report(late)).decode("utf-8-sig"), newline="")))
    assert [row["subject_id"] for row in rows] == ['\'=cmd|"/c calc"!A1\\x0a=1\\x1b']
