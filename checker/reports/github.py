"""Which annotations does GitHub show beside a change? Workflow commands, one a line, gravest first."""

from collections.abc import Iterator, Mapping

from checker.model.report import Report
from checker.model.rule import Severity
from checker.reports.listing import listed
from checker.reports.phrases import phrase
from checker.reports.printable import printable
from checker.reports.remarks import problem_text, remark, violated
from checker.reports.spots import Spot, location_spot, relative, spots
from checker.reports.view import View
from checker.reports.wording import Wording

COMMANDS = {Severity.CRITICAL: "error", Severity.MAJOR: "error", Severity.MINOR: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report, view: View) -> Iterator[bytes]:
    """New violations, lapsed waivers, then what is wrong with the log."""
    say = Wording(view.lang, report.policies, report.as_of)
    for finding in violated(report):
        if finding.is_new_violation:
            spot = next(iter(spots(finding, say, view.root)), None)
            yield _command(COMMANDS[finding.severity], spot, say.title(finding.rule), remark(finding, say))
    if partly := listed(report, view.lang, "violations"):
        yield _command("notice", None, "checker", partly)
    for lapsed in report.lapsed:
        told = phrase(say.lang, "lapse", lapsed.lapse.value, waiver=lapsed.waiver.id)
        yield _command(COMMANDS[lapsed.severity], location_spot(lapsed.waiver.location, view.root), "waiver", told)
    for problem in report.log.problems:
        spot = Spot(relative(problem.path, view.root), problem.line) if problem.path else None
        yield _command("warning", spot, "log", problem_text(problem))


def _command(name: str, spot: Spot | None, title: str, text: str) -> bytes:
    told: dict[str, str | int | None] = {} if spot is None else {"file": spot.path, "line": spot.line}
    return f"::{name} {_properties(told | {'title': title})}::{printable(text).translate(_DATA)}\n".encode()


def _properties(told: Mapping[str, str | int | None]) -> str:
    said = ((name, printable(str(value)).translate(_PROPERTY)) for name, value in told.items() if value is not None)
    return ",".join(f"{name}={value}" for name, value in said)
