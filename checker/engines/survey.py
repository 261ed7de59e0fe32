"""Which findings of a store are worth listing, and on how many orders is something violated or undetermined?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.engines.columnar.audit import Audit, Part
from checker.engines.columnar.bucket import micros
from checker.engines.columnar.probe import NEVER, Flags, Ints
from checker.engines.columnar.sheet import VERDICTS
from checker.engines.task import LISTED, Most
from checker.model.census import Cancellations, Gap, Standing, gap, standing, subjects
from checker.model.finding import Finding, RuleRef, Verdict
from checker.model.rule import Obligation

Shelf = tuple[RuleRef, Verdict, Standing | None]
"""Findings that are listed together: those of one rule with one verdict."""
Candidate = tuple[int, str, int]
"""When it is due, in microseconds (0: not pending), the order, and its bucket; the first ones of a shelf are listed."""
NOTED = (Verdict.VIOLATED, Verdict.PENDING, Verdict.UNDETERMINED)
STRAYS = 20
"""So many orders that no policy judges are named."""


@dataclass(slots=True)
class Survey:
    """What a part of a store adds to a report besides its tallies.

    `violated` orders have a new violation; `unjudged` counts orders by what is missing. `shelves` hold candidates in
    sequence, at most so many. `waived_by` are the waivers that were used. `strays` are the first orders of no market.
    """

    most: Most = field(default_factory=lambda: LISTED)
    violated: int = 0
    unjudged: Counter[Gap] = field(default_factory=Counter)
    shelves: dict[Shelf, list[Candidate]] = field(default_factory=dict)
    waived_by: set[str] = field(default_factory=set)
    cancellations: Cancellations = field(default_factory=Cancellations)
    strays: list[Candidate] = field(default_factory=list)
    stray_events: int = 0

    def add(self, other: "Survey") -> None:
        """Takes in the survey of other orders."""
        self.violated += other.violated
        self.unjudged.update(other.unjudged)
        self.waived_by |= other.waived_by
        self.cancellations.add(other.cancellations)
        self.strays = sorted([*self.strays, *other.strays])[:STRAYS]
        self.stray_events += other.stray_events
        for shelf, found in other.shelves.items():
            self.shelves[shelf] = sorted([*self.shelves.get(shelf, ()), *found])[: self.most[shelf[1]]]

    def without_violations(self) -> "Survey":
        """The same, violations left out, for others to tell of them."""
        shelves = {shelf: found for shelf, found in self.shelves.items() if shelf[1] is not Verdict.VIOLATED}
        return replace(self, violated=0, shelves=shelves)


def of_findings(findings: Sequence[Finding], duties: frozenset[RuleRef], bucket: int, most: Most) -> Survey:
    """The survey of findings on whole orders of a bucket."""
    found = Survey(most, *subjects(findings))
    found.waived_by = {finding.waived_by for finding in findings if finding.waived_by is not None}
    for shelf, due, finding in shelved(findings, duties, most):
        found.shelves.setdefault(shelf, []).append((due, finding.subject_id, bucket))
    return found


def shelved(
    findings: Iterable[Finding], duties: frozenset[RuleRef], most: Most
) -> Iterator[tuple[Shelf, int, Finding]]:
    """The findings that may be listed, each with its shelf and how soon it is listed there."""
    for finding in findings:
        if finding.verdict in most and (due := _due(finding, duties)) is not None:
            yield (finding.rule, finding.verdict, standing(finding)), due, finding


def _due(finding: Finding, duties: frozenset[RuleRef]) -> int | None:
    """How soon a finding is listed; None where it is pending and nobody needs reminding of it."""
    if finding.verdict is not Verdict.PENDING:
        return 0
    due = finding.evidence.due
    return None if due is None or finding.rule not in duties else micros(due.due_at)


def chosen(findings: Iterable[Finding], duties: frozenset[RuleRef], most: Most) -> tuple[Finding, ...]:
    """Of findings in the sequence of a report those that are listed: the soonest, the first order ids of each shelf."""
    shelves: dict[Shelf, list[tuple[int, str, int]]] = {}
    made: list[Finding] = []
    for shelf, due, finding in shelved(findings, duties, most):
        shelves.setdefault(shelf, []).append((due, finding.subject_id, len(made)))
        made.append(finding)
    kept = {place for shelf, found in shelves.items() for *_, place in sorted(found)[: most[shelf[1]]]}
    return tuple(finding for place, finding in enumerate(made) if place in kept)


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders of a bucket by number: the rows where they stand, their ids, the place of each id among all, sorted."""

    bucket: int
    rows: Ints
    ids: pa.Array
    rank: Ints


