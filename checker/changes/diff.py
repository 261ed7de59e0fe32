"""What differs between two versions of a policy, by meaning?"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from itertools import chain

from checker.changes.parts import part_differences
from checker.changes.values import matcher_differences, value_differences
from checker.interpreter.parameters import named_parameters
from checker.model.difference import Difference, Direction, Kind, PolicyDifference
from checker.model.policy import Policy
from checker.model.rule import Classification, Rule, RuleHead


def difference(old: Policy, new: Policy) -> PolicyDifference:
    """Every difference that a verdict can depend on, with renamed rules told apart from new ones."""
    renamed = _renamed(old, new)
    found = chain(_version(old, new), _added_and_removed(old, new, renamed), _rules(old, new, renamed))
    return PolicyDifference(old, new, tuple(found), renamed)


def _version(old: Policy, new: Policy) -> Iterator[Difference]:
    for part in ("timezone", "open_windows"):
        before, after = str(getattr(old, part)), str(getattr(new, part))
        if before != after:
            yield Difference(Kind.VERSION_CHANGED, Direction.UNCLEAR, part, before, after)


def _renamed(old: Policy, new: Policy) -> dict[str, str]:
    """Rules that only changed their id: the new id and the old one."""
    before = {_without_name(rule): rule.head.id for rule in old.rules if _rule(new, rule.head.id) is None}
    after = {_without_name(rule): rule.head.id for rule in new.rules if _rule(old, rule.head.id) is None}
    return {after[shape]: before[shape] for shape in after if shape in before}


def _without_name(rule: Rule) -> str:
    """What the rule says, as text that does not depend on its name, its title and its place."""
    body = [getattr(rule, field.name) for field in fields(rule) if field.name != "head"]
    return repr((type(rule), rule.head.severity, rule.head.bearer, rule.head.applies_by, body))


def _rule(policy: Policy, rule_id: str) -> Rule | None:
    return next((rule for rule in policy.rules if rule.head.id == rule_id), None)


def _added_and_removed(old: Policy, new: Policy, renamed: Mapping[str, str]) -> Iterator[Difference]:
    for rule in old.rules:
        if _rule(new, rule.head.id) is None and rule.head.id not in renamed.values():
            yield _whole(Kind.RULE_REMOVED, _unless_table(rule, Direction.LOOSER), rule.head, None)
    for rule in new.rules:
        if _rule(old, rule.head.id) is None and rule.head.id not in renamed:
            yield _whole(Kind.RULE_ADDED, _unless_table(rule, Direction.STRICTER), None, rule.head)
    for after, before in renamed.items():
        one, other = _rule(old, before), _rule(new, after)
        if one is not None and other is not None:
            yield _whole(Kind.RULE_RENAMED, Direction.NEUTRAL, one.head, other.head)


def _unless_table(rule: Rule, direction: Direction) -> Direction:
    """A table of classes obliges nobody by itself."""
    return Direction.UNCLEAR if isinstance(rule, Classification) else direction


def _whole(kind: Kind, direction: Direction, old: RuleHead | None, new: RuleHead | None) -> Difference:
    head = new or old
    return Difference(
        kind,
        direction,
        "rule",
        None if old is None else old.id,
        None if new is None else new.id,
        None if head is None else head.id,
        None if old is None else old.location,
        None if new is None else new.location,
    )


def _rules(old: Policy, new: Policy, renamed: Mapping[str, str]) -> Iterator[Difference]:
    """The differences inside rules that both versions have, then those of values that no rule reads."""
    told = {name for rule in (*old.rules, *new.rules) for name in named_parameters(rule)}
    for rule in new.rules:
        before = _rule(old, renamed.get(rule.head.id, rule.head.id))
        if before is None:
            continue
        yield from (_placed(found, before, rule) for found in part_differences(before, rule))
        read = dict.fromkeys((*named_parameters(before), *named_parameters(rule)))
        yield from value_differences(old, new, rule, tuple(read))
    rest = [name for name in (*old.parameters, *new.parameters) if name not in told]
    yield from value_differences(old, new, None, tuple(dict.fromkeys(rest)))
    yield from matcher_differences(old, new)


def _placed(found: Difference, old: Rule, new: Rule) -> Difference:
    return replace(found, rule=new.head.id, old_at=old.head.location, new_at=new.head.location)
