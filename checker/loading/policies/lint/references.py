"""What does a policy refer to by name, and where?"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from checker.loading.text.node import Node
from checker.model.rule import Location


class Target(Enum):
    """What a name stands for; parameters by the unit that the place asks for."""

    DURATION = auto()
    DAYS = auto()
    CODES = auto()
    PERCENT = auto()
    COUNT = auto()
    MATCHER = auto()
    SOURCE = auto()
    FIELD = auto()
    FACT = auto()
    RECORDED = auto()
    STATE = auto()
    STATE_ON_THE_WAY = auto()


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that stands for something, and its place."""

    target: Target
    name: str
    location: Location


_PATTERNS = ("trigger", "must", "forbid", "on_timeout", "cohort", "numerator")
_PARAMETERS = {"window": Target.DAYS, "lag": Target.DAYS, "min_denominator": Target.COUNT}


def references(policy: Node) -> Iterator[Reference]:
    """Every reference of a policy that fits the schema, in the order of the file."""
    for parameter in policy.entries("parameters").values():
        yield _to(Target.SOURCE, parameter["source"])
        for amount in parameter.values():
            if "by" in amount:
                yield _to(Target.FACT, amount["by"])
    for rule in policy["rules"]:
        yield from _of_rule(rule)


def _of_rule(rule: Node) -> Iterator[Reference]:
    for cited in rule["cites"]:
        yield _to(Target.SOURCE, cited["source"])
    for key, body in rule.items():
        if key in _PATTERNS:
            yield from of_pattern(body)
        elif key == "unless":
            for pattern in body:
                yield from of_pattern(pattern)
        elif key in _PARAMETERS:
            yield _to(_PARAMETERS[key], body)
        else:
            yield from _of_part(key, body)


def _of_part(key: str, body: Node) -> Iterator[Reference]:
    match key:
        case "given" | "exclude":
            for part in body:
                yield from of_condition(part)
        case "needs":
            yield from of_condition(body)
        case "within":
            yield from _of_deadline(body)
        case "first_match":
            for case in body:
                yield from of_condition(case["when"])
        case "limits":
            for limit in body:
                yield from _of_limit(limit)


def _of_limit(limit: Node) -> Iterator[Reference]:
    yield _to(Target.PERCENT, limit["parameter"])
    if "min_count" in limit:
        yield _to(Target.COUNT, limit["min_count"])
    if "and_shop" in limit:
        yield _to(Target.PERCENT, limit["and_shop"]["parameter"])


def of_pattern(pattern: Node) -> Iterator[Reference]:
    """The references of an event pattern."""
    for key, body in pattern.items():
        if key == "same":
            yield from (_to(Target.FIELD, name) for name in body)
        elif key != "activity":
            yield from _of_test(Target.FIELD, key, body)


def _of_test(target: Target, name: str, test: Node) -> Iterator[Reference]:
    """The field or fact tested, and what its test refers to; values of `status` are states."""
    yield Reference(target, name, test.key_location)
    operators = {
        "in_codes": Target.CODES,
        "not_in_codes": Target.CODES,
        "matches": Target.MATCHER,
        "equals_field": Target.FIELD,
        "equals_fact": Target.FACT,
    }
    for operator, operand in test.items():
        if operator in operators:
            yield _to(operators[operator], operand)
    if target is Target.FIELD and name == "status":
        values = test.get("not") or test
        words = (value for value in _several(values) if value.value not in ("present", "missing"))
        yield from (_to(Target.STATE, value) for value in words if isinstance(value.value, str))


def of_condition(condition: Node) -> Iterator[Reference]:
    """The references of a condition."""
    for key, body in condition.items():
        match key:
            case "all" | "any" | "not":
                for part in body if key != "not" else (body,):
                    yield from of_condition(part)
            case "seen":
                yield from of_pattern(body)
            case "within":
                yield _to(Target.DURATION, body)
            case "past" | "after":
                yield from _of_deadline(body)
            case "order":
                yield from _of_tests(Target.FACT, body)
            case "trigger":
                yield from _of_tests(Target.FIELD, body)
            case "state":
                yield from _of_states(body)


def _of_tests(target: Target, tests: Node) -> Iterator[Reference]:
    for name, test in tests.items():
        yield from _of_test(target, name, test)


def _of_states(state: Node) -> Iterator[Reference]:
    for relation, states in state.items():
        target = Target.STATE if relation == "is" else Target.STATE_ON_THE_WAY
        yield from (_to(target, named) for named in _several(states))


def _of_deadline(deadline: Node) -> Iterator[Reference]:
    if isinstance(deadline.value, str):
        yield _to(Target.DURATION, deadline)
    for key, body in deadline.items():
        match key:
            case "parameter":
                yield _to(Target.DURATION, body)
            case "recorded" | "compare_with":
                yield _to(Target.RECORDED, body)
            case "else" | "deadline":
                yield from _of_deadline(body)
            case "from" if isinstance(body.value, dict):
                yield from _of_deadline(body)
            case "field":
                yield _to(Target.FIELD, body)
            case "fact":
                yield _to(Target.FACT, body)


def _to(target: Target, node: Node) -> Reference:
    return Reference(target, str(node.value), node.location)


def _several(node: Node) -> Iterator[Node]:
    if isinstance(node.value, list):
        yield from node
    elif isinstance(node.value, str):
        yield node
