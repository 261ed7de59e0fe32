"""Does a condition hold at the trigger?"""

from collections.abc import Sequence
from typing import assert_never

from checker.interpreter.deadline import due, due_range
from checker.interpreter.pattern import candidates, matches, passes
from checker.interpreter.scene import Scene, is_after, order_unclear, shows, unseen
from checker.interpreter.truth import NO, YES, Truth, Unknown, all_of, any_of, known, negated, unknown
from checker.model.activity import Activity
from checker.model.condition import (
    AllOf,
    AnyOf,
    Condition,
    Not,
    Observed,
    OrderIs,
    Past,
    Seen,
    State,
    StateRelation,
    TriggerIs,
)
from checker.model.deadline import Deadline
from checker.model.event import Event
from checker.model.finding import Reason


def all_hold(scene: Scene, conditions: Sequence[Condition], at: int) -> Truth:
    """Whether every condition holds at the event in place `at`."""
    return all_of(holds(scene, condition, at) for condition in conditions) if conditions else YES


def holds(scene: Scene, condition: Condition, at: int) -> Truth:
    """Whether the condition holds at the event in place `at`, the trigger; unknown never turns into false."""
    trigger = scene.events[at]
    match condition:
        case AllOf(conditions):
            return all_of(holds(scene, part, at) for part in conditions)
        case AnyOf(conditions):
            return any_of(holds(scene, part, at) for part in conditions)
        case Not(inner):
            return negated(holds(scene, inner, at))
        case Seen():
            return _seen(scene, condition, at)
        case State():
            return _state(scene, condition, at)
        case OrderIs(fact, test):
            return passes(scene, test, fact, scene.history.facts.get(fact), None)
        case TriggerIs(field, test):
            return passes(scene, test, field, trigger.field(field), trigger)
        case Past(deadline):
            return _past(scene, deadline, trigger, trigger)
        case Observed(observable):
            return known(shows(scene, observable, trigger.occurred_at, trigger.occurred_at))
        case _:
            assert_never(condition)


def _seen(scene: Scene, condition: Seen, at: int) -> Truth:
    trigger = scene.events[at]
    alike = candidates(scene, condition.pattern)
    earlier = [_seen_as(scene, condition, event, trigger) for place, event in alike if place < at]
    later = [
        _unclear(matches(scene, condition.pattern, event, trigger))
        for place, event in alike
        if place > at and order_unclear(event, trigger)
    ]
    found = any_of((*earlier, *later))
    if found.value is not False:
        return found
    cause = unseen(scene, condition.pattern.activities, None, trigger.occurred_at)
    return NO if cause is None else Truth(None, cause)


def _seen_as(scene: Scene, condition: Seen, event: Event, trigger: Event) -> Truth:
    """Whether this one earlier event is what was to be seen."""
    truth = matches(scene, condition.pattern, event, trigger)
    if truth.value is False:
        return NO
    if condition.within is not None:
        truth = all_of([truth, _recent(scene, condition.within, event, trigger)])
    if condition.after is not None:
        truth = all_of([truth, _past(scene, condition.after, trigger, event)])
    if order_unclear(event, trigger):
        truth = _unclear(truth)
    return Truth(True, used=(event,)) if truth.value else truth


def _recent(scene: Scene, parameter: str, event: Event, trigger: Event) -> Truth:
    """Whether the trigger is no later than so long after the event, inclusive."""
    ends = due_range(scene, Deadline(parameter), event)
    if isinstance(ends, Unknown):
        return Truth(None, ends)
    soonest, longest = (negated(is_after(trigger, end.due_at)) for end in ends)
    return soonest if soonest.value is longest.value else unknown(Reason.TIME_TOO_COARSE, "occurred_at")


def _unclear(truth: Truth) -> Truth:
    return NO if truth.value is False else unknown(Reason.TIME_TOO_COARSE, "occurred_at")


def _state(scene: Scene, condition: State, at: int) -> Truth:
    """The order's state from the statuses before the trigger; unknown where the log may not show the latest."""
    trigger = scene.events[at]
    before = [e for e in scene.events[:at] if "status" in e.attributes and not order_unclear(e, trigger)]
    unclear = [e for e in scene.events if "status" in e.attributes and order_unclear(e, trigger) and e is not trigger]
    truth = _stands(scene, condition, before)
    if any(_stands(scene, condition, [*before, event]).value is not truth.value for event in unclear):
        return unknown(Reason.TIME_TOO_COARSE, "occurred_at")
    has_reached = truth.value is (condition.relation is StateRelation.REACHED)
    if truth.value is None or (has_reached and condition.relation is not StateRelation.IS):
        return truth
    outdated = unseen(scene, (Activity.STATUS_CHANGED,), before[-1].occurred_at, trigger.occurred_at)
    return truth if outdated is None else Truth(None, outdated)


def _stands(scene: Scene, condition: State, stated: list[Event]) -> Truth:
    """How an order that went through these statuses stands to the named state."""
    market, statuses = scene.policy.market, [str(event.attributes["status"]) for event in stated]
    if not statuses or not {*market.states, *market.final}.issuperset(statuses):
        return unknown(Reason.FIELD_MISSING, "status")
    if condition.relation is StateRelation.IS:
        return known(statuses[-1] in condition.states)
    later = market.states[market.states.index(condition.states[0]) :]
    return known(any(status in later for status in statuses) is (condition.relation is StateRelation.REACHED))


def _past(scene: Scene, deadline: Deadline, trigger: Event, event: Event) -> Truth:
    """Whether the event came after a deadline of the trigger (strictly)."""
    end = due(scene, deadline, trigger)
    return Truth(None, end) if isinstance(end, Unknown) else is_after(event, end.due_at)
