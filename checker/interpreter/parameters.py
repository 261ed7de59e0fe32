"""Which parameters does a part of a policy name?"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from checker.model.condition import InCodes, Seen
from checker.model.deadline import Deadline
from checker.model.policy import Policy
from checker.model.rule import Limit, Rate, Rule


def named_parameters(part: object) -> tuple[str, ...]:
    """The parameters that a rule, condition, pattern or deadline names, each once, in order."""
    return tuple(dict.fromkeys(_named(part)))


def _named(part: object) -> Iterator[str]:
    match part:
        case Deadline(parameter=name) | Seen(within=name) if name is not None:
            yield name
        case InCodes(parameter=name):
            yield name
        case Limit(parameter=name, min_count=count, and_shop=shop):
            yield from (n for n in (name, count, shop[1] if shop else None) if n is not None)
        case Rate(window=window, lag=lag, min_denominator=least):
            yield from (n for n in (window, lag, least) if n is not None)
    yield from (name for child in _children(part) for name in _named(child))


def _children(part: object) -> Iterator[Any]:
    if isinstance(part, tuple):
        yield from part
    elif is_dataclass(part):
        yield from (getattr(part, field.name) for field in fields(part))


def assumed_parameters(policy: Policy, rule: Rule) -> tuple[str, ...]:
    """The parameters of the rule that a shop supplied because they are not published."""
    supplied = [name for name, parameter in policy.parameters.items() if parameter.assumed]
    return tuple(name for name in named_parameters(rule) if name in supplied) if supplied else ()
