"""Which deadlines are running, for a machine?"""

from collections.abc import Iterator
from datetime import timedelta

import orjson

from checker.model.report import Report
from checker.reports.due_rows import due_row, near
from checker.reports.summary import dated, undated
from checker.reports.view import View
from checker.reports.wording import Wording

VERSION = 1
"""Grows when a reader of the old shape would misread the new one."""


def render(report: Report, view: View, within: timedelta | None) -> Iterator[bytes]:
    """One object: `as_of`, `due` (soonest first), and how many duties run with and without a due time."""
    say = Wording(view.lang, report.policies, report.as_of)
    told = {
        "report": "checker due",
        "version": VERSION,
        "as_of": report.as_of,
        "due": [due_row(due, finding, say) for due, finding in near(report, within)],
        "running": dated(report),
        "undated": undated(report),
    }
    yield orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z) + b"\n"