def orders_at(bucket: int, ids: pa.Array, rows: Ints) -> Orders:
    """The orders at these rows of a bucket that holds orders with these ids."""
    mine = ids.take(pa.array(rows))
    rank = np.empty(len(mine), np.int64)
    rank[pc.sort_indices(mine).to_numpy()] = np.arange(len(mine))
    return Orders(bucket, rows, mine, rank)


def of_audit(audited: Audit, orders: Orders, most: Most) -> Survey:
    """The survey of what columns judged; hard orders are not among them."""
    found, unjudged = Survey(most), dict[Gap, Flags]()
    for part in audited.parts:
        is_sure = ~audited.hard[part.orders]
        rows = {v: np.flatnonzero(is_sure & (part.sheet.verdict == VERDICTS.index(v))) for v in NOTED}
        _unjudged(audited, part, rows[Verdict.UNDETERMINED], unjudged)
        for verdict in most:
            if candidates := _candidates(part, rows[verdict], orders, verdict, most[verdict]):
                ref = RuleRef(part.policy.id, part.rule.head.id, part.policy.effective)
                shelf = ref, verdict, Standing.NEW if verdict is Verdict.VIOLATED else None
                found.add(Survey(most, shelves={shelf: candidates}))
    found.violated = int(violated(audited).sum())
    found.unjudged = Counter({key: int(flags.sum()) for key, flags in unjudged.items()})
    return found


def violated(audited: Audit) -> Flags:
    """Which orders violate something, by what columns judged."""
    found = np.zeros(len(audited.hard), np.bool_)
    for part in audited.parts:
        found[part.orders[part.sheet.verdict == VERDICTS.index(Verdict.VIOLATED)]] = True
    return found & ~audited.hard


def _unjudged(audited: Audit, part: Part, rows: Ints, found: dict[Gap, Flags]) -> None:
    causes = part.sheet.cause[rows]
    for number in np.unique(causes).tolist():
        cause = audited.causes.known[number]
        flags = found.setdefault(gap(cause.reason, cause.missing), np.zeros(len(audited.hard), np.bool_))
        flags[part.orders[rows[causes == number]]] = True


def _candidates(part: Part, rows: Ints, orders: Orders, verdict: Verdict, most: int) -> list[Candidate]:
    """The first of these rows: by due time where they are pending, then by order id."""
    due = np.zeros(len(rows), np.int64)
    if verdict is Verdict.PENDING:
        rows = rows[part.sheet.due[rows] != NEVER] if isinstance(part.rule, Obligation) else rows[:0]
        due = part.sheet.due[rows]
    rank = orders.rank[part.orders[rows]]
    if len(rows) > most:
        first = due if verdict is Verdict.PENDING else rank
        near = np.flatnonzero(first <= np.partition(first, most - 1)[most - 1])
        rows, due, rank = rows[near], due[near], rank[near]
    listed = np.lexsort((rank, due))[:most]
    ids = orders.ids.take(pa.array(part.orders[rows[listed]])).to_pylist()
    return [(at, order_id, orders.bucket) for at, order_id in zip(due[listed].tolist(), ids, strict=True)]
