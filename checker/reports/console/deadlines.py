"""Which deadlines are running?"""

from collections.abc import Iterator
from datetime import timedelta

from checker.model.report import Report
from checker.reports.console.header import header
from checker.reports.console.sheet import sheet_for
from checker.reports.console.verdicts import deadline
from checker.reports.instants import span
from checker.reports.listing import listed_due
from checker.reports.summary import pending, undated
from checker.reports.view import View


def render(report: Report, view: View, within: timedelta | None) -> Iterator[bytes]:
    """Every running deadline, soonest first; with `within`, those that are due in so long (inclusive)."""
    sheet = sheet_for(report, view)
    header(sheet)
    soonest, open_ended = pending(report), undated(report)
    near = [pair for pair in soonest if within is None or pair[0].due_at - report.as_of <= within]
    sheet.heading("due_next")
    if not near:
        empty = "no_due" if within is None or not soonest else "within_span"
        sheet.paper.put(sheet.word(empty, span="" if within is None else span(view.lang, within)), indent=2)
    for due, finding in near:
        deadline(sheet, due, finding)
    if partly := listed_due(report, view.lang, within):
        sheet.paper.put((partly, "dim"), indent=2, hang=2)
    if open_ended and within is None:
        sheet.paper.put((sheet.word("undated", n=f"{open_ended:,}"), "dim"), indent=2)
    return sheet.paper.render()
