"""In which small ways could a part of a policy be wrong?

Each operator is one slip that a person can make while writing YAML; what the language cannot say is no mutant.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from checker.harness.durations import duration_changes
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
from checker.model.rule import Classification, Limit, Obligation, Precedence, Prohibition, Rate, RuleHead, Severity


@dataclass(frozen=True, slots=True)
class Change:
    """One slip: its operator, what it does in words of the language, a word to find its line by, and the result.

    `where` is the way to it: `given 1 not`.
    """

    operator: str
    what: str
    needle: str
    part: Any
    where: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What an operator may draw on: the states an order passes, and a calendar for working days."""

    states: tuple[str, ...]
    calendar: str | None


def changes(part: object, ground: Ground) -> Iterator[Change]:
    """Every slip in a part, or in anything inside it, with the whole part as the result."""
    yield from _own(part, ground)
    for name, child in _children(part):
        for change in changes(child, ground):
            where = f"{name + 1 if isinstance(name, int) else _SHORT.get(name, name)} {change.where}".strip()
            yield replace(change, part=_with(part, name, change.part), where=where)


# Names of fields as the language has them.
_SHORT = {"condition": "not", "needs": "needs_before", "pattern": "seen"}


def _children(part: object) -> Iterator[tuple[Any, object]]:
    if isinstance(part, tuple):
        yield from enumerate(part)
    elif is_dataclass(part):
        yield from ((field.name, getattr(part, field.name)) for field in fields(part))


def _with(part: Any, name: Any, child: object) -> Any:
    if isinstance(part, tuple):
        return (*part[:name], child, *part[name + 1 :])
    return replace(part, **{name: child})


def _own(part: Any, ground: Ground) -> Iterator[Change]:
    operator = OPERATORS.get(type(part))
    if operator is not None:
        yield from operator(part, ground)


def without(items: Sequence[Any], index: int) -> tuple[Any, ...]:
    """The items but for one."""
    return (*items[:index], *items[index + 1 :])


def _dropped(part: Any, name: str, operator: str) -> Iterator[Change]:
    """The part without each member of one of its tuples."""
    items = getattr(part, name)
    for index, item in enumerate(items):
        needle = str(item) if isinstance(item, str) else name
        said = f"without {name} `{item}`" if isinstance(item, str) else f"without {name} {index + 1}"
        yield Change(operator, said, needle, replace(part, **{name: without(items, index)}))


def _members(part: Any, name: str) -> Iterator[Change]:
    """The part without each member of a list that stays a list."""
    if len(getattr(part, name)) > 1:
        yield from _dropped(part, name, "list member")


def _head(head: RuleHead, ground: Ground) -> Iterator[Change]:
    worse = Severity(head.severity % len(Severity) + 1)
    yield Change("severity", f"severity {worse.name.lower()}", "severity", replace(head, severity=worse))


def _limit(limit: Limit, ground: Ground) -> Iterator[Change]:
    said = "not strict" if limit.strict else "strict"
    yield Change("strictness", f"limit {said}", "strict", replace(limit, strict=not limit.strict))
    worse = Severity(limit.severity % len(Severity) + 1)
    yield Change("severity", f"limit severity {worse.name.lower()}", "limits", replace(limit, severity=worse))


def _pattern(pattern: EventPattern, ground: Ground) -> Iterator[Change]:
    yield from _dropped(pattern, "same", "same")
    yield from _members(pattern, "activities")
    for index, (name, test) in enumerate(pattern.tests):
        fewer = replace(pattern, tests=without(pattern.tests, index))
        yield Change("field test", f"without the test of {name}", name, fewer)
        if name == "actor" and isinstance(test, OneOf):
            swapped = replace(pattern, tests=_with(pattern.tests, index, (name, _other_actor(test))))
            yield Change("actor", f"actor {_other_actor(test).values[0]}", "actor", swapped)


