"""What do build servers read as tests? JUnit XML: a suite per rule, a test case per finding."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from checker.model.finding import Finding, RuleRef, Verdict
from checker.model.report import DataProblem, Report
from checker.reports.listing import listed
from checker.reports.phrases import phrase
from checker.reports.printable import printable
from checker.reports.remarks import problem_text, remark, rule_id
from checker.reports.spots import relative, shown_place
from checker.reports.view import View
from checker.reports.wording import Wording

LOG_SUITE = "log"


def render(report: Report, view: View) -> Iterator[bytes]:
    """A violation is a failure; what is waived, known, pending, undetermined or not applicable is skipped, said why."""
    say = Wording(view.lang, report.policies, report.as_of)
    by_rule: dict[RuleRef, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_rule[finding.rule].append(finding)
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="checker">\n'
    for rule in sorted(by_rule, key=str):
        cases = [_case(finding, number, say, view) for number, finding in enumerate(by_rule[rule], 1)]
        yield _written(str(rule), cases, report)
    if report.whole or report.lapsed or report.log.problems:
        yield _log_suite(report, say, view)
    yield b"</testsuites>\n"


def _written(name: str, cases: Sequence[Element], report: Report) -> bytes:
    counts = {kind: sum(case.find(kind) is not None for case in cases) for kind in ("failure", "error", "skipped")}
    suite = Element(
        "testsuite",
        name=name,
        tests=str(len(cases)),
        failures=str(counts["failure"]),
        errors=str(counts["error"]),
        skipped=str(counts["skipped"]),
        timestamp=report.as_of.strftime("%Y-%m-%dT%H:%M:%S"),
    )
    suite.extend(cases)
    text: bytes = tostring(suite, "utf-8")
    return text + b"\n"


def _case(finding: Finding, number: int, say: Wording, view: View) -> Element:
    trigger = finding.evidence.trigger
    moment = f" {say.clock.event_time(trigger)}" if trigger is not None else ""
    case = _named(rule_id(finding), f"{finding.subject.value} {finding.subject_id}{moment} #{number}")
    if finding.is_new_violation:
        _said(case, "failure", remark(finding, say), finding.severity.name.lower(), _proof(finding, say, view))
    elif finding.verdict is not Verdict.SATISFIED:
        _said(case, "skipped", f"{_why(finding, say)}: {remark(finding, say)}")
    return case


def _named(classname: str, name: str) -> Element:
    return Element("testcase", classname=printable(classname), name=printable(name), time="0")


def _said(case: Element, kind: str, message: str, sort: str | None = None, text: str = "") -> None:
    told = SubElement(case, kind, {"message": printable(message), **({} if sort is None else {"type": sort})})
    told.text = "\n".join(printable(line) for line in text.splitlines()) or None


def _why(finding: Finding, say: Wording) -> str:
    if finding.waived_by is not None:
        return f"waived by {finding.waived_by}"
    return "known" if finding.known else phrase(say.lang, "verdict", finding.verdict.value)


def _proof(finding: Finding, say: Wording, view: View) -> str:
    event = finding.evidence.decisive or finding.evidence.trigger
    lines = (say.title(finding.rule), say.clause(finding.rule), say.searched(finding), shown_place(event, view.root))
    return "\n".join(line for line in lines if line)


def _log_suite(report: Report, say: Wording, view: View) -> bytes:
    """What is wrong with the log and the waivers: errors, not failures; and what is left out, if anything."""
    cases = []
    if partly := listed(report, say.lang, "findings"):
        cases.append(_named("checker", "listed"))
        _said(cases[0], "skipped", partly)
    for number, problem in enumerate(report.log.problems, 1):
        case = _named(LOG_SUITE, f"{_where(problem, view)} #{number}")
        _said(case, "error", problem_text(problem), "data")
        cases.append(case)
    for lapsed in report.lapsed:
        case = _named("waivers", lapsed.waiver.id)
        _said(case, "failure", phrase(say.lang, "lapse", lapsed.lapse.value, waiver=lapsed.waiver.id), "waiver")
        cases.append(case)
    return _written(LOG_SUITE, cases, report)


def _where(problem: DataProblem, view: View) -> str:
    path = relative(problem.path, view.root)
    return path if problem.line is None else f"{path}:{problem.line}"
