"""What do the policies say of millions of orders: counted whole, shown in part?"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import numpy as np

from checker.engines.columnar import add_sums
from checker.engines.columnar.audit import Audit, Part, audit
from checker.engines.columnar.bucket import Bucket, combinations, only
from checker.engines.columnar.classification import outcome
from checker.engines.columnar.probe import Flags, Ints
from checker.engines.columnar.proof import Prover
from checker.engines.columnar.sheet import NO_CLASS, REASONS, VERDICTS
from checker.engines.needs import Needs, needs
from checker.engines.store import Store, Wanted, histories_in, read_bucket
from checker.interpreter import RateKey, rate_findings, rate_sums
from checker.model.event import Value
from checker.model.finding import Counts, Finding, Reason, RuleRef, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.rule import Classification

Facts = Mapping[str, Value]
Tallies = Counter["Tallied"]


@dataclass(frozen=True, slots=True)
class Tallied:
    """What is counted together: findings of one rule and version with the same verdict, reason and class."""

    rule: RuleRef
    verdict: Verdict
    reason: Reason
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The policies of one market, and whether an order belongs to it by those of its facts that are named.

    Both must survive pickling.
    """

    policies: tuple[Policy, ...]
    claims: Callable[[Facts], bool]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """What a bulk audit asks: every finding is counted, those of the verdicts in `show` are made.

    At most `most` findings of one tally are made per bucket (None: all).
    """

    store: Store
    groups: tuple[Group, ...]
    as_of: datetime
    show: frozenset[Verdict] = frozenset()
    most: int | None = None

    @cached_property
    def needs(self) -> Needs:
        """What has to be read."""
        return needed(self.groups)


def needed(groups: Iterable[Group]) -> Needs:
    """What has to be read to judge by these."""
    found = [needs(group.policies, group.facts) for group in groups]
    return Needs(
        frozenset(name for part in found for name in part.fields),
        frozenset(name for part in found for name in part.facts),
    )


@dataclass(slots=True)
class Outcome:
    """What came of a bulk audit, or of a part of it: `hard` orders were left to the interpreter, `strays` to nobody."""

    tallies: Tallies = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    sums: dict[RateKey, Counts] = field(default_factory=dict)
    orders: int = 0
    events: int = 0
    hard: int = 0
    strays: int = 0

    def add(self, other: "Outcome") -> None:
        """Takes in the outcome of another part."""
        self.tallies.update(other.tallies)
        self.findings += other.findings
        add_sums(self.sums, other.sums)
        self.orders += other.orders
        self.events += other.events
        self.hard += other.hard
        self.strays += other.strays

    def finish(self, task: Task) -> None:
        """Adds the findings on rates, which need all parts."""
        found = rate_findings(self.sums, [p for group in task.groups for p in group.policies], task.as_of)
        self.findings += found
        self.tallies.update(map(tallied, found))


def tallied(finding: Finding) -> Tallied:
    """What a finding is counted with."""
    return Tallied(finding.rule, finding.verdict, finding.evidence.reason, finding.outcome)


def judge_bucket(task: Task, number: int) -> Outcome:
    """The outcome of one bucket."""
    bucket = read_bucket(Wanted(task.store, number, task.as_of, task.needs))
    outcome = Outcome(orders=bucket.count, events=len(bucket.at))
    is_stray = np.ones(bucket.count, np.bool_)
    for group in task.groups:
        mine = claimed(bucket, group)
        part = bucket if len(mine) == bucket.count else only(bucket, mine)
        outcome.add(_judge_group(task, group, number, (mine, part)))
        is_stray[mine] = False
    outcome.strays = int(is_stray.sum())
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


def _judge_group(task: Task, group: Group, number: int, part: tuple[Ints, Bucket]) -> Outcome:
    """The outcome of one market's orders; those that are hard are judged by the interpreter."""
    orders, bucket = part
    audited = audit(bucket, group.policies, task.as_of)
    found = Outcome(_tallies(audited), hard=int(audited.hard.sum()), sums=dict(audited.sums))
    prover = Prover(audited, group.policies, task.as_of, _shown(audited, task))
    asked = np.union1d(prover.index[0], np.flatnonzero(audited.hard))
    hard: list[OrderHistory] = []
    for place, history in zip(asked.tolist(), histories_in(task.store, number, orders[asked]), strict=True):
        made = list(prover.of_order(place, history))
        if audited.hard[place]:
            hard.append(history)
            found.tallies.update(map(tallied, made))
        found.findings += (finding for finding in made if finding.verdict in task.show)
    add_sums(found.sums, rate_sums(hard, group.policies, task.as_of))
    return found


def _counted(audited: Audit, part: Part) -> Ints:
    """A number for what each verdict is counted with: verdict, reason and row of the decision table."""
    sheet = part.sheet
    reasons = np.array([REASONS.index(cause.reason) for cause in audited.causes.known] + [0], np.uint8)
    reason = np.where(sheet.cause >= 0, reasons[sheet.cause], sheet.reason)
    said = sheet.verdict.astype(np.int16) * len(REASONS) + reason
    if isinstance(part.rule, Classification):
        return said.astype(np.int64) * _cases(part) + sheet.case - NO_CLASS
    return said


def _cases(part: Part) -> int:
    """How many rows of a decision table a verdict can rest on, with `otherwise` and no class."""
    return len(part.rule.cases) - NO_CLASS if isinstance(part.rule, Classification) else 1


def _tallies(audited: Audit) -> Tallies:
    found: Tallies = Counter()
    for part in audited.parts:
        counts = np.bincount(_counted(audited, part)[_easy(audited, part)])
        for key in np.flatnonzero(counts).tolist():
            found[_tallied(part, key)] += int(counts[key])
    return found


def _easy(audited: Audit, part: Part) -> Flags | slice:
    """The verdicts on orders that are not hard."""
    return ~audited.hard[part.orders] if audited.hard.any() else slice(None)


def _tallied(part: Part, key: int) -> Tallied:
    rest, case = divmod(key, _cases(part))
    verdict, reason = divmod(rest, len(REASONS))
    rule, given = part.rule, VERDICTS[verdict]
    classed = outcome(rule, given, case + NO_CLASS) if isinstance(rule, Classification) else None
    return Tallied(RuleRef(part.policy.id, rule.head.id, part.policy.effective), given, REASONS[reason], classed)


def _shown(audited: Audit, task: Task) -> list[Ints]:
    """The places of the verdicts of each part that are made into findings."""
    show = np.array([verdict in task.show for verdict in VERDICTS], np.bool_)
    kept = []
    for part in audited.parts:
        places = np.flatnonzero(show[part.sheet.verdict] & ~audited.hard[part.orders])
        kept.append(places if task.most is None else _cut(places, _counted(audited, part)[places], task.most))
    return kept


def _cut(places: Ints, keys: Ints, most: int) -> Ints:
    """The first ones of each key."""
    return np.sort(np.concatenate([places[:0], *(places[keys == key][:most] for key in np.unique(keys))]))
