"""What decides each instance: the first event after its trigger that answers it or releases it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from checker.engines.columnar.pattern import sought
from checker.engines.columnar.probe import FOREVER, NEVER, NONE, Flags, Ints, Window, bisected, first_in, nothing
from checker.engines.columnar.stage import Sought, Stage, Triggers, at_rows
from checker.model.condition import EventPattern


@dataclass(frozen=True, slots=True)
class Walked:
    """Per trigger the row that certainly answers or releases it, or the doubt that an earlier row leaves.

    `doubt` is the number of a cause and `doubtful` the row. `late` is the first certain answer where it came after
    the due time. All are NONE where there is no such thing.
    """

    answer: Ints
    release: Ints
    doubt: Ints
    doubtful: Ints
    late: Ints


@dataclass(frozen=True, slots=True)
class Role:
    """Where the events are that play one role, and which of them each trigger can meet."""

    sought: Sought
    window: Window


def walk(stage: Stage, triggers: Triggers, patterns: Sequence[EventPattern], due_at: Ints) -> Walked:
    """What decides each trigger among the rows after it and in time; the first pattern answers, others release.

    Rows that only may decide leave a doubt, unless every possible decision is the same. A row that certainly plays
    two roles plays the first. NEVER is no due time.
    """
    limits = np.where(due_at == NEVER, FOREVER, due_at)
    found = [sought(stage, pattern) for pattern in patterns]
    roles = [Role(role, role.window(triggers.rows, triggers.rows + 1, triggers.ends)) for role in found]
    firsts = [first_in(role.sought.certain, role.window) for role in roles]
    certain = [in_time(stage, first, limits) for first in firsts]
    decided, by = _earliest(certain)
    doubtful, doubt = _doubts(stage, roles, limits, (decided, by))
    is_certain = doubtful < 0
    return Walked(
        answer=_only(decided, is_certain & (by == 0)),
        release=_only(decided, is_certain & (by > 0)),
        doubt=doubt,
        doubtful=doubtful,
        late=_only(firsts[0], certain[0] < 0),
    )


def in_time(stage: Stage, rows: Ints, limits: Ints) -> Ints:
    """These rows, NONE where they come after a limit (strictly)."""
    return _only(rows, at_rows(stage.bucket.at, rows, NEVER) <= limits)


def _doubts(stage: Stage, roles: Sequence[Role], limits: Ints, decision: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """The row that leaves each decision - a row, and the number of its role - in doubt, and why."""
    decided, by = decision
    if not any(len(role.sought.causes) for role in roles):
        return nothing(len(decided)), nothing(len(decided))
    unsure = [in_time(stage, first_in(role.sought.unsure, role.window), limits) for role in roles]
    # In the deciding row itself only the roles before the deciding one are asked.
    counts = [(decided < 0) | (row < decided) | ((row == decided) & (role < by)) for role, row in enumerate(unsure)]
    asked = [_only(row, count) for count, row in zip(counts, unsure, strict=True)]
    doubtful, doubted = _earliest(asked)
    may_release = np.any([row >= 0 for row in asked[1:]], axis=0) if len(roles) > 1 else np.zeros(len(by), np.bool_)
    agreed = (decided >= 0) & np.where(by == 0, ~may_release, asked[0] < 0)
    doubtful = _only(doubtful, ~agreed)
    doubt = nothing(len(by))
    for number, role in enumerate(roles):
        doubt = np.where(doubted == number, role.sought.cause_of(doubtful, role.window), doubt)
    return doubtful, doubt


def _only(rows: Ints, where: Flags) -> Ints:
    return np.where(where, rows, NONE)


def _earliest(firsts: Sequence[Ints]) -> tuple[Ints, Ints]:
    """The smallest row and whose it is, the first one's where two have it; NONE where nobody has any."""
    result, whose = firsts[0], np.where(firsts[0] >= 0, 0, NONE)
    for number, first in enumerate(firsts[1:], start=1):
        is_earlier = (first >= 0) & ((result < 0) | (first < result))
        result, whose = np.where(is_earlier, first, result), np.where(is_earlier, number, whose)
    return result, whose


def first_certain_after(stage: Stage, pattern: EventPattern, triggers: Triggers, instants: Ints) -> Ints:
    """The first row after each trigger that comes later than an instant (strictly) and certainly matches."""
    at = stage.bucket.at
    since = bisected(triggers.rows + 1, triggers.ends, lambda busy, middle: at[middle] > instants[busy])
    found = sought(stage, pattern)
    return first_in(found.certain, found.window(triggers.rows, since, triggers.ends))
