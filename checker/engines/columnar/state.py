"""In which state was each order at its trigger?"""

import numpy as np

from checker.engines.columnar.coverage import Stretch, unseen
from checker.engines.columnar.probe import NEVER, NONE, Flags, Ints, Window, first_in, last_in
from checker.engines.columnar.stage import Stage, at_rows
from checker.engines.columnar.truths import Truths, known, unless_unknown
from checker.interpreter.truth import Unknown
from checker.model.activity import Activity
from checker.model.condition import State, StateRelation
from checker.model.finding import Reason


def state(stage: Stage, condition: State, rows: Ints) -> Truths:
    """Whether the order's state, from the statuses before each trigger, stands so; unknown where it may be outdated."""
    market = stage.policy.market
    before = Window(np.zeros(len(rows), np.int64), stage.starts(rows), rows)
    last = last_in(_stated(stage), before)
    strange = first_in(_stated(stage, but=(*market.states, *market.final)), before)
    missing = stage.causes.number(Unknown(Reason.FIELD_MISSING, ("status",)))
    stands, lasts = _stands(stage, condition, before)
    outdated = unseen(stage, (Activity.STATUS_CHANGED,), _since(stage, last, rows))
    cause = np.where((last < 0) | (strange >= 0), missing, np.where(lasts, NONE, outdated))
    return unless_unknown(known(stands), cause)


def _since(stage: Stage, last: Ints, rows: Ints) -> Stretch:
    at = stage.bucket.at
    return Stretch(stage.bucket.order[rows], at_rows(at, last, NEVER), at[rows])


def _stands(stage: Stage, condition: State, before: Window) -> tuple[Flags, Flags]:
    """Whether the statuses say so, and whether no later one can change that: a state reached stays reached."""
    if condition.relation is StateRelation.IS:
        column, last = stage.bucket.field("status"), last_in(_stated(stage), before)
        is_one = np.array([str(value) in condition.states for value in column.values] + [False], np.bool_)
        return is_one[at_rows(column.codes, last, NONE)], np.zeros(len(last), np.bool_)
    states = stage.policy.market.states
    later = states[states.index(condition.states[0]) :]
    has_reached = first_in(_stated(stage, among=later), before) >= 0
    return has_reached == (condition.relation is StateRelation.REACHED), has_reached


def _stated(stage: Stage, among: tuple[str, ...] | None = None, but: tuple[str, ...] = ()) -> Ints:
    """The rows with a status; only with one of these, only with none of those."""
    key, known_rows = (among, but), stage.memory.stated
    if key not in known_rows:
        column = stage.bucket.field("status")
        wanted = [(among is None or str(v) in among) and str(v) not in but for v in column.values]
        known_rows[key] = np.flatnonzero(np.array([*wanted, False], np.bool_)[column.codes])
    return known_rows[key]


def final_at(stage: Stage) -> Ints:
    """When each order reached the visible status that ended it, NEVER while its latest one is no end."""
    column = stage.bucket.field("status")
    last = last_in(_stated(stage), stage.whole_orders())
    final = np.array([value in stage.policy.market.final for value in column.values] + [False], np.bool_)
    ended = final[at_rows(column.codes, last, NONE)]
    return np.where(ended, at_rows(stage.bucket.at, last, NEVER), NEVER)
