"""In which small ways could a condition, a pattern, a deadline or a parameter be wrong?"""

from collections.abc import Iterator
from dataclasses import replace

from checker.harness.durations import duration_changes
from checker.harness.slips import Change, Ground, Operator, dropped, members, with_child, without
from checker.model.condition import (
    AllOf,
    AnyOf,
    EventPattern,
    InCodes,
    Missing,
    Not,
    OneOf,
    Past,
    Present,
    Seen,
    State,
    StateRelation,
)
from checker.model.deadline import Deadline, Duration, FromDeadline, FromFact, FromField, FromTrigger, Recorded
from checker.model.event import Actor
from checker.model.policy import Codes, Count, Matcher, Percent


def _pattern(pattern: EventPattern, ground: Ground) -> Iterator[Change]:
    yield from dropped(pattern, "same", "same")
    yield from members(pattern, "activities")
    for index, (name, test) in enumerate(pattern.tests):
        fewer = replace(pattern, tests=without(pattern.tests, index))
        yield Change("field test", f"without the test of {name}", name, fewer)
        if name == "actor" and isinstance(test, OneOf):
            swapped = replace(pattern, tests=with_child(pattern.tests, index, (name, _other_actor(test))))
            yield Change("actor", f"actor {_other_actor(test).values[0]}", "actor", swapped)


def _other_actor(test: OneOf) -> OneOf:
    others = [actor.value for actor in (Actor.PLATFORM, Actor.SELLER, Actor.BUYER) if actor not in test.values]
    return OneOf((others[0],))


def _one_of(test: OneOf, ground: Ground) -> Iterator[Change]:
    yield from members(test, "values")


def _in_codes(test: InCodes, ground: Ground) -> Iterator[Change]:
    said = "in" if test.negated else "not in"
    yield Change("negation", f"{said} {test.parameter}", test.parameter, replace(test, negated=not test.negated))


def _all_of(part: AllOf, ground: Ground) -> Iterator[Change]:
    yield Change("all or any", "any instead of all", "all:", AnyOf(part.conditions))
    yield from members(part, "conditions")


def _any_of(part: AnyOf, ground: Ground) -> Iterator[Change]:
    yield Change("all or any", "all instead of any", "any:", AllOf(part.conditions))
    yield from members(part, "conditions")


def _not(part: Not, ground: Ground) -> Iterator[Change]:
    yield Change("negation", "without not", "not:", part.condition)


def _seen(part: Seen, ground: Ground) -> Iterator[Change]:
    if part.within is not None:
        yield Change("within", "seen at any time", part.within, replace(part, within=None))


def _state(part: State, ground: Ground) -> Iterator[Change]:
    yield from members(part, "states")
    if part.relation is StateRelation.IS:
        return
    opposite = StateRelation.REACHED if part.relation is StateRelation.BEFORE else StateRelation.BEFORE
    yield Change("before", f"{opposite.value} {part.states[0]}", part.states[0], replace(part, relation=opposite))
    place = ground.states.index(part.states[0])
    for near in (place - 1, place + 1):
        if 0 <= near < len(ground.states):
            state = ground.states[near]
            yield Change("state", f"{part.relation.value} {state}", part.states[0], replace(part, states=(state,)))


def _past(part: Past, ground: Ground) -> Iterator[Change]:
    yield Change("before", "before the deadline", "past", Not(part))


def _present(part: Present, ground: Ground) -> Iterator[Change]:
    yield Change("negation", "missing instead of present", "present", Missing())


def _missing(part: Missing, ground: Ground) -> Iterator[Change]:
    yield Change("negation", "present instead of missing", "missing", Present())


def _deadline(part: Deadline, ground: Ground) -> Iterator[Change]:
    match part.start:
        case FromDeadline() | FromFact() | FromField():
            yield Change("anchor", "counted from the trigger", "from", replace(part, start=FromTrigger()))
        case Recorded(name, otherwise):
            if otherwise is not None:
                yield Change("anchor", f"never by the recorded {name}", name, otherwise)
                yield Change("anchor", f"only by the recorded {name}", name, replace(part, start=Recorded(name)))


def _codes(part: Codes, ground: Ground) -> Iterator[Change]:
    for index, code in enumerate(part.values or ()):
        yield Change("list member", f"without `{code}`", code, Codes(without(part.values or (), index)))


def _matcher(part: Matcher, ground: Ground) -> Iterator[Change]:
    yield from dropped(part, "any_of", "list member")
    yield from dropped(part, "none_of", "list member")


def _percent(part: Percent, ground: Ground) -> Iterator[Change]:
    if part.value is not None:
        for more in ("0.01", "-0.01"):
            changed = f"{float(part.value) + float(more):g}"
            yield Change("duration", f"percent {changed}", "percent", Percent(changed))


def _count(part: Count, ground: Ground) -> Iterator[Change]:
    if part.value is not None:
        for more in (1, -1):
            yield Change("duration", f"count {part.value + more}", "count", Count(part.value + more))


def _duration(part: Duration, ground: Ground) -> Iterator[Change]:
    for operator, said, needle, changed in duration_changes(part, ground.calendar):
        yield Change(operator, said, needle, changed)


CLAUSE_SLIPS: dict[type, Operator] = {
    EventPattern: _pattern,
    OneOf: _one_of,
    InCodes: _in_codes,
    AllOf: _all_of,
    AnyOf: _any_of,
    Not: _not,
    Seen: _seen,
    State: _state,
    Past: _past,
    Present: _present,
    Missing: _missing,
    Deadline: _deadline,
    Codes: _codes,
    Matcher: _matcher,
    Percent: _percent,
    Count: _count,
    Duration: _duration,
}
