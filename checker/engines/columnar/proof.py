"""How is each verdict proven?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from checker.engines.columnar.audit import Audit
from checker.engines.columnar.classification import outcome
from checker.engines.columnar.probe import NEVER, Flags
from checker.engines.columnar.sheet import REASONS, VERDICTS
from checker.interpreter.deadline import window_ends
from checker.interpreter.instance import InstanceRule
from checker.interpreter.judge import judge
from checker.interpreter.parameters import assumed_parameters
from checker.interpreter.scene import Scene, visible
from checker.model.event import Event
from checker.model.finding import Due, Evidence, Finding, Reason, RuleRef, Search
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.rule import Classification, Obligation, Prohibition, Subject

_ABSENT = [REASONS.index(reason) for reason in (Reason.OPEN, Reason.NOT_DONE, Reason.DID_NOT_HAPPEN)]


@dataclass(frozen=True, slots=True)
class Case:
    """One verdict of an audit, with the order that it is about."""

    audit: Audit
    place: int
    scene: Scene
    assumed: tuple[str, ...]

    @property
    def rule(self) -> InstanceRule:
        """The rule that was applied."""
        _, rule = self.audit.rules[int(self.audit.rule[self.place])]
        return rule

    def event(self, row: int) -> Event | None:
        """The event of a row of the bucket."""
        return self.scene.events[row - self.audit.bucket.bounds[self.audit.orders[self.place]]] if row >= 0 else None


@dataclass(frozen=True, slots=True)
class Prover:
    """Makes findings of one audit's verdicts."""

    audit: Audit
    policies: Sequence[Policy]
    as_of: datetime

    def of_order(self, number: int, history: OrderHistory, keep: Flags | None = None) -> Iterator[Finding]:
        """The findings on one order of the bucket; `keep` marks the verdicts that are wanted, None: all.

        Where the order is hard, they are the interpreter's, all of them.
        """
        if self.audit.hard[number]:
            yield from judge(history, self.policies, self.as_of)
            return
        events = visible(history, self.as_of)
        first, last = np.searchsorted(self.audit.orders, [number, number + 1])
        for place in range(first, last):
            if keep is None or keep[place]:
                policy, rule = self.audit.rules[int(self.audit.rule[place])]
                scene = Scene(policy, history, events, self.as_of)
                yield finding(Case(self.audit, place, scene, assumed_parameters(policy, rule)))


def finding(case: Case) -> Finding:
    """The finding that a verdict stands for."""
    sheet, place, head = case.audit.sheet, case.place, case.rule.head
    verdict = VERDICTS[sheet.verdict[place]]
    return Finding(
        rule=RuleRef(case.scene.policy.id, head.id, case.scene.policy.effective),
        severity=head.severity,
        bearer=head.bearer,
        subject=Subject.ORDER,
        subject_id=case.scene.history.order_id,
        verdict=verdict,
        evidence=_evidence(case),
        outcome=outcome(case.rule, verdict, int(sheet.case[place])) if isinstance(case.rule, Classification) else None,
        provisional=case.scene.provisional,
    )


def _evidence(case: Case) -> Evidence:
    sheet, place = case.audit.sheet, case.place
    cause = case.audit.causes.known[sheet.cause[place]] if sheet.cause[place] >= 0 else None
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
        assumed=case.assumed,
        case=int(sheet.case[place]) if sheet.case[place] >= 0 else None,
    )


def _used(case: Case, trigger: Event | None, decisive: Event | None) -> tuple[Event, ...]:
    """The other events that counted, each once."""
    rows = dict.fromkeys(int(slot[case.place]) for slot in case.audit.sheet.used)
    used: list[Event] = []
    for row in rows:
        event = case.event(row)
        if event is not None and event not in (trigger, decisive) and event not in used:
            used.append(event)
    return tuple(used)


def _due(case: Case, trigger: Event | None) -> Due | None:
    """The due time with its arithmetic."""
    if case.audit.sheet.due[case.place] == NEVER or trigger is None:
        return None
    if not isinstance(case.rule, Obligation | Prohibition):
        return None
    due, *_ = window_ends(case.scene, case.rule.within, trigger)
    return due if isinstance(due, Due) else None


def _search(case: Case, trigger: Event | None, due: Due | None) -> Search:
    """The search that found nothing: after the trigger, until the due time or `as_of`."""
    pattern = case.rule.must if isinstance(case.rule, Obligation) else None
    if isinstance(case.rule, Prohibition):
        pattern = case.rule.forbid
    until = case.scene.as_of if due is None else min(due.due_at, case.scene.as_of)
    return Search(() if pattern is None else (pattern,), None if trigger is None else trigger.occurred_at, until)
