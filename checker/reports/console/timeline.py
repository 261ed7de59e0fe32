"""Why are the verdicts on one order what they are?"""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from checker.model.activity import Activity, Observable
from checker.model.event import Event, Value
from checker.model.finding import Finding, Verdict
from checker.model.history import OrderHistory
from checker.model.report import Report
from checker.model.rule import Subject
from checker.reports.console.header import header
from checker.reports.console.sheet import VERDICT_STYLE, Sheet, sheet_for
from checker.reports.instants import zone_name
from checker.reports.patterns import value_text
from checker.reports.phrases import catalogue, listed, named, phrase
from checker.reports.place import place
from checker.reports.view import View

_TOLD_FIELDS = ("status", "reason", "reason_text", "channel", "deadline_name", "due", "solicits_words")
_INDENT = 2


def render(report: Report, view: View) -> Iterator[bytes]:
    """The reasoning on every order of the report, which is meant to be one."""
    sheet = sheet_for(report, view)
    header(sheet)
    for history in report.log.histories:
        _order(sheet, history)
        _timeline(sheet, history)
        _rules(sheet, history)
    return sheet.paper.render()


def _order(sheet: Sheet, history: OrderHistory) -> None:
    """Who the order is, and what its log can show."""
    lang = sheet.view.lang
    sheet.paper.gap()
    sheet.paper.put((f"{phrase(lang, 'subject', 'order')} {history.order_id}", "bold cyan"))
    facts = " · ".join(
        _fact(sheet, name, history.facts[name]) for name in catalogue()["field"] if name in history.facts
    )
    shown = [phrase(lang, "observable", o.value) for o in Observable if o in history.observes]
    hidden = [phrase(lang, "observable", o.value) for o in Observable if o not in history.observes]
    lines = {"order_facts": facts, "shows": listed(lang, shown, "and"), "hides": listed(lang, hidden, "and")}
    for title, told in lines.items():
        if told:
            sheet.paper.put((f"{sheet.word(title)}: ", "dim"), told, indent=_INDENT, hang=2)


def _fact(sheet: Sheet, name: str, value: Value) -> str:
    return f"{named(sheet.view.lang, 'field', name)}: {_told(sheet, value)}"


def _told(sheet: Sheet, value: Value) -> str:
    return sheet.say.clock.instant(value) if isinstance(value, datetime) else value_text(sheet.view.lang, value)


Entry = tuple[datetime, int, Event | Finding | None]
"""When, what comes first at one instant, and what: an event, a finding's due time, or (None) the present."""


def _timeline(sheet: Sheet, history: OrderHistory) -> None:
    zone = ZoneInfo(sheet.say.clock.timezone)
    sheet.heading("timeline", zone_name(sheet.report.as_of.astimezone(zone)))
    day: date | None = None
    for at, _, entry in sorted(_entries(sheet, history), key=lambda entry: entry[:2]):
        local = at.astimezone(zone)
        if local.date() != day:
            day = local.date()
            sheet.paper.put((sheet.say.clock.day(day), "bold"), indent=_INDENT)
        _entry(sheet, at, entry)


def _entries(sheet: Sheet, history: OrderHistory) -> Iterator[Entry]:
    as_of = sheet.report.as_of
    for event in history.events:
        if event.occurred_at <= as_of and (event.recorded_at is None or event.recorded_at <= as_of):
            yield event.occurred_at, 0, event
    for finding in _findings(sheet, history):
        if finding.evidence.due is not None and finding.verdict is not Verdict.NOT_APPLICABLE:
            yield finding.evidence.due.due_at, 1, finding
    yield as_of, 2, None


def _entry(sheet: Sheet, at: datetime, entry: Event | Finding | None) -> None:
    time = sheet.say.clock.time_of_day(at)
    match entry:
        case Event():
            told = sheet.say.event(entry) + _details(sheet, entry)
            coarse = sheet.say.clock.time(entry)
            sheet.paper.put(f"{coarse:<9}", told, (f"  {place(entry)}", "dim"), indent=2 * _INDENT, hang=9)
        case Finding():
            mark = sheet.word("due_mark", title=sheet.say.title(entry.rule))
            verdict = phrase(sheet.view.lang, "verdict", entry.verdict.value)
            style = VERDICT_STYLE[entry.verdict]
            sheet.paper.put((f"{time:<9}", style), (f"◷ {mark}", style), f"  {verdict}", indent=2 * _INDENT, hang=9)
        case None:
            sheet.paper.put((f"{time:<9}── {sheet.word('as_of_mark')}", "bold"), indent=2 * _INDENT, hang=9)


def _details(sheet: Sheet, event: Event) -> str:
    """The fields worth reading; a message's text only where the reader asked for it."""
    lang = sheet.view.lang
    told = [_told(sheet, event.attributes[name]) for name in _TOLD_FIELDS if name in event.attributes]
    if "request_id" in event.attributes:
        told.append(f"{named(lang, 'field', 'request_id')} {event.attributes['request_id']}")
    text = event.attributes.get("text")
    if event.activity is Activity.MESSAGE_SENT and isinstance(text, str):
        told.append(f"“{text}”" if sheet.view.show_messages else phrase(lang, "mark", "message_hidden", n=len(text)))
    return f": {' · '.join(told)}" if told else ""


def _rules(sheet: Sheet, history: OrderHistory) -> None:
    """Every finding on the order, the worst first."""
    sheet.heading("rules")
    found = _findings(sheet, history)
    for verdict in VERDICT_STYLE:
        for finding in found:
            if finding.verdict is verdict and finding.outcome is None:
                _finding(sheet, finding, phrase(sheet.view.lang, "verdict", verdict.value))
    for finding in found:
        if finding.outcome is not None:
            _finding(sheet, finding, sheet.word("classified"))


def _finding(sheet: Sheet, finding: Finding, label: str) -> None:
    say, paper = sheet.say, sheet.paper
    title, clause = say.title(finding.rule), say.clause(finding.rule)
    paper.put((f"● {label}  ", VERDICT_STYLE[finding.verdict]), (title, "bold"), (f"  {clause}", "dim"), hang=4)
    paper.put(say.sentence(finding), indent=4, hang=2)
    sheet.proof(finding, indent=4)
    searched = say.searched(finding)
    if searched is not None:
        paper.put((searched, "dim"), indent=4, hang=2)
    if finding.verdict is Verdict.UNDETERMINED:
        settled = say.settled_by(finding.evidence.reason, finding.evidence.missing)
        paper.put(("→ ", "magenta"), settled, indent=4, hang=2)
    note = say.note(finding.rule)
    if note:
        paper.put((note, "dim italic"), indent=4, hang=2)


def _findings(sheet: Sheet, history: OrderHistory) -> list[Finding]:
    return [f for f in sheet.report.findings if f.subject is Subject.ORDER and f.subject_id == history.order_id]
