"""In which state was each order at its trigger?"""

from collections.abc import Callable

import numpy as np

from checker.engines.columnar.coverage import Stretch, unseen
from checker.engines.columnar.probe import NEVER, NONE, Flags, Index, Ints, Window, first_in, last_in
from checker.engines.columnar.stage import Stage, Triggers, at_rows
from checker.engines.columnar.truths import Truths, known, unless_unknown
from checker.interpreter.truth import Unknown
from checker.model.activity import Activity
from checker.model.condition import State, StateRelation
from checker.model.event import Value
from checker.model.finding import Reason


def state(stage: Stage, condition: State, triggers: Triggers) -> Truths:
    """Whether the order's state, from the statuses before each trigger, stands so; unknown where it may be outdated."""
    market = stage.policy.market
    before = Window(None, triggers.starts, triggers.rows)
    last = last_in(_stated(stage), before)
    strange = first_in(_stated(stage, but=(*market.states, *market.final)), before)
    missing = stage.causes.number(Unknown(Reason.FIELD_MISSING, ("status",)))
    stands, lasts = _stands(stage, condition, before, last)
    since = Stretch(triggers.orders, at_rows(stage.bucket.at, last, NEVER), triggers.at)
    outdated = unseen(stage, (Activity.STATUS_CHANGED,), since)
    cause = np.where((last < 0) | (strange >= 0), missing, np.where(lasts, NONE, outdated))
    return unless_unknown(known(stands), cause)


def _stands(stage: Stage, condition: State, before: Window, last: Ints) -> tuple[Flags, Flags]:
    """Whether the statuses say so, and whether no later one can change that: a state reached stays reached."""
    if condition.relation is StateRelation.IS:
        is_one = _which(stage, lambda status: str(status) in condition.states)
        return is_one[_status(stage, last)], np.zeros(len(last), np.bool_)
    states = stage.policy.market.states
    later = states[states.index(condition.states[0]) :]
    has_reached = first_in(_stated(stage, among=later), before) >= 0
    return has_reached == (condition.relation is StateRelation.REACHED), has_reached


def _status(stage: Stage, rows: Ints) -> Ints:
    """The code of the status that each row states."""
    return at_rows(stage.bucket.field("status").codes, rows, NONE)


def _which(stage: Stage, is_one: Callable[[Value], bool]) -> Flags:
    """For each distinct status, and last for no status, whether it is one."""
    return np.array([*map(is_one, stage.bucket.field("status").values), False], np.bool_)


def _stated(stage: Stage, among: tuple[str, ...] | None = None, but: tuple[str, ...] = ()) -> Index:
    """The rows with a status; only with one of these, only with none of those."""

    def wanted(status: Value) -> bool:
        return (among is None or str(status) in among) and str(status) not in but

    def found() -> Index:
        return Index(np.flatnonzero(_which(stage, wanted)[stage.bucket.field("status").codes]), len(stage.bucket.at))

    return stage.memory.once("stated", f"{among}{but}", found)


def final_at(stage: Stage) -> Ints:
    """When each order reached the visible status that ended it, NEVER while its latest one is no end."""

    def found() -> Ints:
        last = stage.last_per_order(_stated(stage).keys)
        is_final = _which(stage, lambda status: status in stage.policy.market.final)
        return np.where(is_final[_status(stage, last)], at_rows(stage.bucket.at, last, NEVER), NEVER)

    return stage.memory.once("final_at", "", found)
