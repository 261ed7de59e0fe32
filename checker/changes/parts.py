"""Which parts of a rule changed, and does that make it stricter or looser?"""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from checker.model.condition import EventPattern
from checker.model.deadline import Deadline
from checker.model.difference import Difference, Direction, Kind
from checker.model.rule import Case, Limit, Obligation, Precedence, Prohibition, Rule

_HEAD = ("severity", "bearer", "applies_by")
# A part that must be met binds less the more it lets pass; what triggers or is forbidden binds more.
_WIDER_IS_LOOSER = frozenset({"must", "unless"})
_WIDER_IS_STRICTER = frozenset({"trigger", "forbid"})


def part_differences(old: Rule, new: Rule) -> Iterator[Difference]:
    """The parts that differ, values apart: those are told where they stand."""
    if type(old) is not type(new):
        yield _changed(Direction.UNCLEAR, "kind", type(old).__name__.lower(), type(new).__name__.lower())
        return
    for name in _HEAD:
        before, after = getattr(old.head, name), getattr(new.head, name)
        if before != after:
            yield _changed(_head_direction(name, before, after), name, _word(before), _word(after))
    for field in fields(new):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name != "head" and _meant(before) != _meant(after):
            yield _changed(_direction(new, field.name, before, after), field.name, _told(before), _told(after))


def _changed(direction: Direction, part: str, old: Any, new: Any) -> Difference:
    return Difference(Kind.RULE_CHANGED, direction, part, old, new)


def _word(value: Any) -> str:
    return str(getattr(value, "name", value)).lower()


def _told(value: Any) -> Any:
    return str(value) if hasattr(value, "value") else value


def _head_direction(name: str, old: Any, new: Any) -> Direction:
    if name != "severity":
        return Direction.UNCLEAR
    return Direction.STRICTER if new > old else Direction.LOOSER


def _meant(part: Any) -> Any:
    """The part without the words that only explain it."""
    match part:
        case tuple():
            return tuple(_meant(one) for one in part)
        case Limit():
            return replace(part, effect=None)
        case Deadline():
            return replace(part, compare_with=None)
        case Case(when=when, outcome=outcome):
            return (when, outcome)
        case _:
            return part


def _direction(rule: Rule, name: str, old: Any, new: Any) -> Direction:
    match rule:
        case Obligation() | Prohibition() | Precedence():
            return _duty_direction(name, old, new)
        case _:
            return _limit_direction(old, new) if name == "limits" else Direction.UNCLEAR


def _duty_direction(name: str, old: Any, new: Any) -> Direction:
    if name == "on_timeout":
        return Direction.NEUTRAL
    if name == "given":
        return _narrowed(set(map(repr, old)), set(map(repr, new)), Direction.LOOSER, Direction.STRICTER)
    if name == "unless":
        return _narrowed(set(map(repr, old)), set(map(repr, new)), Direction.LOOSER, Direction.STRICTER)
    wider, narrower = _wider(old, new), _wider(new, old)
    if wider is narrower:
        return Direction.UNCLEAR
    if name in _WIDER_IS_LOOSER:
        return Direction.LOOSER if wider else Direction.STRICTER
    if name in _WIDER_IS_STRICTER:
        return Direction.STRICTER if wider else Direction.LOOSER
    return Direction.UNCLEAR


def _narrowed(old: set[str], new: set[str], more: Direction, fewer: Direction) -> Direction:
    """Every further entry of the list pulls one way, every entry taken away the other."""
    if old < new:
        return more
    return fewer if new < old else Direction.UNCLEAR


def _wider(one: Any, other: Any) -> bool:
    """Whether every event that the first pattern lets pass passes the second."""
    if not isinstance(one, EventPattern) or not isinstance(other, EventPattern):
        return False
    return (
        set(one.activities) <= set(other.activities)
        and set(map(repr, other.tests)) <= set(map(repr, one.tests))
        and set(other.same) <= set(one.same)
    )


def _limit_direction(old: tuple[Limit, ...], new: tuple[Limit, ...]) -> Direction:
    """Further limits are stricter, and so is a limit that may no longer be reached."""
    before, after = ({repr(_meant(limit)) for limit in limits} for limits in (old, new))
    if before < after or after < before:
        return Direction.STRICTER if before < after else Direction.LOOSER
    loosened = {repr(replace(limit, strict=False, effect=None)) for limit in new}
    if loosened == {repr(replace(limit, strict=False, effect=None)) for limit in old}:
        more = sum(limit.strict for limit in new) > sum(limit.strict for limit in old)
        return Direction.STRICTER if more else Direction.LOOSER
    return Direction.UNCLEAR
