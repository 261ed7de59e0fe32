"""What happens at the very edge of each deadline of a policy?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from checker.interpreter import judge
from checker.model.activity import Activity
from checker.model.condition import EqualsFact, EventPattern, OneOf
from checker.model.event import Actor, Event, Value
from checker.model.finding import Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.rule import Obligation, Prohibition
from checker.testing.builders import event, order

_TICK = timedelta(microseconds=1)
_START_AFTER = timedelta(days=34, hours=10)
_LONG = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class BoundaryCase:
    """An answer - or the forbidden event - a microsecond before, at, or a microsecond after the due time."""

    rule: str
    place: str
    history: OrderHistory
    as_of: datetime
    expected: Verdict

    def __str__(self) -> str:
        return f"{self.rule} {self.place}"


def boundary_cases(policy: Policy, **facts: Value) -> tuple[BoundaryCase, ...]:
    """Three cases for every rule whose deadline is known in a plain order with these facts.

    Rules without a deadline, with an unpublished one, or whose conditions exclude a plain order give none. The due
    time is inclusive: an answer at it is in time, a forbidden event at it is forbidden.
    """
    rules = (rule for rule in policy.rules if isinstance(rule, Obligation | Prohibition))
    return tuple(case for rule in rules for case in _cases(policy, rule, facts))


def _cases(policy: Policy, rule: Obligation | Prohibition, facts: dict[str, Value]) -> Iterator[BoundaryCase]:
    answer = rule.must if isinstance(rule, Obligation) else rule.forbid
    if rule.trigger is None or rule.within is None:
        return
    start = policy.effective_at + _START_AFTER
    placed = event(Activity.ORDER_CREATED, start - timedelta(hours=2), Actor.BUYER, status=policy.market.states[0])
    said = {**{test.fact: "-" for pattern in (rule.trigger, answer) for test in _facts(pattern)}, **facts}
    before = (placed, _matching(rule.trigger, start, said))
    due_at = _due_at(policy, rule, order(*before, facts=said), start + _LONG)
    if due_at is None:
        return
    in_time, late = Verdict.SATISFIED, Verdict.VIOLATED
    inside, outside = (in_time, late) if isinstance(rule, Obligation) else (late, in_time)
    for place, moment, expected in (
        ("before", due_at - _TICK, inside),
        ("at", due_at, inside),
        ("after", due_at + _TICK, outside),
    ):
        history = order(*before, _matching(answer, moment, said), facts=said)
        yield BoundaryCase(rule.head.id, place, history, start + _LONG, expected)


def _due_at(policy: Policy, rule: Obligation | Prohibition, history: OrderHistory, as_of: datetime) -> datetime | None:
    found = (finding for finding in judge(history, (policy,), as_of) if finding.rule.rule == rule.head.id)
    return next((finding.evidence.due.due_at for finding in found if finding.evidence.due is not None), None)


def _facts(pattern: EventPattern) -> Iterator[EqualsFact]:
    yield from (test for _, test in pattern.tests if isinstance(test, EqualsFact))


def _matching(pattern: EventPattern, moment: datetime, facts: dict[str, Value]) -> Event:
    """An event that the pattern asks for, as far as a plain one can be made."""
    fields: dict[str, Value] = dict.fromkeys((*pattern.same, "request_id"), "R1")
    for name, test in pattern.tests:
        match test:
            case OneOf(values):
                fields[name] = values[0]
            case EqualsFact(fact):
                fields[name] = facts[fact]
    actor = str(fields.pop("actor", Actor.SELLER.value))
    return event(pattern.activities[0], moment, actor, **fields)
