"""Does an event match a pattern?"""

from collections.abc import Callable
from functools import cache
from typing import assert_never

from checker.interpreter.scene import Scene
from checker.interpreter.text import matches as text_matches
from checker.interpreter.truth import NO, YES, Truth, known, unknown
from checker.model.activity import MAY_MEAN, Activity
from checker.model.condition import (
    Compare,
    EqualsFact,
    EqualsField,
    EventPattern,
    FieldTest,
    InCodes,
    Matches,
    Missing,
    NoneOf,
    OneOf,
    Present,
    Relation,
)
from checker.model.event import Event, Value
from checker.model.finding import Reason
from checker.model.policy import Codes

_COMPARE: dict[Relation, Callable[[int, int], bool]] = {
    Relation.LT: lambda a, b: a < b,
    Relation.LE: lambda a, b: a <= b,
    Relation.GT: lambda a, b: a > b,
    Relation.GE: lambda a, b: a >= b,
}


def candidates(scene: Scene, pattern: EventPattern) -> list[tuple[int, Event]]:
    """The events whose activity is, or may mean, one of the pattern's, each with its place; the rest cannot match."""
    wanted = readings(pattern.activities)
    if wanted.isdisjoint(scene.activities):
        return []
    return [(place, event) for place, event in enumerate(scene.events) if event.activity in wanted]


@cache
def readings(activities: tuple[Activity, ...]) -> frozenset[Activity]:
    """These activities and those that may mean one of them."""
    return frozenset(activities).union(a for a, meanings in MAY_MEAN.items() if not meanings.isdisjoint(activities))


def matches(scene: Scene, pattern: EventPattern, event: Event, trigger: Event | None) -> Truth:
    """Whether the event has one of the activities, passes every test, and agrees with the trigger on `same`."""
    ambiguous = event.activity not in pattern.activities
    if ambiguous and event.activity not in readings(pattern.activities):
        return NO
    if trigger is not None and pattern.same and not all(_agree(event, trigger, name) for name in pattern.same):
        return NO
    result = unknown(Reason.AMBIGUOUS_EVENT, event.activity.value) if ambiguous else YES
    for name, test in pattern.tests:
        truth = passes(scene, test, name, event.field(name), event)
        if truth.value is False:
            return NO
        if truth.value is None and result.value is True:
            result = truth
    return result


def _agree(event: Event, trigger: Event, name: str) -> bool:
    value = event.field(name)
    return value is not None and value == trigger.field(name)


def passes(scene: Scene, test: FieldTest, name: str, value: Value | None, event: Event | None) -> Truth:
    """Whether a field's value passes a test; a missing value leaves every test but present and missing unknown."""
    if value is None:
        return _passes_missing(test, name)
    match test:
        case OneOf(values):
            return known(_among(value, values))
        case NoneOf(values):
            return known(not _among(value, values))
        case InCodes(parameter, is_negated):
            return _in_codes(scene, parameter, value, is_negated=is_negated)
        case Compare(relation, bound):
            return _compared(relation, value, bound)
        case Matches(matcher):
            return known(isinstance(value, str) and text_matches(scene.policy.matchers[matcher], value))
        case Present() | Missing():
            return known(isinstance(test, Present))
        case EqualsField(other):
            return known(event is not None and value == event.field(other))
        case EqualsFact(fact):
            return _equals_fact(scene, fact, value)
        case _:
            assert_never(test)


def _passes_missing(test: FieldTest, name: str) -> Truth:
    match test:
        case Missing():
            return YES
        case Present() | EqualsField():
            return NO
        case _:
            return unknown(Reason.FIELD_MISSING, name)


def _among(value: Value, values: tuple[Value, ...]) -> bool:
    return any(item in values for item in value) if isinstance(value, tuple) else value in values


def _equals_fact(scene: Scene, fact: str, value: Value) -> Truth:
    expected = scene.history.facts.get(fact)
    return unknown(Reason.FIELD_MISSING, fact) if expected is None else known(value == expected)


def _in_codes(scene: Scene, parameter: str, value: Value, *, is_negated: bool) -> Truth:
    codes = scene.policy.parameters[parameter].value
    if not isinstance(codes, Codes) or codes.values is None:
        return unknown(Reason.NOT_PUBLISHED, parameter)
    return known(_among(value, codes.values) is not is_negated)


def _compared(relation: Relation, value: Value, bound: Value) -> Truth:
    if type(value) is not type(bound) or isinstance(value, (str, tuple, bool)):
        return NO
    return known(_COMPARE[relation](value, bound))  # type: ignore[arg-type]  # same type, and ordered
