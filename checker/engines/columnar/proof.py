"""How is each verdict proven?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from checker.engines.columnar.audit import Audit, Part
from checker.engines.columnar.classification import outcome
from checker.engines.columnar.probe import NEVER, Ints
from checker.engines.columnar.sheet import REASONS, VERDICTS
from checker.interpreter.deadline import window_ends
from checker.interpreter.judge import judge
from checker.interpreter.parameters import assumed_parameters
from checker.interpreter.scene import Scene, visible
from checker.interpreter.truth import Unknown
from checker.model.event import Event
from checker.model.finding import Due, Evidence, Finding, Reason, RuleRef, Search
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.rule import Classification, Obligation, Prohibition, Subject

_ABSENT = [REASONS.index(reason) for reason in (Reason.OPEN, Reason.NOT_DONE, Reason.DID_NOT_HAPPEN)]


@dataclass(frozen=True, slots=True)
class Case:
    """One verdict of an audit, with the order that it is about."""

    part: Part
    place: int
    scene: Scene
    cause: Unknown | None
    first_row: int

    def event(self, row: int) -> Event | None:
        """The event of a row of the bucket."""
        return self.scene.events[row - self.first_row] if row >= 0 else None


@dataclass(frozen=True)
class Prover:
    """Makes findings of the verdicts of an audit; `keep` are the places of those wanted of each part, None: all."""

    audit: Audit
    policies: Sequence[Policy]
    as_of: datetime
    keep: Sequence[Ints] | None = None

    @cached_property
    def index(self) -> tuple[Ints, Ints, Ints]:
        """The order, part and place of every verdict wanted, order by order."""
        found = []
        for number, part in enumerate(self.audit.parts):
            places = np.flatnonzero(~self.audit.hard[part.orders]) if self.keep is None else self.keep[number]
            found.append(np.stack([part.orders[places], np.full(len(places), number), places]))
        columns = np.concatenate(found, axis=1) if found else np.empty((3, 0), np.int64)
        orders, parts, places = columns[:, np.argsort(columns[0], kind="stable")]
        return orders, parts, places

    def of_order(self, number: int, history: OrderHistory) -> Iterator[Finding]:
        """The findings wanted on one order of the bucket; on a hard one all that the interpreter gives."""
        if self.audit.hard[number]:
            yield from judge(history, self.policies, self.as_of)
            return
        orders, parts, places = self.index
        events, first_row = visible(history, self.as_of), int(self.audit.bucket.bounds[number])
        for row in range(*np.searchsorted(orders, [number, number + 1]).tolist()):
            part, place = self.audit.parts[parts[row]], int(places[row])
            cause = int(part.sheet.cause[place])
            scene = Scene(part.policy, history, events, self.as_of)
            yield finding(Case(part, place, scene, self.audit.causes.known[cause] if cause >= 0 else None, first_row))


def finding(case: Case) -> Finding:
    """The finding that a verdict stands for."""
    sheet, place, rule = case.part.sheet, case.place, case.part.rule
    verdict = VERDICTS[sheet.verdict[place]]
    return Finding(
        rule=RuleRef(case.scene.policy.id, rule.head.id, case.scene.policy.effective),
        severity=rule.head.severity,
        bearer=rule.head.bearer,
        subject=Subject.ORDER,
        subject_id=case.scene.history.order_id,
        verdict=verdict,
        evidence=_evidence(case),
        outcome=outcome(rule, verdict, int(sheet.case[place])) if isinstance(rule, Classification) else None,
        provisional=case.scene.provisional,
    )


def _evidence(case: Case) -> Evidence:
    sheet, place, cause = case.part.sheet, case.place, case.cause
    trigger, decisive = case.event(sheet.trigger[place]), case.event(sheet.decisive[place])
    due = _due(case, trigger)
    return Evidence(
        reason=REASONS[sheet.reason[place]] if cause is None else cause.reason,
        trigger=trigger,
        decisive=decisive,
        used=_used(case, trigger, decisive),
        due=due,
        search=_search(case, trigger, due) if cause is None and sheet.reason[place] in _ABSENT else None,
        missing=() if cause is None else cause.missing,
        assumed=assumed_parameters(case.part.policy, case.part.rule),
        case=int(sheet.case[place]) if sheet.case[place] >= 0 else None,
    )


def _used(case: Case, trigger: Event | None, decisive: Event | None) -> tuple[Event, ...]:
    """The other events that counted, each once."""
    rows = dict.fromkeys(int(slot[case.place]) for slot in case.part.sheet.used)
    used: list[Event] = []
    for row in rows:
        event = case.event(row)
        if event is not None and event not in (trigger, decisive) and event not in used:
            used.append(event)
    return tuple(used)


def _due(case: Case, trigger: Event | None) -> Due | None:
    """The due time with its arithmetic."""
    if case.part.sheet.due[case.place] == NEVER or trigger is None:
        return None
    if not isinstance(case.part.rule, Obligation | Prohibition):
        return None
    due, *_ = window_ends(case.scene, case.part.rule.within, trigger)
    return due if isinstance(due, Due) else None


def _search(case: Case, trigger: Event | None, due: Due | None) -> Search:
    """The search that found nothing: after the trigger, until the due time or `as_of`."""
    pattern = case.part.rule.must if isinstance(case.part.rule, Obligation) else None
    if isinstance(case.part.rule, Prohibition):
        pattern = case.part.rule.forbid
    until = case.scene.as_of if due is None else min(due.due_at, case.scene.as_of)
    return Search(() if pattern is None else (pattern,), None if trigger is None else trigger.occurred_at, until)
