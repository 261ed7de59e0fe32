"""What do the policies say of millions of orders: counted whole, shown in part?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from checker.engines.columnar import add_sums
from checker.engines.columnar.audit import Audit, audit
from checker.engines.columnar.bucket import Bucket, combinations, micros, only
from checker.engines.columnar.probe import Ints
from checker.engines.columnar.proof import proven
from checker.engines.columnar.sheet import VERDICTS
from checker.engines.columnar.tallies import tallies
from checker.engines.listing import Judged, Noted, note, strays, write_verdicts
from checker.engines.source import Source, stored
from checker.engines.survey import Survey, of_findings
from checker.engines.task import Group as Group
from checker.engines.task import Task as Task
from checker.engines.task import needed as needed
from checker.interpreter import RateKey, rate_findings, rate_sums
from checker.model.census import Tallies, tallied
from checker.model.finding import Counts, Finding, Verdict


@dataclass(slots=True)
class Outcome:
    """What came of a bulk audit, or of a part of it: `strays` are orders that are nobody's.

    `tables` are the verdicts of a bucket on their way to a file, where they are wanted.
    """

    tallies: Tallies = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    sums: dict[RateKey, Counts] = field(default_factory=dict)
    survey: Survey = field(default_factory=Survey)
    tables: list[pa.Table] = field(default_factory=list)
    orders: int = 0
    events: int = 0
    strays: int = 0

    def add(self, other: "Outcome") -> None:
        """Takes in the outcome of another part."""
        self.tallies.update(other.tallies)
        self.findings += other.findings
        add_sums(self.sums, other.sums)
        self.survey.add(other.survey)
        self.tables += other.tables
        self.orders += other.orders
        self.events += other.events
        self.strays += other.strays

    def accept(self, violations: Sequence[Finding], survey: Survey) -> None:
        """Takes these violations on orders, of which more is known, instead of those so far."""
        others = {kind: count for kind, count in self.tallies.items() if kind.verdict is not Verdict.VIOLATED}
        self.tallies = Counter(others) + Counter(map(tallied, violations))
        self.survey = self.survey.without_violations()
        self.survey.add(survey)

    def finish(self, task: Task) -> None:
        """Adds the findings on rates, which need all parts."""
        found = rate_findings(self.sums, task.policies, task.as_of)
        self.findings += found
        self.tallies.update(map(tallied, found))


def outcome_for(task: Task) -> Outcome:
    """An outcome to which those of buckets can be added."""
    return Outcome() if task.listing is None else Outcome(survey=Survey(task.listing.most))


def judge_bucket(task: Task, number: int) -> Outcome:
    """The outcome of one bucket."""
    return judge_source(task, stored(task, number))


def judge_source(task: Task, source: Source) -> Outcome:
    """The outcome of orders that are judged together."""
    bucket, outcome = source.bucket, outcome_for(task)
    if task.is_interpreted:
        bucket = replace(bucket, is_coarse=np.ones(bucket.count, np.bool_))
    outcome.orders, outcome.events = bucket.count, len(bucket.at)
    is_stray = np.ones(bucket.count, np.bool_)
    for group in task.groups:
        mine = claimed(bucket, group)
        part = bucket if len(mine) == bucket.count else only(bucket, mine)
        outcome.add(_judge_group(task, group, source, (mine, part)))
        is_stray[mine] = False
    outcome.strays = int(is_stray.sum())
    if task.listing is not None:
        outcome.survey.add(strays(source, np.flatnonzero(is_stray)))
        write_verdicts(task.listing, source.number, outcome.tables)
        outcome.tables = []
    return outcome


def claimed(bucket: Bucket, group: Group) -> Ints:
    """The orders that belong to the group's market, asked once per distinct combination of the facts that tell."""
    facts = [bucket.fact(name) for name in group.facts]
    examples, which = combinations(facts, bucket.count)
    claims = np.zeros(len(examples), np.bool_)
    known = [fact.at(examples).in_rows() for fact in facts]
    for number in range(len(examples)):
        told = zip(group.facts, (values[number] for values in known), strict=True)
        claims[number] = group.claims({name: value for name, value in told if value is not None})
    return np.flatnonzero(claims[which])


def _judge_group(task: Task, group: Group, source: Source, part: tuple[Ints, Bucket]) -> Outcome:
    """The outcome of one market's orders; those that are hard are judged by the interpreter."""
    orders, bucket = part
    audited = audit(bucket, group.policies, task.as_of)
    found = Outcome(tallies(audited, micros(task.as_of)), sums=dict(audited.sums))
    keep = _shown(audited, task)
    shown = [part.orders[places] for part, places in zip(audited.parts, keep, strict=True)]
    asked = np.unique(np.concatenate([np.flatnonzero(audited.hard), *shown]))
    histories = dict(zip(asked.tolist(), source.histories(orders[asked]), strict=True))
    hard = [history for place, history in histories.items() if audited.hard[place]]
    judged_alone: list[Finding] = []
    for place, made in proven(audited, histories, keep).items():
        if audited.hard[place]:
            judged_alone += made
        found.findings += (finding for finding in made if finding.verdict in task.show)
    found.tallies.update(map(tallied, judged_alone))
    add_sums(found.sums, rate_sums(hard, group.policies, task.as_of))
    if task.listing is not None:
        judged = Judged(audited, judged_alone)
        _take_note(task, found, note(task, task.listing, group, (source, orders), judged))
    return found


def _take_note(task: Task, found: Outcome, noted: Noted) -> None:
    found.survey, found.tables = noted.survey, noted.tables
    if noted.accepted is not None:
        found.accept(noted.accepted, of_findings(noted.accepted, task.duties, noted.bucket, noted.survey.most))


def _shown(audited: Audit, task: Task) -> list[Ints]:
    """The places of the verdicts of each part that are made into findings."""
    show = np.array([verdict in task.show for verdict in VERDICTS], np.bool_)
    return [np.flatnonzero(show[part.sheet.verdict] & ~audited.hard[part.orders]) for part in audited.parts]
