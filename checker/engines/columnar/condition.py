"""Which conditions hold at which triggers?"""

from collections.abc import Sequence
from typing import assert_never

import numpy as np

from checker.engines.columnar.coverage import Stretch, shows, unseen
from checker.engines.columnar.deadline import dues
from checker.engines.columnar.field import event_test, fact_test
from checker.engines.columnar.pattern import matched, sought, sought_among
from checker.engines.columnar.probe import NONE, Ints, Window, bisected, first_in
from checker.engines.columnar.stage import Sought, Stage
from checker.engines.columnar.state import state
from checker.engines.columnar.truths import UNKNOWN, Truths, all_of, any_of, known, negated, unless_unknown
from checker.model.condition import AllOf, AnyOf, Condition, Not, Observed, OrderIs, Past, Seen, State, TriggerIs
from checker.model.deadline import Deadline

Candidate = tuple[Ints, Ints]
"""For each search the number of a cause, and the first row (NONE: no row) that leaves it in doubt for it."""


def all_hold(stage: Stage, conditions: Sequence[Condition], rows: Ints) -> Truths:
    """Whether every condition holds at each trigger."""
    return all_of(stage.causes, [holds(stage, condition, rows) for condition in conditions], len(rows))


def holds(stage: Stage, condition: Condition, rows: Ints) -> Truths:
    """Whether the condition holds at each trigger."""
    orders = stage.bucket.order[rows]
    match condition:
        case AllOf(conditions):
            return all_hold(stage, conditions, rows)
        case AnyOf(conditions):
            return any_of(stage.causes, [holds(stage, part, rows) for part in conditions], len(rows))
        case Not(inner):
            return negated(holds(stage, inner, rows))
        case Seen():
            return seen(stage, condition, rows)
        case State():
            return state(stage, condition, rows)
        case OrderIs(fact, test):
            return fact_test(stage, fact, test, orders)
        case TriggerIs(field, test):
            return event_test(stage, field, test, rows)
        case Past(deadline):
            ends = dues(stage, deadline, rows)
            return unless_unknown(known(stage.bucket.at[rows] > ends.at), ends.cause)
        case Observed(observable):
            at = stage.bucket.at[rows]
            return known(shows(stage, observable, Stretch(orders, at, at)))
        case _:
            assert_never(condition)


def seen(stage: Stage, condition: Seen, rows: Ints) -> Truths:
    """Whether such an event came before each trigger; absence counts only where the log would have shown one."""
    low, late = _late_from(stage, condition.after, rows)
    first, doubts = _before(stage, condition, rows, low)
    doubts = [*((stage.causes.merged(causes, late), row) for causes, row in doubts), (late, first)]
    first = np.where(late >= 0, NONE, first)
    cause = first_causes(stage, doubts)
    orders = stage.bucket.order[rows]
    hidden = unseen(stage, condition.pattern.activities, Stretch(orders, None, stage.bucket.at[rows]))
    cause = np.where(cause >= 0, cause, hidden)
    return unless_unknown(known(first >= 0, (first,)), np.where(first >= 0, NONE, cause))


def _late_from(stage: Stage, after: Deadline | None, rows: Ints) -> tuple[Ints, Ints]:
    """The row from which on events are late enough, and why that cannot be known."""
    starts = stage.starts(rows)
    if after is None:
        return starts, np.full(len(rows), NONE, np.int64)
    ends, at = dues(stage, after, rows), stage.bucket.at
    return bisected(starts, rows, lambda busy, middle: at[middle] > ends.at[busy]), ends.cause


def _before(stage: Stage, condition: Seen, rows: Ints, low: Ints) -> tuple[Ints, list[Candidate]]:
    """The first row from `low` to each trigger that is what was to be seen, and the rows that may be."""
    if condition.within is not None:
        return _recent(stage, condition, condition.within, (rows, low))
    found = sought(stage, condition.pattern)
    window = found.window(rows, low, rows)
    return first_in(found.certain, window), doubts_in(found, window)


def doubts_in(found: Sought, window: Window) -> list[Candidate]:
    """For each cause of doubt the first row in each window that is in doubt for it."""
    return [
        (np.full(len(window.base), cause), first_in(found.unsure[found.causes == cause], window))
        for cause in np.unique(found.causes)
    ]


def _recent(stage: Stage, condition: Seen, parameter: str, stretch: tuple[Ints, Ints]) -> tuple[Ints, list[Candidate]]:
    """The same, of the rows whose own due time is not before the trigger.

    In one order a later event is never due earlier, so that such rows are the last ones before the trigger.
    """
    rows, low = stretch
    events, truths = matched(stage, condition.pattern)
    ends = dues(stage, Deadline(parameter), events)
    endless = ends.cause >= 0
    cause = np.where(endless, stage.causes.merged(truths.cause, ends.cause), truths.cause)
    timed = Truths(np.where(endless, np.uint8(UNKNOWN), truths.value), cause)
    at = np.zeros(len(stage.bucket.at), np.int64)
    at[events] = ends.at
    lasting = sought_among(stage, condition.pattern, events[endless], timed.at(np.flatnonzero(endless)))
    ending = sought_among(stage, condition.pattern, events[~endless], timed.at(np.flatnonzero(~endless)))
    window = ending.window(rows, low, rows)
    doubts = [
        (np.full(len(rows), number), _first_due(stage, ending.unsure[ending.causes == number], window, at))
        for number in np.unique(ending.causes)
    ]
    return _first_due(stage, ending.certain, window, at), [*doubts_in(lasting, window), *doubts]


def _first_due(stage: Stage, keys: Ints, window: Window, due_at: Ints) -> Ints:
    """The first row in each window, which ends with its trigger, that is due no earlier than the trigger."""
    if not len(keys):
        return np.full(len(window.base), NONE, np.int64)
    low = np.searchsorted(keys, window.base + window.low)
    high = np.where(window.base >= 0, np.searchsorted(keys, window.base + window.high), low)
    trigger_at, size = stage.bucket.at[window.high], len(stage.bucket.at)
    place = bisected(low, high, lambda busy, middle: due_at[keys[middle] % size] >= trigger_at[busy])
    return np.where(place < high, keys[np.clip(place, 0, len(keys) - 1)] - window.base, NONE)


def first_causes(stage: Stage, doubts: Sequence[Candidate]) -> Ints:
    """The causes of every doubt together, in the order in which the rows come; NONE where there is no doubt."""
    beyond = len(stage.bucket.at)
    causes = np.stack([cause for cause, _ in doubts], axis=1)
    rows = np.stack([np.where((row >= 0) & (cause >= 0), row, beyond) for cause, row in doubts], axis=1)
    result = np.full(len(rows), NONE, np.int64)
    if (rows == beyond).all():
        return result
    order = np.argsort(rows, axis=1, kind="stable")
    for place in range(len(doubts)):
        column = order[:, [place]]
        has = np.take_along_axis(rows, column, axis=1)[:, 0] < beyond
        result = stage.causes.merged(result, np.where(has, np.take_along_axis(causes, column, axis=1)[:, 0], NONE))
    return result
