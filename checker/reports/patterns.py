"""How are event patterns and conditions of a policy said in words?"""

from datetime import date, datetime
from typing import assert_never

from checker.model.activity import Activity
from checker.model.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    EqualsFact,
    EqualsField,
    EventPattern,
    FieldTest,
    InCodes,
    Matches,
    Missing,
    NoneOf,
    Not,
    Observed,
    OneOf,
    OrderIs,
    Past,
    Present,
    Relation,
    Seen,
    State,
    TriggerIs,
)
from checker.model.deadline import Deadline, Duration, FromDeadline, FromFact, FromField, FromTrigger, Recorded
from checker.model.event import Actor, Value
from checker.model.policy import Policy
from checker.reports.instants import duration
from checker.reports.phrases import Lang, catalogue, listed, named, phrase

_RELATIONS = {Relation.LT: "less", Relation.LE: "at_most", Relation.GT: "more", Relation.GE: "at_least"}
_ACTORS = frozenset(actor.value for actor in Actor)


def pattern_text(lang: Lang, pattern: EventPattern) -> str:
    """`approval or refusal of the cancellation by the seller`, with the other tests in brackets."""
    text = activities_text(lang, pattern.activities)
    tests = dict(pattern.tests)
    actor = tests.pop("actor", None)
    if isinstance(actor, OneOf):
        actors = listed(lang, [actor_name(lang, str(value)) for value in actor.values], "or")
        text = phrase(lang, "joined", "by", activity=text, actor=actors)
    details = [field_text(lang, name, test) for name, test in tests.items()]
    if not details:
        return text
    return phrase(lang, "joined", "with", thing=text, details=phrase(lang, "joined", "comma").join(details))


def activities_text(lang: Lang, activities: tuple[Activity, ...]) -> str:
    """What one of several kinds of event is called: the name they have together, or each one's."""
    together = "+".join(activities)
    single = named(lang, "activity", together)
    return single if single != together else listed(lang, [activity_name(lang, kind) for kind in activities], "or")


def activity_name(lang: Lang, activity: Activity) -> str:
    """What a kind of event is called."""
    return phrase(lang, "activity", activity.value)


def actor_name(lang: Lang, actor: str) -> str:
    """Who it was."""
    return named(lang, "actor", actor)


def value_text(lang: Lang, value: Value) -> str:
    """A field's value: yes and no, states and actors by their names, codes as they are."""
    match value:
        case bool():
            return phrase(lang, "joined", "yes" if value else "no")
        case "yes":
            return phrase(lang, "joined", "yes")
        case "no":
            return phrase(lang, "joined", "no")
        case tuple():
            return phrase(lang, "joined", "comma").join(value)
        case datetime() | date():
            return value.isoformat()
        case str() if value in _ACTORS:
            return actor_name(lang, value)
        case str():
            return named(lang, "value" if value in catalogue()["value"] else "state", value)
        case int():
            return str(value)
        case _:
            assert_never(value)


def field_text(lang: Lang, name: str, test: FieldTest) -> str:
    """What a test asks of a field."""
    field = named(lang, "field", name)
    match test:
        case OneOf(values):
            return phrase(lang, "joined", "is", name=field, value=_any(lang, values))
        case NoneOf(values):
            kept = phrase(lang, "joined", "is", name=field, value=_any(lang, values))
            return phrase(lang, "joined", "not", thing=kept)
        case InCodes(parameter, negated):
            listing = phrase(lang, "joined", "of", name=field, matcher=parameter)
            return phrase(lang, "joined", "not", thing=listing) if negated else listing
        case Matches(matcher):
            return phrase(lang, "joined", "of", name=field, matcher=matcher)
        case Compare(relation, value):
            return phrase(lang, "joined", _RELATIONS[relation], name=field, value=value_text(lang, value))
        case Present() | Missing():
            word = "known" if isinstance(test, Present) else "unknown"
            return phrase(lang, "joined", "is", name=field, value=phrase(lang, "joined", word))
        case EqualsField(other) | EqualsFact(other):
            return phrase(lang, "joined", "is", name=field, value=named(lang, "field", other))
        case _:
            assert_never(test)


def _any(lang: Lang, values: tuple[Value, ...]) -> str:
    return listed(lang, [value_text(lang, value) for value in values], "or")


def conditions_text(lang: Lang, conditions: tuple[Condition, ...], policy: Policy) -> str:
    """All of them, strung together."""
    return listed(lang, [condition_text(lang, condition, policy) for condition in conditions], "and")


def condition_text(lang: Lang, condition: Condition, policy: Policy) -> str:
    """The circumstance in words."""
    match condition:
        case AllOf(parts):
            return conditions_text(lang, parts, policy)
        case AnyOf(parts):
            return listed(lang, [condition_text(lang, part, policy) for part in parts], "or")
        case Not(inner):
            return phrase(lang, "joined", "not", thing=condition_text(lang, inner, policy))
        case Seen():
            return _seen_text(lang, condition, policy)
        case State(relation, states):
            labels = [policy.market.labels.get(state, {}).get(lang) or named(lang, "state", state) for state in states]
            return phrase(lang, "condition", relation.value, state=listed(lang, labels, "or"))
        case OrderIs(name, test) | TriggerIs(name, test):
            return field_text(lang, name, test)
        case Past(deadline):
            return phrase(lang, "condition", "past", deadline=deadline_text(lang, deadline, policy))
        case Observed(observable):
            return phrase(lang, "condition", "observed", thing=phrase(lang, "observable", observable.value))
        case _:
            assert_never(condition)


def needed_text(lang: Lang, condition: Condition, policy: Policy) -> str:
    """What must come first, as things: `approval of the cancellation`."""
    match condition:
        case Seen(pattern, None):
            return pattern_text(lang, pattern)
        case AllOf(parts):
            return listed(lang, [needed_text(lang, part, policy) for part in parts], "and")
        case AnyOf(parts):
            return listed(lang, [needed_text(lang, part, policy) for part in parts], "or")
        case _:
            return condition_text(lang, condition, policy)


def _seen_text(lang: Lang, seen: Seen, policy: Policy) -> str:
    thing = pattern_text(lang, seen.pattern)
    if seen.after is not None:
        return phrase(lang, "condition", "seen_late", thing=thing, deadline=deadline_text(lang, seen.after, policy))
    if seen.within is None:
        return phrase(lang, "condition", "seen", thing=thing)
    return phrase(lang, "condition", "seen_within", thing=thing, duration=parameter_text(lang, seen.within, policy))


def parameter_text(lang: Lang, name: str, policy: Policy) -> str:
    """A parameter's length of time; its name where it has none that is one number."""
    value = policy.parameters[name].value if name in policy.parameters else None
    if isinstance(value, Duration) and isinstance(value.amount, int):
        return duration(lang, value, value.amount)
    return name


def deadline_text(lang: Lang, deadline: Deadline, policy: Policy) -> str:
    """`48 h after the request`."""
    start = anchor_text(lang, deadline, policy)
    if deadline.parameter is None:
        return start
    length = parameter_text(lang, deadline.parameter, policy)
    return phrase(lang, "condition", "after", duration=length, start=start)


def anchor_text(lang: Lang, deadline: Deadline, policy: Policy) -> str:
    """What a deadline counts from."""
    match deadline.start:
        case FromTrigger():
            return phrase(lang, "condition", "trigger")
        case FromField(name) | FromFact(name):
            return named(lang, "field", name)
        case FromDeadline(earlier):
            return deadline_text(lang, earlier, policy)
        case Recorded(name):
            return named(lang, "field", name)
        case _:
            assert_never(deadline.start)
