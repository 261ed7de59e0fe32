"""Which random orders are worth judging under a policy? Values come from the policy itself. Needs Hypothesis."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st

from checker.model.activity import Activity
from checker.model.condition import EventPattern, OneOf
from checker.model.deadline import Duration, Unit
from checker.model.event import Actor, Event, Value
from checker.model.history import OrderHistory
from checker.model.policy import Codes, Policy
from checker.testing.builders import event, order

_TICK = timedelta(microseconds=1)
_LENGTH = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1)}


def orders(policy: Policy) -> st.SearchStrategy[OrderHistory]:
    """Orders of up to nine events of which the rules speak, around each other by the policy's own durations.

    Distances lie at a duration and a microsecond to either side of it: random times alone would miss every edge.
    """
    return st.lists(_steps(policy), min_size=1, max_size=8).map(lambda steps: _order(policy, steps))


def check_times(policy: Policy) -> st.SearchStrategy[datetime]:
    """Instants from the policy's first day to three months after it."""
    return st.integers(0, 90 * 24 * 60).map(lambda minutes: policy.effective_at + timedelta(minutes=minutes))


_Step = tuple[timedelta, Activity, str, dict[str, Value]]


def _steps(policy: Policy) -> st.SearchStrategy[_Step]:
    patterns = [pattern for rule in policy.rules for pattern in _patterns(rule)]
    activities = sorted({activity for pattern in patterns for activity in pattern.activities})
    return st.tuples(
        st.sampled_from(_distances(policy)),
        st.sampled_from(activities),
        st.sampled_from([actor.value for actor in Actor]),
        st.fixed_dictionaries({}, optional=_fields(policy, patterns)),
    )


def _patterns(part: object) -> Iterator[EventPattern]:
    if isinstance(part, EventPattern):
        yield part
    children = part if isinstance(part, tuple) else ()
    if is_dataclass(part):
        children = tuple(getattr(part, field.name) for field in fields(part))
    for child in children:
        yield from _patterns(child)


def _distances(policy: Policy) -> list[timedelta]:
    found = {timedelta(), timedelta(hours=1), timedelta(days=1)}
    for parameter in policy.parameters.values():
        match parameter.value:
            case Duration(unit, int(amount)):
                length = _LENGTH.get(unit, timedelta(days=1)) * amount
                found |= {length - _TICK, length, length + _TICK}
    return sorted(distance for distance in found if distance >= timedelta())


def _fields(policy: Policy, patterns: list[EventPattern]) -> dict[str, st.SearchStrategy[Value]]:
    """Strategies for the fields that rules test: the values they name, the published codes, the market's states."""
    values: dict[str, set[Value]] = {"request_id": {"R1", "R2"}, "status": set(policy.market.states)}
    for pattern in patterns:
        for name, test in pattern.tests:
            if isinstance(test, OneOf) and name != "actor":
                values.setdefault(name, set()).update(test.values)
    codes = {code for p in policy.parameters.values() if isinstance(p.value, Codes) for code in p.value.values or ()}
    if codes:
        values["reason"] = {*codes, "another_reason"}
    return {name: st.sampled_from(sorted(found, key=repr)) for name, found in values.items()}


def _order(policy: Policy, steps: list[_Step]) -> OrderHistory:
    moment = policy.effective_at + timedelta(days=1)
    events: list[Event] = [event(Activity.ORDER_CREATED, moment, Actor.BUYER, status=policy.market.states[0])]
    for distance, activity, actor, said in steps:
        moment += distance
        events.append(event(activity, moment, actor, **said))
    return order(*events)
