"""What do the patterns, tests, conditions and deadlines of a policy file mean as values?

Nodes have passed the schema, so their shape is not looked at again.
"""

from datetime import UTC, date, datetime

from checker.loading.text.node import Node
from checker.model.activity import Activity, Observable
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
    StateRelation,
    TriggerIs,
)
from checker.model.deadline import Anchor, Deadline, FromDeadline, FromFact, FromField, FromTrigger, Recorded
from checker.model.event import Value


def event_pattern(node: Node) -> EventPattern:
    """The pattern of a flat mapping: `activity`, `same`, and a test for every other key."""
    tests = tuple((name, field_test(test)) for name, test in node.items() if name not in ("activity", "same"))
    return EventPattern(
        activities=tuple(Activity(str(name)) for name in _several(node["activity"])),
        tests=tests,
        same=tuple(str(name.value) for name in node["same"]) if "same" in node else (),
    )


def field_test(node: Node) -> FieldTest:
    """The test that a scalar, a list, `present`, `missing` or one operator stands for."""
    if not isinstance(node.value, dict):
        words: dict[Value, FieldTest] = {"present": Present(), "missing": Missing()}
        values = _several(node)
        return words.get(values[0]) or OneOf(values) if len(values) == 1 else OneOf(values)
    ((operator, operand),) = node.items()
    name = str(operand.value)
    match operator:
        case "not":
            return NoneOf(_several(operand))
        case "in_codes" | "not_in_codes":
            return InCodes(name, negated=operator == "not_in_codes")
        case "matches":
            return Matches(name)
        case "equals_field":
            return EqualsField(name)
        case "equals_fact":
            return EqualsFact(name)
        case _:
            return Compare(Relation(operator), comparable(operand.value))


def comparable(value: object) -> Value:
    """A number as it is; an instant with a zone as aware UTC; a date as a local day.

    Raises: ValueError for other text.
    """
    if isinstance(value, int):
        return value
    text = str(value)
    if len(text) == len("2025-10-28"):
        return date.fromisoformat(text)
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"no zone in {text}")
    return instant.astimezone(UTC)


def condition(node: Node) -> Condition:
    """The condition that the mapping's one key names."""
    kind, body = next((key, value) for key, value in node.items() if key not in ("within", "after"))
    match kind:
        case "all":
            return AllOf(conditions(body))
        case "any":
            return AnyOf(conditions(body))
        case "not":
            return Not(condition(body))
        case "seen":
            within, after = node.get("within"), node.get("after")
            late = None if after is None else deadline(after)
            return Seen(event_pattern(body), None if within is None else str(within.value), late)
        case "state":
            ((relation, states),) = body.items()
            return State(StateRelation(relation), tuple(str(state) for state in _several(states)))
        case "order":
            return _together(tuple(OrderIs(name, field_test(test)) for name, test in body.items()))
        case "trigger":
            return _together(tuple(TriggerIs(name, field_test(test)) for name, test in body.items()))
        case "past":
            return Past(deadline(body))
        case _:
            return Observed(Observable(str(body.value)))


def conditions(node: Node | None) -> tuple[Condition, ...]:
    """The conditions of a list; none where the key is absent."""
    return () if node is None else tuple(condition(part) for part in node)


def deadline(node: Node) -> Deadline:
    """The deadline of a parameter's name, a recorded name with a fallback, or a parameter from an anchor."""
    if not isinstance(node.value, dict):
        return Deadline(str(node.value))
    if "recorded" in node:
        return Deadline(None, _recorded(node))
    compare_with = node.get("compare_with")
    return Deadline(
        parameter=_text(node.get("parameter")),
        start=_anchor(node["from"]) if "from" in node else FromTrigger(),
        compare_with=_text(compare_with),
    )


def _anchor(node: Node) -> Anchor:
    if not isinstance(node.value, dict):
        return FromTrigger()
    if "field" in node:
        return FromField(str(node["field"].value))
    if "fact" in node:
        return FromFact(str(node["fact"].value))
    return FromDeadline(deadline(node["deadline"])) if "deadline" in node else _recorded(node)


def _recorded(node: Node) -> Recorded:
    otherwise = node.get("else")
    return Recorded(str(node["recorded"].value), None if otherwise is None else deadline(otherwise))


def _together(parts: tuple[Condition, ...]) -> Condition:
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _several(node: Node) -> tuple[Value, ...]:
    return tuple(part.value for part in node) if isinstance(node.value, list) else (node.value,)  # type: ignore[misc,return-value]  # scalars


def _text(node: Node | None) -> str | None:
    return None if node is None else str(node.value)
