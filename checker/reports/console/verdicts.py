"""What is violated, what falls due next, what could not be judged?"""

from checker.model.finding import Due, Finding
from checker.model.rule import Bearer
from checker.reports.change_phrases import told as worded
from checker.reports.console.paper import padded
from checker.reports.console.sheet import EXAMPLES, SEVERITY_STYLE, Sheet
from checker.reports.instants import span
from checker.reports.patterns import actor_name
from checker.reports.phrases import phrase
from checker.reports.summary import Unjudged, Violations, accepted, dated, pending, undated, unjudged, violations


def violated(sheet: Sheet) -> None:
    """The violations, by rule, gravest first."""
    groups = violations(sheet.report)
    found, orders = sum(group.count for group in groups), sheet.report.census.violated
    sheet.heading("violations", sheet.word("findings", n=f"{found:,}", orders=f"{orders:,}") if found else "")
    if not found:
        sheet.paper.put((sheet.word("no_violations"), "green"), indent=2)
    for group in groups:
        _violated_rule(sheet, group)
    waived, known = accepted(sheet.report)
    if waived or known:
        sheet.paper.put((sheet.word("accepted", waived=f"{waived:,}", known=f"{known:,}"), "dim"), indent=2)
    _waived(sheet)
    for lapsed in sheet.report.lapsed:
        told = phrase(sheet.view.lang, "lapse", lapsed.lapse.value, waiver=lapsed.waiver.id)
        sheet.paper.put(("! ", SEVERITY_STYLE[lapsed.severity]), told, indent=2, hang=2)


def _waived(sheet: Sheet) -> None:
    """The violations that somebody answers for; they stay in sight."""
    found = [finding for finding in sheet.report.findings if finding.waived_by is not None]
    for finding in found[:EXAMPLES]:
        title = sheet.say.title(finding.rule)
        line = worded(
            sheet.view.lang, "waiver", "line", waiver=finding.waived_by, subject=finding.subject_id, title=title
        )
        sheet.paper.put((line, "dim"), indent=2, hang=4)
    sheet.more(accepted(sheet.report)[0])


def _violated_rule(sheet: Sheet, group: Violations) -> None:
    severity = phrase(sheet.view.lang, "severity", group.severity.name.lower())
    title, clause = sheet.say.title(group.rule), sheet.say.clause(group.rule)
    told = ((f"● {severity}  ", SEVERITY_STYLE[group.severity]), (title, "bold"), (f"  {clause}", "dim"))
    sheet.paper.put(*told, hang=4)
    for finding in group.findings[:EXAMPLES]:
        sheet.paper.put((finding.subject_id, "cyan"), f"  {sheet.say.sentence(finding)}", indent=4, hang=2)
        sheet.proof(finding, indent=6)
    sheet.more(group.count, indent=4)


def due_next(sheet: Sheet) -> None:
    """The deadlines that are running, soonest first."""
    soonest, open_ended = pending(sheet.report)[:EXAMPLES], undated(sheet.report)
    sheet.heading("due_next")
    if not soonest:
        sheet.paper.put(sheet.word("no_due"), indent=2)
    for due, finding in soonest:
        deadline(sheet, due, finding)
    sheet.more(dated(sheet.report), key="more_due")
    if open_ended:
        sheet.paper.put((sheet.word("undated", n=f"{open_ended:,}"), "dim"), indent=2)


def deadline(sheet: Sheet, due: Due, finding: Finding) -> None:
    """One running deadline: time left, due time, order, rule, arithmetic, the platform's own figure."""
    left = span(sheet.view.lang, due.due_at - sheet.report.as_of)
    when = sheet.say.clock.instant(due.due_at)
    told = ((padded(left, 10), "bold yellow"), f" {when}  ", (finding.subject_id, "cyan"))
    owes = "" if finding.bearer is Bearer.SELLER else actor_name(sheet.view.lang, finding.bearer.value)
    title = f"  {sheet.say.title(finding.rule)}"
    sheet.paper.put(*told, title, (f" [{owes}]" if owes else "", "dim"), indent=2, hang=4)
    sheet.proof(finding, indent=6)


def not_judged(sheet: Sheet) -> None:
    """What could not be judged, by what is missing, with the data that would settle it."""
    groups = unjudged(sheet.report)
    if not groups:
        return
    sheet.heading("not_judged", sheet.word("not_judged_hint"))
    for group in groups[: 2 * EXAMPLES]:
        _unjudged_group(sheet, group)
    sheet.more(len(groups), 2 * EXAMPLES)


def _unjudged_group(sheet: Sheet, group: Unjudged) -> None:
    count = sheet.word("findings", n=f"{group.findings:,}", orders=f"{group.subjects:,}")
    reason = sheet.say.unjudged(group.reason, group.missing)
    sheet.paper.put(("? ", "magenta"), reason, (f"  {count}", "dim"), indent=2, hang=4)
    sheet.paper.put(("→ ", "magenta"), sheet.say.settled_by(group.reason, group.missing), indent=4, hang=2)
    for rule, found in group.rules[:EXAMPLES]:
        number = padded(sheet.word("count", n=f"{found:,}"), 5)
        sheet.paper.put((f"{number} {sheet.say.title(rule)}", "dim"), indent=6, hang=6)
    sheet.more(len(group.rules), indent=6)
