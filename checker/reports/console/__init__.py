"""What does a person at a terminal read first?"""

from collections.abc import Iterator

from checker.model.report import Report
from checker.reports.console.closing import closing
from checker.reports.console.coming import coming
from checker.reports.console.counts import cancellation_counts, class_counts, data_problems, rate_lines
from checker.reports.console.header import header
from checker.reports.console.sheet import sheet_for
from checker.reports.console.verdicts import due_next, not_judged, violated
from checker.reports.view import View


def render(report: Report, view: View) -> Iterator[bytes]:
    """The report for a terminal: what is wrong, what is due, what could not be judged; counts last."""
    sheet = sheet_for(report, view)
    for section in (
        header,
        violated,
        due_next,
        not_judged,
        coming,
        class_counts,
        cancellation_counts,
        rate_lines,
        data_problems,
        closing,
    ):
        section(sheet)
    return sheet.paper.render()
