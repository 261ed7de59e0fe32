"""What decides each instance: the first event after its trigger that answers it or releases it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from checker.engines.columnar.pattern import sought
from checker.engines.columnar.probe import NONE, Flags, Ints, Window, bisected, first_in
from checker.engines.columnar.stage import Stage
from checker.model.condition import EventPattern


@dataclass(frozen=True, slots=True)
class Walked:
    """Per trigger the row that certainly answers or releases it, or the doubt that an earlier row leaves.

    `doubt` is the number of a cause and `doubtful` the row; all are NONE where there is no such thing.
    """

    answer: Ints
    release: Ints
    doubt: Ints
    doubtful: Ints


def walk(stage: Stage, rows: Ints, patterns: Sequence[EventPattern], until: Ints) -> Walked:
    """What decides each trigger among the rows after it and before `until`; the first pattern answers, others release.

    Rows that only may decide leave a doubt, unless every possible decision is the same. A row that certainly plays
    two roles plays the first.
    """
    roles = [sought(stage, pattern) for pattern in patterns]
    windows = [role.window(rows, rows + 1, until) for role in roles]
    certain = [first_in(role.certain, window) for role, window in zip(roles, windows, strict=True)]
    decided, by = _earliest(certain)
    unsure = [first_in(role.unsure, window) for role, window in zip(roles, windows, strict=True)]
    # In the deciding row itself only the roles before the deciding one are asked.
    counts = [(decided < 0) | (row < decided) | ((row == decided) & (role < by)) for role, row in enumerate(unsure)]
    in_time = [np.where(count, row, NONE) for count, row in zip(counts, unsure, strict=True)]
    doubtful, doubted = _earliest(in_time)
    may_release = np.any([row >= 0 for row in in_time[1:]], axis=0) if len(roles) > 1 else np.zeros(len(rows), np.bool_)
    agreed = (decided >= 0) & np.where(by == 0, ~may_release, in_time[0] < 0)
    doubtful = np.where(agreed, NONE, doubtful)
    doubt = np.full(len(rows), NONE, np.int64)
    for role, (sought_one, window) in enumerate(zip(roles, windows, strict=True)):
        doubt = np.where(doubted == role, sought_one.cause_of(doubtful, window), doubt)
    is_certain = (doubtful < 0) & (decided >= 0)
    return Walked(_only(decided, is_certain & (by == 0)), _only(decided, is_certain & (by > 0)), doubt, doubtful)


def _only(rows: Ints, where: Flags) -> Ints:
    return np.where(where, rows, NONE)


def _earliest(firsts: Sequence[Ints]) -> tuple[Ints, Ints]:
    """The smallest row and whose it is, the first one's where two have it; NONE where nobody has any."""
    result, whose = firsts[0], np.where(firsts[0] >= 0, 0, NONE)
    for number, first in enumerate(firsts[1:], start=1):
        is_earlier = (first >= 0) & ((result < 0) | (first < result))
        result, whose = np.where(is_earlier, first, result), np.where(is_earlier, number, whose)
    return result, whose


def after(stage: Stage, rows: Ints, instants: Ints) -> Ints:
    """The first row of each trigger's order, after the trigger, that comes later than an instant (strictly)."""
    at = stage.bucket.at
    return bisected(rows + 1, stage.ends(rows), lambda busy, middle: at[middle] > instants[busy])


def first_certain(stage: Stage, pattern: EventPattern, rows: Ints, since: Ints) -> Ints:
    """The first row from `since` on that certainly matches, in each trigger's order."""
    found = sought(stage, pattern)
    window: Window = found.window(rows, since, stage.ends(rows))
    return first_in(found.certain, window)
