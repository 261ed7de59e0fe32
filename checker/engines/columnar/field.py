"""Which rows pass a test? Each distinct value is judged once, by the interpreter."""

from dataclasses import dataclass

import numpy as np

from checker.engines.columnar.bucket import EPOCH, Coded
from checker.engines.columnar.probe import NONE, Ints
from checker.engines.columnar.stage import Stage
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

    @property
    def key(self) -> tuple[str, str]:
        """What tells this question from others; `repr` keeps 1 and True apart."""
        return f"{self.of_event}:{self.name}", repr(self.test)


def event_test(stage: Stage, name: str, test: FieldTest, rows: Ints) -> Truths:
    """Whether a field of these events passes."""
    column = stage.bucket.field(name)
    own = column.at(rows)
    return _answers(stage, Question(name, test, True), own, _other(stage, test, rows, stage.bucket.order[rows]))


def fact_test(stage: Stage, name: str, test: FieldTest, orders: Ints) -> Truths:
    """Whether a fact of these orders passes."""
    column = stage.bucket.fact(name)
    own = column.at(orders)
    return _answers(stage, Question(name, test, False), own, _other(stage, test, None, orders))


def _other(stage: Stage, test: FieldTest, rows: Ints | None, orders: Ints) -> Coded | None:
    """What else the test looks at; only events have other fields."""
    match test:
        case EqualsField(name) if rows is not None:
            column = stage.bucket.field(name)
            return column.at(rows)
        case EqualsFact(name):
            column = stage.bucket.fact(name)
            return column.at(orders)
        case _:
            return None


def _answers(stage: Stage, question: Question, own: Coded, other: Coded | None) -> Truths:
    return _by_value(stage, question, own) if other is None else _by_pair(stage, question, own, other)


def _by_value(stage: Stage, question: Question, own: Coded) -> Truths:
    """Judged per distinct value, remembered; the last place is for the unknown value."""
    judged = stage.memory.judged.setdefault(question.key, _unjudged(len(own.values) + 1))
    asked = np.zeros(len(own.values) + 1, np.bool_)
    asked[own.codes] = True
    for code in np.flatnonzero(asked & (judged.value == _UNJUDGED)).tolist():
        value = own.values[code] if code < len(own.values) else None
        judged.value[code], judged.cause[code] = _judged(stage, question, value, None)
    return judged.at(own.codes)


def _unjudged(count: int) -> Truths:
    return Truths(np.full(count, _UNJUDGED, np.uint8), np.full(count, NONE, np.int64))


def _by_pair(stage: Stage, question: Question, own: Coded, other: Coded) -> Truths:
    pairs, place = np.unique(np.stack([own.codes, other.codes], axis=1), axis=0, return_inverse=True)
    judged = _unjudged(len(pairs))
    for number, (one, two) in enumerate(pairs):
        value = None if one < 0 else own.values[one]
        judged.value[number], judged.cause[number] = _judged(
            stage, question, value, None if two < 0 else other.values[two]
        )
    return judged.at(place.reshape(-1))


def _judged(stage: Stage, question: Question, value: Value | None, other: Value | None) -> tuple[int, int]:
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
