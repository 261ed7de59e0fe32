"""Which rows pass a test? Each distinct value is judged once, by the interpreter."""

from dataclasses import dataclass

import numpy as np

from checker.engines.columnar.bucket import EPOCH, Coded, combinations
from checker.engines.columnar.probe import NONE, Ints, nothing
from checker.engines.columnar.stage import Stage, spelled
from checker.engines.columnar.truths import FALSE, TRUE, UNKNOWN, Truths
from checker.interpreter.pattern import passes
from checker.interpreter.scene import Scene
from checker.model.activity import Activity
from checker.model.condition import EqualsFact, EqualsField, FieldTest
from checker.model.event import Actor, Event, Value
from checker.model.history import OrderHistory

_UNJUDGED = 255


@dataclass(frozen=True, slots=True)
class Question:
    """A test of a field of events, or of a fact of orders."""

    name: str
    test: FieldTest
    of_event: bool


def event_test(stage: Stage, name: str, test: FieldTest, rows: Ints) -> Truths:
    """Whether a field of these events passes."""
    bucket, question = stage.bucket, Question(name, test, True)
    own = bucket.field(name).at(rows)
    match test:
        case EqualsField(field):
            return _by_pair(stage, question, own, bucket.field(field).at(rows))
        case EqualsFact(fact):
            return _by_pair(stage, question, own, bucket.fact(fact).at(bucket.order[rows]))
        case _:
            return _by_value(stage, question, own)


def fact_test(stage: Stage, name: str, test: FieldTest, orders: Ints) -> Truths:
    """Whether a fact of these orders passes; orders have no other fields to be equal to."""
    question, own = Question(name, test, False), stage.bucket.fact(name).at(orders)
    if isinstance(test, EqualsFact):
        return _by_pair(stage, question, own, stage.bucket.fact(test.fact).at(orders))
    return _by_value(stage, question, own)


def _by_value(stage: Stage, question: Question, own: Coded) -> Truths:
    """Judged per distinct value, remembered; the last place is for the unknown value."""
    what = f"{question.of_event}:{question.name}"
    judged = stage.memory.once(what, spelled(question.test), lambda: _unjudged(len(own.values) + 1))
    asked = np.zeros(len(own.values) + 1, np.bool_)
    asked[own.codes] = True
    for code in np.flatnonzero(asked & (judged.value == _UNJUDGED)).tolist():
        value = own.values[code] if code < len(own.values) else None
        judged.value[code], judged.cause[code] = _judged(stage, question, value, None)
    causes, is_known = judged.cause, (judged.cause < 0).all()
    cause = nothing(len(own.codes)) if is_known else causes[own.codes]
    return Truths(judged.value.take(own.codes, mode="wrap"), cause)


def _unjudged(count: int) -> Truths:
    return Truths(np.full(count, _UNJUDGED, np.uint8), nothing(count))


def _by_pair(stage: Stage, question: Question, own: Coded, other: Coded) -> Truths:
    """Judged per distinct pair of values."""
    examples, which = combinations((own, other), len(own.codes))
    judged = _unjudged(len(examples))
    for number, pair in enumerate(zip(own.at(examples).in_rows(), other.at(examples).in_rows(), strict=True)):
        judged.value[number], judged.cause[number] = _judged(stage, question, *pair)
    return judged.at(which)


def _judged(stage: Stage, question: Question, value: Value | None, other: Value | None) -> tuple[np.uint8, int]:
    """What the interpreter says of one value, beside the other value that the test looks at."""
    test = question.test
    facts = {test.fact: other} if isinstance(test, EqualsFact) and other is not None else {}
    scene = Scene(stage.policy, OrderHistory("", facts, {}, ()), (), stage.as_of)
    event = None
    if question.of_event:
        event = _event({test.field: other} if isinstance(test, EqualsField) and other is not None else {})
    truth = passes(scene, test, question.name, value, event)
    if truth.cause is not None and truth.value is None:
        return UNKNOWN, stage.causes.number(truth.cause)
    return (TRUE if truth.value else FALSE), NONE


def _event(fields: dict[str, Value]) -> Event:
    """An event of which only its fields matter."""
    actor = Actor(str(fields.get("actor", Actor.UNKNOWN.value)))
    return Event("", "", Activity.ORDER_CREATED, EPOCH, actor, fields)
