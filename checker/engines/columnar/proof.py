"""How is each verdict proven?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import repeat

import numpy as np

from checker.engines.columnar.audit import Audit, Part
from checker.engines.columnar.bucket import micros
from checker.engines.columnar.classification import outcome
from checker.engines.columnar.probe import NEVER, Ints
from checker.engines.columnar.sheet import REASONS, VERDICTS
from checker.engines.columnar.watch import provisional_orders
from checker.interpreter.deadline import due
from checker.interpreter.judge import judge
from checker.interpreter.parameters import assumed_parameters
from checker.interpreter.scene import Scene, visible
from checker.interpreter.truth import Unknown
from checker.model.condition import EventPattern
from checker.model.event import Event
from checker.model.finding import Due, Evidence, Finding, Reason, RuleRef, Search
from checker.model.history import OrderHistory
from checker.model.rule import Classification, Obligation, Prohibition, Subject

_ABSENT = (Reason.OPEN, Reason.NOT_DONE, Reason.DID_NOT_HAPPEN)
_PROVING = ("trigger", "decisive", "reason", "cause", "due", "case")


@dataclass(frozen=True, slots=True)
class Record:
    """What proofs draw on, by the number of an order in the bucket, and visible events by their row too."""

    as_of: datetime
    histories: Mapping[int, OrderHistory]
    visible: Mapping[int, tuple[Event, ...]]
    events: Mapping[int, Event]
    is_provisional: Sequence[bool]
    causes: Sequence[Unknown]


def proven(
    audited: Audit, histories: Mapping[int, OrderHistory], keep: Sequence[Ints] | None = None
) -> Mapping[int, Sequence[Finding]]:
    """The findings on each of these orders, by its number in the bucket; on hard ones all that the interpreter gives.

    `keep` are the places of the verdicts wanted of each part, all on some of these orders; None: whatever is on them.
    """
    found: dict[int, list[Finding]] = {number: [] for number in histories}
    is_asked = np.zeros(audited.bucket.count, np.bool_)
    is_asked[[*histories]] = True
    record = _record(audited, histories)
    for number, part in enumerate(audited.parts):
        wanted = (is_asked & ~audited.hard)[part.orders]
        for order, finding in Prover(record, part).findings(np.flatnonzero(wanted) if keep is None else keep[number]):
            found[order].append(finding)
    for order in np.flatnonzero(is_asked & audited.hard).tolist():
        found[order] += judge(histories[order], audited.policies, audited.as_of)
    return found


def _record(audited: Audit, histories: Mapping[int, OrderHistory]) -> Record:
    first = audited.bucket.bounds.tolist()
    seen = {number: visible(history, audited.as_of) for number, history in histories.items()}
    by_row = {row: event for number, events in seen.items() for row, event in enumerate(events, first[number])}
    is_provisional = provisional_orders(audited.bucket, micros(audited.as_of)).tolist()
    return Record(audited.as_of, histories, seen, by_row, is_provisional, audited.causes.known)


@dataclass(frozen=True)
class Prover:
    """Makes the findings that the verdicts of one part stand for."""

    record: Record
    part: Part

    @cached_property
    def assumed(self) -> tuple[str, ...]:
        """The parameters of the rule that a shop supplied."""
        return assumed_parameters(self.part.policy, self.part.rule)

    @cached_property
    def patterns(self) -> tuple[EventPattern, ...]:
        """What the rule looks for."""
        match self.part.rule:
            case Obligation(must=pattern) | Prohibition(forbid=pattern):
                return (pattern,)
            case _:
                return ()

    def findings(self, places: Ints) -> Iterator[tuple[int, Finding]]:
        """The findings on the instances at these places, each with the number of its order."""
        rule, head, sheet, record = self.part.rule, self.part.rule.head, self.part.sheet, self.record
        ref = RuleRef(self.part.policy.id, head.id, self.part.policy.effective)
        table = rule if isinstance(rule, Classification) else None
        columns = (column[places].tolist() for column in (self.part.orders, sheet.verdict, sheet.case))
        for order, given, case, evidence in zip(*columns, self.proofs(places), strict=True):
            verdict = VERDICTS[given]
            finding = Finding(
                rule=ref,
                severity=head.severity,
                bearer=head.bearer,
                subject=Subject.ORDER,
                subject_id=record.histories[order].order_id,
                verdict=verdict,
                evidence=evidence,
                outcome=None if table is None else outcome(table, verdict, case),
                provisional=record.is_provisional[order],
            )
            yield order, finding

    def proofs(self, places: Ints) -> Iterator[Evidence]:
        """The proofs; those on orders as a whole have no events of their own, and one serves all that say the same."""
        sheet, shared = self.part.sheet, dict[tuple[int, ...], Evidence]()
        said = zip(
            self.part.orders[places].tolist(), *(getattr(sheet, n)[places].tolist() for n in _PROVING), strict=True
        )
        used = zip(*(slot[places].tolist() for slot in sheet.used), strict=True) if sheet.used else repeat(())
        for (order, trigger, *rest), rows in zip(said, used, strict=False):
            if trigger >= 0:
                yield self._proof(order, (trigger, *rest), rows)
                continue
            key = tuple(rest)
            if key not in shared:
                shared[key] = self._proof(order, (trigger, *rest), rows)
            yield shared[key]

    def _proof(self, order: int, said: Sequence[int], used: Sequence[int]) -> Evidence:
        trigger_row, decisive_row, reason_number, cause_number, due_at, case = said
        events, cause = self.record.events, self.record.causes[cause_number] if cause_number >= 0 else None
        trigger, decisive = events.get(trigger_row), events.get(decisive_row)
        reason = REASONS[reason_number] if cause is None else cause.reason
        due = self._due(order, trigger) if due_at != NEVER and trigger is not None else None
        return Evidence(
            reason=reason,
            trigger=trigger,
            decisive=decisive,
            used=_others([events[row] for row in used if row >= 0], (trigger, decisive)) if used else (),
            due=due,
            search=self._search(trigger, due) if reason in _ABSENT else None,
            missing=() if cause is None else cause.missing,
            assumed=self.assumed,
            case=case if case >= 0 else None,
        )

    def _due(self, order: int, trigger: Event) -> Due | None:
        """The due time with its arithmetic."""
        rule = self.part.rule
        if not isinstance(rule, Obligation | Prohibition) or rule.within is None:
            return None
        record = self.record
        scene = Scene(self.part.policy, record.histories[order], record.visible[order], record.as_of)
        found = due(scene, rule.within, trigger)
        return found if isinstance(found, Due) else None

    def _search(self, trigger: Event | None, due: Due | None) -> Search:
        """The search that found nothing: after the trigger, until the due time or `as_of`."""
        until = self.record.as_of if due is None else min(due.due_at, self.record.as_of)
        return Search(self.patterns, None if trigger is None else trigger.occurred_at, until)


def _others(events: Sequence[Event], named: tuple[Event | None, ...]) -> tuple[Event, ...]:
    """The events that have not been named yet, each once."""
    others: list[Event] = []
    for event in events:
        if event not in named and event not in others:
            others.append(event)
    return tuple(others)
