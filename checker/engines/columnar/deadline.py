"""When are they due?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import assert_never

import numpy as np

from checker.engines.columnar.bucket import Coded, instant_of, micros, unknown
from checker.engines.columnar.clock import DAY, MINUTE, local
from checker.engines.columnar.pattern import matched, sought_among
from checker.engines.columnar.probe import NEVER, NONE, Ints, distinct, last_in, nothing
from checker.engines.columnar.stage import Sought, Stage, Triggers, at_rows, spelled
from checker.interpreter import deadline as interpreter
from checker.interpreter.scene import Scene
from checker.interpreter.truth import Unknown
from checker.model.activity import Activity
from checker.model.condition import EventPattern, OneOf
from checker.model.deadline import (
    ByFact,
    Deadline,
    Duration,
    FromDeadline,
    FromFact,
    FromField,
    FromTrigger,
    Recorded,
    Unit,
)
from checker.model.event import Actor, Event, Value
from checker.model.finding import Reason
from checker.model.history import OrderHistory

_CLOCK = (Unit.MINUTES, Unit.HOURS)


@dataclass(frozen=True, slots=True)
class Dues:
    """The last instants still in time, NEVER where unknown, and then the number of the cause."""

    at: Ints
    cause: Ints

    def some(self, places: Ints) -> "Dues":
        """Some of them."""
        return Dues(self.at[places], self.cause[places])


def dues(stage: Stage, deadline: Deadline, triggers: Triggers) -> Dues:
    """The due time of each of these triggers."""
    return triggers.memory.once("dues", spelled(deadline), lambda: _dues(stage, deadline, triggers))


def _dues(stage: Stage, deadline: Deadline, triggers: Triggers) -> Dues:
    anchor = _anchor(stage, deadline, triggers)
    return anchor if deadline.parameter is None else _stepped(stage, deadline.parameter, anchor, triggers)


def _anchor(stage: Stage, deadline: Deadline, triggers: Triggers) -> Dues:
    match deadline.start:
        case FromTrigger():
            return Dues(triggers.at, nothing(len(triggers.at)))
        case FromField(field):
            return _instants(stage, stage.bucket.field(field).at(triggers.rows), field)
        case FromFact(fact):
            return _instants(stage, stage.bucket.fact(fact).at(triggers.orders), fact)
        case FromDeadline(earlier):
            return dues(stage, earlier, triggers)
        case Recorded():
            return _recorded(stage, deadline.start, triggers)
        case _:
            assert_never(deadline.start)


def _instants(stage: Stage, column: Coded, name: str) -> Dues:
    """Instants as they are, days as their last instant; anything else is missing."""
    of_value = column.instants.copy()
    for place in np.flatnonzero(of_value == NEVER).tolist():
        of_value[place] = _end_of_day(stage, column.values[place])
    at = at_rows(of_value, column.codes, NEVER)
    return Dues(at, np.where(at == NEVER, stage.causes.number(Unknown(Reason.FIELD_MISSING, (name,))), NONE))


def _end_of_day(stage: Stage, value: Value) -> int:
    if not isinstance(value, date) or isinstance(value, datetime):
        return NEVER
    found, _ = _interpreted(stage, Deadline(None, FromFact("day")), 0, {"day": value})
    return found


def _recorded(stage: Stage, recorded: Recorded, triggers: Triggers) -> Dues:
    """The platform's own deadline of each order, else what the rule says instead."""
    own = recorded_deadlines(stage, recorded.name, triggers)
    found = Dues(own, nothing(len(own)))
    without = np.flatnonzero(own == NEVER)
    if not len(without):
        return found
    missing = stage.causes.number(Unknown(Reason.FIELD_MISSING, (recorded.name,)))
    if recorded.otherwise is None:
        found.cause[without] = missing
        return found
    fallback = dues(stage, recorded.otherwise, triggers.some(without))
    found.at[without] = fallback.at
    found.cause[without] = _renamed(
        stage, fallback.cause, lambda cause: Unknown(cause.reason, (*cause.missing, recorded.name))
    )
    return found


def _renamed(stage: Stage, causes: Ints, rename: Callable[[Unknown], Unknown]) -> Ints:
    result = causes.copy()
    for number in np.flatnonzero(np.bincount(causes[causes >= 0])):
        result[causes == number] = stage.causes.number(rename(stage.causes.known[number]))
    return result


