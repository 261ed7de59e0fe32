"""Which rows match an event pattern, and where are they looked for?"""

from dataclasses import dataclass

import numpy as np

from checker.engines.columnar.field import event_test
from checker.engines.columnar.probe import NONE, Index, Ints, nothing
from checker.engines.columnar.stage import Sought, Stage, Triggers, spelled
from checker.engines.columnar.truths import FALSE
from checker.interpreter.truth import Unknown
from checker.model.activity import MAY_MEAN, RANK
from checker.model.condition import EventPattern, FieldTest
from checker.model.finding import Reason


@dataclass(frozen=True, slots=True)
class Matched:
    """The rows that match or may match a pattern, in order; `cause` is why one only may, NONE for those that do."""

    rows: Ints
    cause: Ints

    def at(self, places: Ints) -> "Matched":
        """Some of them."""
        return Matched(self.rows[places], self.cause[places])


def matched(stage: Stage, pattern: EventPattern) -> Matched:
    """The rows that match or may match whatever the trigger."""
    return _matched(stage, pattern, len(pattern.tests))


def triggers_of(stage: Stage, pattern: EventPattern) -> Triggers:
    """The same rows as triggers, one value for everybody who asks about them."""
    found = matched(stage, pattern)
    return stage.memory.once("triggers", spelled(pattern), lambda: Triggers(stage.bucket, found.rows))


def _matched(stage: Stage, pattern: EventPattern, count: int) -> Matched:
    """The same by the first tests alone, worked out once for all patterns that begin like this."""
    tests = pattern.tests[:count]
    key = spelled(pattern.activities) + "".join(map(spelled, tests))

    def found() -> Matched:
        if not tests:
            return _by_activity(stage, pattern)
        return _passing(stage, tests[-1], _matched(stage, pattern, count - 1))

    return stage.memory.once("matched", key, found)


def _passing(stage: Stage, test: tuple[str, FieldTest], found: Matched) -> Matched:
    passed = event_test(stage, *test, found.rows)
    stays = np.flatnonzero(passed.value != FALSE)
    # The first doubt is the one named, unlike in conditions: that is how the interpreter reads a pattern.
    before, now = found.cause[stays], passed.cause[stays]
    return Matched(found.rows[stays], np.where(before >= 0, before, now))


def _by_activity(stage: Stage, pattern: EventPattern) -> Matched:
    """The rows of the activities, and in doubt those of activities that may mean one of them."""
    may_mean = [a for a, means in MAY_MEAN.items() if a not in pattern.activities and means & {*pattern.activities}]
    rows = stage.rows_of_any((*dict.fromkeys(pattern.activities), *may_mean))
    cause = nothing(len(rows))
    for activity in may_mean:
        number = stage.causes.number(Unknown(Reason.AMBIGUOUS_EVENT, (activity.value,)))
        cause[stage.bucket.activity[rows] == RANK[activity]] = number
    return Matched(rows, cause)


def sought(stage: Stage, pattern: EventPattern) -> Sought:
    """Where the events that match the pattern are looked for."""
    return stage.memory.once("sought", spelled(pattern), lambda: sought_among(stage, pattern, matched(stage, pattern)))


def sought_among(stage: Stage, pattern: EventPattern, found: Matched) -> Sought:
    """Where these rows are looked for, under the keys of the pattern; rows without a key are nowhere."""
    bases, keys, cause, size = None, found.rows, found.cause, len(stage.bucket.at)
    if pattern.same:
        bases = _bases(stage, pattern.same)
        keys = np.where(bases[found.rows] < 0, NONE, bases[found.rows] + found.rows)
        order = np.argsort(keys, kind="stable")
        order = order[keys[order] >= 0]
        keys, cause, size = keys[order], cause[order], 0
    unsure = np.flatnonzero(cause >= 0)
    certain = keys[np.flatnonzero(cause < 0)] if len(unsure) else keys
    return Sought(Index(certain, size), Index(keys[unsure], size), cause[unsure], bases)


def _bases(stage: Stage, same: tuple[str, ...]) -> Ints:
    """For every row the number of its group - order and keys - times the number of rows; NONE without a key."""

    def found() -> Ints:
        bucket = stage.bucket
        codes = [_equal_codes(stage, name) for name in dict.fromkeys(same)]
        has_keys = np.flatnonzero(np.all([code >= 0 for code in codes], axis=0))
        keys = np.stack([bucket.order[has_keys], *(code[has_keys] for code in codes)], axis=1)
        bases = nothing(len(bucket.at))
        bases[has_keys] = _group_numbers(keys) * len(bucket.at)
        return bases

    return stage.of_bucket.once("bases", spelled(same), found)


def _equal_codes(stage: Stage, name: str) -> Ints:
    column = stage.bucket.field(name)
    if column.are_distinct or not len(column.values):
        return column.codes
    return np.where(column.codes >= 0, column.equal[column.codes], NONE)


def _group_numbers(keys: Ints) -> Ints:
    """The number of each distinct row of keys, in order."""
    if not len(keys):
        return np.empty(0, np.int64)
    order = np.lexsort(keys.T[::-1])
    is_new = np.any(keys[order][1:] != keys[order][:-1], axis=1)
    numbers = np.empty(len(keys), np.int64)
    numbers[order] = np.concatenate([[0], np.cumsum(is_new)])
    return numbers
