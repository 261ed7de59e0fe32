"""The result of one audit, before anybody turns it into text."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from checker.model.census import Census, cancelled, subjects, tallied
from checker.model.exit_code import ExitCode as ExitCode
from checker.model.finding import Finding, Verdict
from checker.model.history import OrderHistory
from checker.model.impact import Impact
from checker.model.policy import Policy, shared_zone
from checker.model.rule import Severity
from checker.model.waiver import LapsedWaiver


@dataclass(frozen=True, slots=True)
class DataProblem:
    """A line or record of a log that could not be used, or that contradicts another. `raw` is its text, cut."""

    path: str
    line: int | None
    reason: str
    hint: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of every record read: always read == used + duplicates + ignored + quarantined.

    `ignored` records are well formed and say nothing about an order (a conversation opened, a product changed).
    """

    read: int = 0
    used: int = 0
    duplicates: int = 0
    ignored: int = 0
    quarantined: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.read + other.read,
            self.used + other.used,
            self.duplicates + other.duplicates,
            self.ignored + other.ignored,
            self.quarantined + other.quarantined,
        )


@dataclass(frozen=True, slots=True)
class EventLog:
    """Everything read from the files of one audit: histories by order id, problems, and the account of all records.

    `sources` maps each path to the format it was read as. `digest` is over the bytes of the files.
    """

    histories: tuple[OrderHistory, ...]
    problems: tuple[DataProblem, ...]
    tally: Tally
    sources: Mapping[str, str]
    digest: str


@dataclass(frozen=True)
class Report:
    """Findings of one audit at one `as_of`, with the policies that judged and the account of the log.

    `lapsed` are findings on the waivers themselves. `strays` are orders of markets that none of the policies judges.
    `upcoming` says what versions that are announced and not yet in force would do to these orders.
    `whole` is what all findings come to where findings, orders, problems and strays are only some of them.
    """

    findings: tuple[Finding, ...]
    policies: tuple[Policy, ...]
    log: EventLog
    as_of: datetime
    engine: str
    lapsed: tuple[LapsedWaiver, ...] = ()
    strays: tuple[str, ...] = ()
    upcoming: tuple[Impact, ...] = ()
    whole: Census | None = None

    @cached_property
    def census(self) -> Census:
        """Everything counted, whether it is listed or not."""
        return self.whole or self._counted()

    def _counted(self) -> Census:
        histories = self.log.histories
        violated, unjudged = subjects(self.findings)
        return Census(
            findings=Counter(map(tallied, self.findings)),
            orders=len(histories),
            events=sum(len(history.events) for history in histories),
            violated=violated,
            unjudged=unjudged,
            cancellations=cancelled(histories, self.as_of, shared_zone(self.policies)),
            problems=len(self.log.problems),
            strays=len(self.strays),
        )

    @property
    def verdicts(self) -> Counter[Verdict]:
        """How many findings of each verdict; classifications are no verdicts on conduct and do not count."""
        found: Counter[Verdict] = Counter()
        for kind, count in self.census.findings.items():
            if kind.outcome is None:
                found[kind.verdict] += count
        return found

    def exit_code(self, fail_on: Severity, *, strict: bool = False) -> ExitCode:
        """New violations and lapsed waivers first, then what could not be judged under `strict`."""
        violated = (kind.severity for kind in self.census.findings if kind.is_new_violation)
        if any(severity >= fail_on for severity in (*violated, *(w.severity for w in self.lapsed))):
            return ExitCode.VIOLATIONS
        incomplete = self.log.tally.quarantined or self.census.strays or self.verdicts[Verdict.UNDETERMINED]
        return ExitCode.INCOMPLETE if strict and incomplete else ExitCode.CLEAN
