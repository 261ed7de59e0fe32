"""Which conditions hold at which triggers?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np

from checker.engines.columnar.coverage import Stretch, shows, unseen
from checker.engines.columnar.deadline import dues
from checker.engines.columnar.field import event_test, fact_test
from checker.engines.columnar.pattern import Matched, matched, sought, sought_among, triggers_of
from checker.engines.columnar.probe import NEVER, NONE, Index, Ints, Window, bisected, first_in, nothing
from checker.engines.columnar.stage import Sought, Stage, Triggers, spelled
from checker.engines.columnar.state import state
from checker.engines.columnar.truths import Truths, all_of, any_of, known, negated, unless_unknown
from checker.model.condition import (
    AllOf,
    AnyOf,
    Condition,
    EventPattern,
    Not,
    Observed,
    OrderIs,
    Past,
    Seen,
    State,
    TriggerIs,
)
from checker.model.deadline import Deadline

Candidate = tuple[Ints, Ints]
"""For each search the number of a cause, and the first row (NONE: no row) that leaves it in doubt for it."""


def all_hold(stage: Stage, conditions: Sequence[Condition], triggers: Triggers) -> Truths:
    """Whether every condition holds at each trigger."""
    parts = [holds(stage, condition, triggers) for condition in conditions]
    return all_of(stage.causes, parts, len(triggers.rows))


def holds(stage: Stage, condition: Condition, triggers: Triggers) -> Truths:
    """Whether the condition holds at each trigger."""
    return triggers.memory.once("holds", spelled(condition), lambda: _holds(stage, condition, triggers))


def _holds(stage: Stage, condition: Condition, triggers: Triggers) -> Truths:
    match condition:
        case AllOf(conditions):
            return all_hold(stage, conditions, triggers)
        case AnyOf(conditions):
            parts = [holds(stage, part, triggers) for part in conditions]
            return any_of(stage.causes, parts, len(triggers.rows))
        case Not(inner):
            return negated(holds(stage, inner, triggers))
        case Seen():
            return seen(stage, condition, triggers)
        case State():
            return state(stage, condition, triggers)
        case OrderIs(fact, test):
            return fact_test(stage, fact, test, triggers.orders)
        case TriggerIs(field, test):
            return event_test(stage, field, test, triggers.rows)
        case Past(deadline):
            ends = dues(stage, deadline, triggers)
            return unless_unknown(known(triggers.at > ends.at), ends.cause)
        case Observed(observable):
            return known(shows(stage, observable, Stretch(triggers.orders, triggers.at, triggers.at)))
        case _:
            assert_never(condition)


def seen(stage: Stage, condition: Seen, triggers: Triggers) -> Truths:
    """Whether such an event came before each trigger; absence counts only where the log would have shown one."""
    low, late = _late_from(stage, condition.after, triggers)
    first, doubts = _before(stage, condition, triggers, low)
    if condition.after is not None:
        doubts = [*((stage.causes.merged(causes, late), row) for causes, row in doubts), (late, first)]
        first = np.where(late >= 0, NONE, first)
    cause = np.where(first >= 0, NONE, first_causes(stage, doubts, len(first)))
    hidden = np.flatnonzero((first < 0) & (cause < 0))
    stretch = Stretch(triggers.orders[hidden], None, triggers.at[hidden])
    cause[hidden] = unseen(stage, condition.pattern.activities, stretch)
    return unless_unknown(known(first >= 0, (first,)), cause)


def _of_cause(found: Sought, cause: int) -> Index:
    """The unsure rows that are so for one cause."""
    return Index(found.unsure.keys[found.causes == cause])


def _late_from(stage: Stage, after: Deadline | None, triggers: Triggers) -> tuple[Ints, Ints]:
    """The row from which on events are late enough, and why that cannot be known."""
    if after is None:
        return triggers.starts, nothing(len(triggers.rows))
    ends, at = dues(stage, after, triggers), stage.bucket.at
    return bisected(triggers.starts, triggers.rows, lambda busy, middle: at[middle] > ends.at[busy]), ends.cause


def _before(stage: Stage, condition: Seen, triggers: Triggers, low: Ints) -> tuple[Ints, list[Candidate]]:
    """The first row from `low` to each trigger that is what was to be seen, and the rows that may be."""
    if condition.within is not None:
        return _recent(stage, condition, condition.within, (triggers.rows, low))
    found = sought(stage, condition.pattern)
    window = found.window(triggers.rows, low, triggers.rows)
    return first_in(found.certain, window), doubts_in(found, window)


def doubts_in(found: Sought, window: Window) -> list[Candidate]:
    """For each cause of doubt the first row in each window that is in doubt for it."""
    return [
        (np.full(len(window.low), cause), first_in(_of_cause(found, cause), window))
        for cause in np.unique(found.causes)
    ]


@dataclass(frozen=True, slots=True)
class Recent:
    """Where the events are that count for a while: those whose own due time is known, when, and the others."""

    ending: Sought
    due_at: Ints
    lasting: Sought


def _recent(stage: Stage, condition: Seen, parameter: str, stretch: tuple[Ints, Ints]) -> tuple[Ints, list[Candidate]]:
    """The same, of the rows whose own due time is not before the trigger.

    In one order a later event is never due earlier, so that such rows are the last ones before the trigger.
    """
    rows, low = stretch
    found = stage.memory.once("recent", spelled(condition), lambda: _ending(stage, condition.pattern, parameter))
    ending, window = found.ending, found.ending.window(rows, low, rows)
    doubts = [
        (np.full(len(rows), number), _first_due(stage, _of_cause(ending, number), window, found.due_at))
        for number in np.unique(ending.causes)
    ]
    return _first_due(stage, ending.certain, window, found.due_at), [*doubts_in(found.lasting, window), *doubts]


def _ending(stage: Stage, pattern: EventPattern, parameter: str) -> Recent:
    found, events = matched(stage, pattern), triggers_of(stage, pattern)
    ends = dues(stage, Deadline(parameter), events)
    endless = ends.cause >= 0
    timed = Matched(found.rows, np.where(endless, stage.causes.merged(found.cause, ends.cause), found.cause))
    due_at = np.full(len(stage.bucket.at), NEVER, np.int64)
    due_at[found.rows] = ends.at
    ending = sought_among(stage, pattern, timed.at(np.flatnonzero(~endless)))
    return Recent(ending, due_at, sought_among(stage, pattern, timed.at(np.flatnonzero(endless))))


def _first_due(stage: Stage, index: Index, window: Window, due_at: Ints) -> Ints:
    """The first row in each window, which ends with its trigger, that is due no earlier than the trigger."""
    keys = index.keys
    if not len(keys):
        return nothing(len(window.low))
    base = np.zeros(len(window.low), np.int64) if window.base is None else window.base
    low = np.searchsorted(keys, base + window.low)
    high = np.where(base >= 0, np.searchsorted(keys, base + window.high), low)
    trigger_at, size = stage.bucket.at[window.high], len(stage.bucket.at)
    place = bisected(low, high, lambda busy, middle: due_at[keys[middle] % size] >= trigger_at[busy])
    return np.where(place < high, keys.take(place, mode="clip") - base, NONE)


def first_causes(stage: Stage, doubts: Sequence[Candidate], count: int) -> Ints:
    """The causes of every doubt together, in the order in which the rows come; NONE where there is no doubt."""
    beyond, result = len(stage.bucket.at), nothing(count)
    doubts = [(cause, row) for cause, row in doubts if ((row >= 0) & (cause >= 0)).any()]
    if not doubts:
        return result
    causes = np.stack([cause for cause, _ in doubts], axis=1)
    rows = np.stack([np.where((row >= 0) & (cause >= 0), row, beyond) for cause, row in doubts], axis=1)
    order = np.argsort(rows, axis=1, kind="stable")
    for place in range(len(doubts)):
        column = order[:, [place]]
        has = np.take_along_axis(rows, column, axis=1)[:, 0] < beyond
        result = stage.causes.merged(result, np.where(has, np.take_along_axis(causes, column, axis=1)[:, 0], NONE))
    return result
