"""Which deadlines are running, for a spreadsheet?"""

from collections.abc import Iterator
from datetime import timedelta

from checker.model.report import Report
from checker.reports.due_rows import COLUMNS, due_row, near
from checker.reports.findings_csv import BOM, table
from checker.reports.view import View
from checker.reports.wording import Wording


def render(report: Report, view: View, within: timedelta | None) -> Iterator[bytes]:
    """A row per deadline, soonest first; no cell is a formula."""
    say = Wording(view.lang, report.policies, report.as_of)
    yield BOM
    yield from table(COLUMNS, (due_row(due, finding, say) for due, finding in near(report, within)))
