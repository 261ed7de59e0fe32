"""What does every section of a terminal report need?"""

from dataclasses import dataclass

from checker.model.finding import Finding, Verdict
from checker.model.report import Report
from checker.model.rule import Severity
from checker.reports.console.paper import Paper
from checker.reports.phrases import phrase
from checker.reports.place import place
from checker.reports.view import View
from checker.reports.wording import Wording

EXAMPLES = 5
"""How many of a kind are shown before the rest is only counted."""

SEVERITY_STYLE = {
    Severity.CRITICAL: "bold red",
    Severity.MAJOR: "red",
    Severity.MINOR: "yellow",
    Severity.INFO: "blue",
}
VERDICT_STYLE = {
    Verdict.VIOLATED: "bold red",
    Verdict.PENDING: "yellow",
    Verdict.UNDETERMINED: "magenta",
    Verdict.SATISFIED: "green",
    Verdict.NOT_APPLICABLE: "dim",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One report, its reader, its words and the paper they go on."""

    report: Report
    view: View
    say: Wording
    paper: Paper

    def word(self, key: str, **values: object) -> str:
        """A phrase of the report itself."""
        return phrase(self.view.lang, "report", key, **values)

    def heading(self, key: str, aside: str = "") -> None:
        """The title of a section, after an empty line."""
        self.paper.gap()
        self.paper.put((self.word(key), "bold"), (f"  {aside}" if aside else "", "dim"), hang=2)

    def more(self, total: int, shown: int = EXAMPLES, *, key: str = "more", indent: int = 2) -> None:
        """How many were left out, if any."""
        if total > shown:
            key = "more_stored" if key == "more" and self.report.whole else key
            self.paper.put((self.word(key, n=f"{total - shown:,}"), "dim"), indent=indent, hang=2)

    def proof(self, finding: Finding, indent: int) -> None:
        """The arithmetic of the due time, the platform's own figure, what was assumed, and the place in the log."""
        say = self.say
        for line in (say.arithmetic(finding), say.platform_figure(finding), say.assumed(finding)):
            if line is not None:
                self.paper.put(line, indent=indent, hang=2)
        where = place(finding.evidence.decisive or finding.evidence.trigger)
        if where:
            self.paper.uncut(f"{self.word('where')} {where}", indent, "dim")


def sheet_for(report: Report, view: View) -> Sheet:
    """An empty sheet."""
    say = Wording(view.lang, report.policies, report.as_of)
    return Sheet(report, view, say, Paper(view.width, colour=view.colour))
