"""Which rows match an event pattern, and where are they looked for?"""

import numpy as np

from checker.engines.columnar.field import event_test
from checker.engines.columnar.probe import NONE, Flags, Ints
from checker.engines.columnar.stage import Sought, Stage
from checker.engines.columnar.truths import FALSE, TRUE, UNKNOWN, Truths
from checker.interpreter.truth import Unknown
from checker.model.activity import MAY_MEAN, RANK
from checker.model.condition import EventPattern
from checker.model.finding import Reason


def matched(stage: Stage, pattern: EventPattern) -> tuple[Ints, Truths]:
    """The rows that match or may match whatever the trigger, and which of the two."""
    key = f"{pattern.activities!r}{pattern.tests!r}"
    known = stage.memory.matched
    if key not in known:
        known[key] = _matched(stage, pattern)
    return known[key]


def _matched(stage: Stage, pattern: EventPattern) -> tuple[Ints, Truths]:
    rows, truths = _by_activity(stage, pattern)
    for name, test in pattern.tests:
        passed = event_test(stage, name, test, rows)
        # The first doubt is the one named, unlike in conditions: that is how the interpreter reads a pattern.
        takes = (truths.value == TRUE) | (passed.value == FALSE)
        value, cause = np.where(takes, passed.value, truths.value), np.where(takes, passed.cause, truths.cause)
        stays = value != FALSE
        rows, truths = rows[stays], Truths(value[stays], cause[stays])
    return rows, truths


def _by_activity(stage: Stage, pattern: EventPattern) -> tuple[Ints, Truths]:
    """The rows of the activities, and in doubt those of activities that may mean one of them."""
    may_mean = [a for a, means in MAY_MEAN.items() if a not in pattern.activities and means & {*pattern.activities}]
    rows = stage.rows_of_any((*dict.fromkeys(pattern.activities), *may_mean))
    value, cause = np.full(len(rows), TRUE, np.uint8), np.full(len(rows), NONE, np.int64)
    for activity in may_mean:
        ambiguous = stage.bucket.activity[rows] == RANK[activity]
        value[ambiguous] = UNKNOWN
        cause[ambiguous] = stage.causes.number(Unknown(Reason.AMBIGUOUS_EVENT, (activity.value,)))
    return rows, Truths(value, cause)


def sought(stage: Stage, pattern: EventPattern) -> Sought:
    """Where the events that match the pattern are looked for."""
    key = repr(pattern)
    known = stage.memory.sought
    if key not in known:
        rows, truths = matched(stage, pattern)
        known[key] = sought_among(stage, pattern, rows, truths)
    return known[key]


def sought_among(stage: Stage, pattern: EventPattern, rows: Ints, truths: Truths) -> Sought:
    """Where these rows are looked for, under the keys of the pattern; rows without a key are nowhere."""
    bases = _bases(stage, pattern.same) if pattern.same else None
    keys = rows if bases is None else np.where(bases[rows] < 0, NONE, bases[rows] + rows)
    order = np.argsort(keys, kind="stable")
    order = order[keys[order] >= 0]
    keys, value, cause = keys[order], truths.value[order], truths.cause[order]
    is_certain: Flags = value == TRUE
    return Sought(keys[is_certain], keys[~is_certain], cause[~is_certain], bases)


def _bases(stage: Stage, same: tuple[str, ...]) -> Ints:
    """For every row the number of its group - order and keys - times the number of rows; NONE without a key."""
    names = tuple(dict.fromkeys(same))
    known = stage.memory.bases
    if names not in known:
        bucket = stage.bucket
        codes = [_equal_codes(stage, name) for name in names]
        has_keys = np.flatnonzero(np.all([code >= 0 for code in codes], axis=0))
        keys = np.stack([bucket.order[has_keys], *(code[has_keys] for code in codes)], axis=1)
        known[names] = np.full(len(bucket.at), NONE, np.int64)
        known[names][has_keys] = _group_numbers(keys) * len(bucket.at)
    return known[names]


def _equal_codes(stage: Stage, name: str) -> Ints:
    column = stage.bucket.field(name)
    if not len(column.values):
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