def recorded_deadlines(stage: Stage, name: str, triggers: Triggers) -> Ints:
    """The platform's own deadline for each trigger: the latest one set, else the order's fact; NEVER without one.

    One that was set for a request counts for that request only.
    """
    due, fact = stage.bucket.field("due"), stage.bucket.fact(name)
    of_order = at_rows(fact.instants, fact.codes[triggers.orders], NEVER)
    latest = nothing(len(of_order))
    for found in _deadlines_set(stage, name):
        latest = np.maximum(latest, last_in(found.certain, found.window(triggers.rows, triggers.starts, triggers.ends)))
    was_set = at_rows(due.instants, at_rows(due.codes, latest, NONE), NEVER)
    return np.where(latest >= 0, was_set, of_order)


def _deadlines_set(stage: Stage, name: str) -> tuple[Sought, ...]:
    """Where the deadlines of that name stand: those for the whole order, and those for a request."""
    pattern = EventPattern((Activity.DEADLINE_SET,), (("deadline_name", OneOf((name,))),), ("request_id",))
    if not len(stage.rows_of(Activity.DEADLINE_SET)):
        return ()
    found = matched(stage, pattern)
    whole = np.flatnonzero((stage.bucket.field("request_id").codes[found.rows] < 0) & (found.cause < 0))
    return sought_among(stage, replace(pattern, same=()), found.at(whole)), sought_among(stage, pattern, found)


def _stepped(stage: Stage, parameter: str, start: Dues, triggers: Triggers) -> Dues:
    """The end of the parameter's duration after each start, worked out once per distinct day and amount."""
    duration = stage.policy.parameters[parameter].value
    if not isinstance(duration, Duration):
        raise TypeError(f"`{parameter}` is no duration; the linter lets none through")
    is_clock, starts = duration.unit in _CLOCK, np.where(start.at == NEVER, 0, start.at)
    shares = _shares(stage, duration, triggers)
    keys = shares.codes.astype(np.int64)
    if not is_clock:
        keys += _day_keys(stage, duration, starts) * (len(shares.values) + 1)
    places, which = distinct(keys)
    steps = np.empty((2, len(places)), np.int64)
    for number, place in enumerate(places.tolist()):
        facts = _share_facts(duration, shares, place)
        steps[:, number] = _interpreted(stage, Deadline(parameter), 0 if is_clock else int(starts[place]), facts)
    at, cause = steps if len(places) == 1 else steps[:, which]
    cause = np.where(start.at == NEVER, start.cause, cause)
    return Dues(np.where(cause >= 0, NEVER, at + starts if is_clock else at), cause)


def _shares(stage: Stage, duration: Duration, triggers: Triggers) -> Coded:
    """The fact that chooses the amount, where one does."""
    if not isinstance(duration.amount, ByFact):
        return unknown(len(triggers.rows))
    return stage.bucket.fact(duration.amount.fact).at(triggers.orders)


def _share_facts(duration: Duration, shares: Coded, place: int) -> dict[str, Value]:
    code = shares.codes[place]
    return {duration.amount.fact: shares.values[code]} if isinstance(duration.amount, ByFact) and code >= 0 else {}


def _day_keys(stage: Stage, duration: Duration, starts: Ints) -> Ints:
    """A number for each local day, another one from the cut-off on."""
    wall = local(starts, duration.timezone or stage.policy.timezone)
    if duration.cut_off is None:
        return wall // DAY
    cut_off = duration.cut_off
    limit = (cut_off.hour * 60 + cut_off.minute) * MINUTE + cut_off.second * 1_000_000 + cut_off.microsecond
    return wall // DAY * 2 + (wall % DAY >= limit)


def _interpreted(stage: Stage, deadline: Deadline, start: int, facts: dict[str, Value]) -> tuple[int, int]:
    """What the interpreter says of a trigger at that instant: a due time, or the number of a cause."""
    scene = Scene(stage.policy, OrderHistory("", facts, {}, ()), (), stage.as_of)
    event = Event("", "", Activity.ORDER_CREATED, instant_of(start), Actor.UNKNOWN, {})
    found = interpreter.due(scene, deadline, event)
    if isinstance(found, Unknown):
        return NEVER, stage.causes.number(found)
    return micros(found.due_at), NONE
