"""What does a summary of a CI run show? GitHub-flavoured Markdown, short enough for a step summary."""

from collections.abc import Iterator
from pathlib import PurePath

from checker.model.finding import Verdict
from checker.model.report import Report
from checker.reports.instants import span
from checker.reports.listing import listed
from checker.reports.phrases import phrase
from checker.reports.printable import printable
from checker.reports.remarks import problem_text, subject
from checker.reports.summary import Violations, accepted, dated, pending, unjudged, violations
from checker.reports.view import View
from checker.reports.wording import Wording

EXAMPLES = 20
"""How many of a kind are shown before the rest is only counted: a step summary holds one mebibyte."""

_MARKS = frozenset("\\`*_{}[]()<>#+-!|~&@:$^=\"'")
SHOWN = (Verdict.VIOLATED, Verdict.PENDING, Verdict.UNDETERMINED, Verdict.SATISFIED, Verdict.NOT_APPLICABLE)


def render(report: Report, view: View) -> Iterator[bytes]:
    """The counts, the violations by rule, what is due next, what could not be judged, what is wrong with the log."""
    say = Wording(view.lang, report.policies, report.as_of)
    for section in (_head, _violated, _due, _unjudged, _problems):
        for line in section(report, say):
            yield f"{line}\n".encode("utf-8", "replace")


def plain(text: str) -> str:
    """The text with nothing in it that Markdown or HTML would obey."""
    safe = (f"&#{ord(char)};" if char in _MARKS else char for char in printable(text))
    return "".join(safe)


def _word(say: Wording, key: str, **values: object) -> str:
    return phrase(say.lang, "report", key, **values)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(columns: int) -> str:
    return _row(*["---"] * columns)


def _head(report: Report, say: Wording) -> Iterator[str]:
    yield f"## checker: {plain(_word(say, 'as_of'))} {plain(say.clock.dated(report.as_of))}"
    yield ""
    yield _row(*(phrase(say.lang, "verdict", verdict.value) for verdict in SHOWN))
    yield _rule(len(SHOWN))
    yield _row(*(f"{report.verdicts[verdict]:,}" for verdict in SHOWN))
    waived, known = accepted(report)
    if waived or known:
        yield from ("", plain(_word(say, "accepted", waived=f"{waived:,}", known=f"{known:,}")))
    if partly := listed(report, say.lang, "violations"):
        yield from ("", plain(partly))
    for lapsed in report.lapsed:
        yield from ("", plain(phrase(say.lang, "lapse", lapsed.lapse.value, waiver=lapsed.waiver.id)))


def _violated(report: Report, say: Wording) -> Iterator[str]:
    groups = violations(report)
    yield from ("", f"### {plain(_word(say, 'violations'))}", "")
    if not groups:
        yield plain(_word(say, "no_violations"))
    for group in groups:
        yield from _group(group, say)


def _group(group: Violations, say: Wording) -> Iterator[str]:
    severity = phrase(say.lang, "severity", group.severity.name.lower())
    title = plain(f"{say.title(group.rule)}  {say.clause(group.rule)}")
    yield f"<details><summary><b>{plain(severity)}</b> · {title} · {group.count:,}</summary>"
    yield ""
    for finding in group.findings[:EXAMPLES]:
        sums = say.arithmetic(finding)
        told = f"{subject(finding, say)}: {say.sentence(finding)}"
        yield f"- {plain(told)}" + (f"<br>{plain(sums)}" if sums else "")
    if group.count > EXAMPLES:
        yield f"- … {group.count - EXAMPLES:,}"
    yield from ("", "</details>", "")


def _due(report: Report, say: Wording) -> Iterator[str]:
    soonest = pending(report)[:EXAMPLES]
    if not soonest:
        return
    yield from ("", f"### {plain(_word(say, 'due_next'))}", "")
    yield _row(*(plain(_word(say, key)) for key in ("left", "due_at")), phrase(say.lang, "subject", "order"), "")
    yield _rule(4)
    for due, finding in soonest:
        left = span(say.lang, due.due_at - report.as_of)
        cells = (left, say.clock.instant(due.due_at), finding.subject_id, say.title(finding.rule))
        yield _row(*map(plain, cells))
    if dated(report) > EXAMPLES:
        yield from ("", f"… {dated(report) - EXAMPLES:,}")


def _unjudged(report: Report, say: Wording) -> Iterator[str]:
    groups = unjudged(report)
    if not groups:
        return
    yield from ("", f"### {plain(_word(say, 'not_judged'))}", "")
    for group in groups[:EXAMPLES]:
        reason = plain(say.unjudged(group.reason, group.missing))
        settled = plain(say.settled_by(group.reason, group.missing))
        yield f"- {reason} ({group.findings:,}) → {settled}"


def _problems(report: Report, say: Wording) -> Iterator[str]:
    problems = report.log.problems
    if not problems:
        return
    yield from ("", f"### {plain(_word(say, 'data_problems'))}", "")
    for problem in problems[:EXAMPLES]:
        path = PurePath(problem.path).name
        where = path if problem.line is None else f"{path}:{problem.line}"
        yield f"- {plain(f'{where}: {problem_text(problem)}')}"
    if report.census.problems > EXAMPLES:
        yield f"- … {report.census.problems - EXAMPLES:,}"
