"""Which deadlines are running, for a calendar? One VTODO each (RFC 5545)."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Todo

from checker import __version__
from checker.model.case import case_key
from checker.model.finding import Due, Finding
from checker.model.report import Report
from checker.model.rule import Severity
from checker.reports.due_rows import near
from checker.reports.listing import listed_due
from checker.reports.patterns import actor_name
from checker.reports.printable import printable
from checker.reports.remarks import subject
from checker.reports.view import View
from checker.reports.wording import Wording

PRIORITIES = {Severity.CRITICAL: 1, Severity.MAJOR: 3, Severity.MINOR: 5, Severity.INFO: 9}


def render(report: Report, view: View, within: timedelta | None) -> Iterator[bytes]:
    """The calendar. A case keeps its UID from run to run, so that a newer file updates the older one's entries."""
    say = Wording(view.lang, report.policies, report.as_of)
    calendar = Calendar()
    calendar.add("prodid", f"-//checker//{__version__}//{view.lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if partly := listed_due(report, view.lang, within):
        calendar.add("x-wr-caldesc", printable(partly))
    for due, finding in near(report, within):
        calendar.add_component(_todo(due, finding, report, say))
    calendar.add_missing_timezones()
    yield calendar.to_ical()


def _todo(due: Due, finding: Finding, report: Report, say: Wording) -> Todo:
    """The deadline in its own zone, cut to the second: a calendar knows no more, and later would be too late."""
    todo = Todo()
    todo.add("uid", f"{case_key(finding)}@checker")
    todo.add("dtstamp", report.as_of)
    todo.add("due", due.due_at.astimezone(ZoneInfo(due.timezone)).replace(microsecond=0))
    todo.add("summary", printable(f"{say.title(finding.rule)} · {subject(finding, say)}"))
    # No sentence: it tells the time that was left, which a calendar soon shows wrongly.
    lines = (say.arithmetic(finding), say.platform_figure(finding), say.assumed(finding))
    told = (*lines, say.clause(finding.rule), str(finding.rule))
    todo.add("description", "\n".join(printable(line) for line in told if line))
    todo.add("categories", [actor_name(say.lang, finding.bearer.value)])
    todo.add("priority", PRIORITIES[finding.severity])
    todo.add("status", "NEEDS-ACTION")
    return todo