def _other_actor(test: OneOf) -> OneOf:
    others = [actor.value for actor in (Actor.PLATFORM, Actor.SELLER, Actor.BUYER) if actor not in test.values]
    return OneOf((others[0],))


def _one_of(test: OneOf, ground: Ground) -> Iterator[Change]:
    yield from _members(test, "values")


def _in_codes(test: InCodes, ground: Ground) -> Iterator[Change]:
    said = "in" if test.negated else "not in"
    yield Change("negation", f"{said} {test.parameter}", test.parameter, replace(test, negated=not test.negated))


def _obligation(rule: Obligation, ground: Ground) -> Iterator[Change]:
    yield from _dropped(rule, "given", "given")
    yield from _dropped(rule, "unless", "unless")
    opposite = Prohibition(rule.head, rule.must, rule.trigger, rule.given, rule.within, rule.unless)
    yield Change("must", "must not", "must", opposite)


def _prohibition(rule: Prohibition, ground: Ground) -> Iterator[Change]:
    yield from _dropped(rule, "given", "given")
    yield from _dropped(rule, "unless", "unless")
    if rule.trigger is not None:
        opposite = Obligation(rule.head, rule.trigger, rule.forbid, rule.given, rule.within, rule.unless)
        yield Change("must", "must", "forbid", opposite)


def _precedence(rule: Precedence, ground: Ground) -> Iterator[Change]:
    yield from _dropped(rule, "given", "given")
    yield Change("before", "must not come first", "needs", replace(rule, needs=Not(rule.needs)))


def _classification(rule: Classification, ground: Ground) -> Iterator[Change]:
    yield from _dropped(rule, "given", "given")
    outcomes = list(dict.fromkeys((*(case.outcome for case in rule.cases), rule.otherwise)))
    for index, case in enumerate(rule.cases):
        said = f"without case {index + 1} `{case.outcome}`"
        yield Change("case", said, "first_match", replace(rule, cases=without(rule.cases, index)))
        other = next(outcome for outcome in outcomes if outcome != case.outcome)
        changed = _with(rule.cases, index, replace(case, outcome=other))
        yield Change("class", f"case {index + 1} is `{other}`", "first_match", replace(rule, cases=changed))
    yield Change("class", f"otherwise `{outcomes[0]}`", "otherwise", replace(rule, otherwise=outcomes[0]))


def _rate(rule: Rate, ground: Ground) -> Iterator[Change]:
    yield from _dropped(rule, "exclude", "exclude")
    if rule.classified is not None:
        yield Change("class", "whatever the class", "classified", replace(rule, classified=None))


def _all_of(part: AllOf, ground: Ground) -> Iterator[Change]:
    yield Change("all or any", "any instead of all", "all:", AnyOf(part.conditions))
    yield from _members(part, "conditions")


def _any_of(part: AnyOf, ground: Ground) -> Iterator[Change]:
    yield Change("all or any", "all instead of any", "any:", AllOf(part.conditions))
    yield from _members(part, "conditions")


def _not(part: Not, ground: Ground) -> Iterator[Change]:
    yield Change("negation", "without not", "not:", part.condition)


def _seen(part: Seen, ground: Ground) -> Iterator[Change]:
    if part.within is not None:
        yield Change("within", "seen at any time", part.within, replace(part, within=None))


def _state(part: State, ground: Ground) -> Iterator[Change]:
    yield from _members(part, "states")
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
    yield from _dropped(part, "any_of", "list member")
    yield from _dropped(part, "none_of", "list member")


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


Operator = Callable[[Any, Ground], Iterator[Change]]
OPERATORS: dict[type, Operator] = {
    RuleHead: _head,
    Limit: _limit,
    EventPattern: _pattern,
    OneOf: _one_of,
    InCodes: _in_codes,
    Obligation: _obligation,
    Prohibition: _prohibition,
    Precedence: _precedence,
    Classification: _classification,
    Rate: _rate,
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
