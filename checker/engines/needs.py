"""Which fields of events and which facts of orders do policies look at?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from checker.model.condition import EqualsFact, EqualsField, EventPattern, OrderIs, TriggerIs
from checker.model.deadline import ByFact, Deadline, FromFact, FromField, Recorded
from checker.model.policy import Policy

_ALWAYS_FIELDS = ("actor", "status", "deadline_name", "due", "request_id")
_ALWAYS_FACTS = ("shop_id", "product_ids")


@dataclass(frozen=True, slots=True)
class Needs:
    """The names that an evaluation reads; whatever else a log holds can stay unread."""

    fields: frozenset[str]
    facts: frozenset[str]


def needs(policies: Sequence[Policy], also: Iterable[str] = ()) -> Needs:
    """What these policies look at; `also` names further facts."""
    named_fields, named_facts = set(_ALWAYS_FIELDS), {*_ALWAYS_FACTS, *also}
    for policy in policies:
        for part in _parts((policy.rules, tuple(policy.parameters.values()))):
            named_fields.update(_fields(part))
            named_facts.update(_facts(part))
    return Needs(frozenset(named_fields), frozenset(named_facts))


def _fields(part: object) -> tuple[str, ...]:
    match part:
        case EventPattern(tests=tests, same=same):
            return (*(name for name, _ in tests), *same)
        case TriggerIs(field=name) | FromField(field=name) | EqualsField(field=name):
            return (name,)
        case _:
            return ()


def _facts(part: object) -> tuple[str, ...]:
    match part:
        case OrderIs(fact=name) | FromFact(fact=name) | EqualsFact(fact=name) | ByFact(fact=name) | Recorded(name=name):
            return (name,)
        case Deadline(compare_with=name) if name is not None:
            return (name,)
        case _:
            return ()


def _parts(whole: object) -> Iterator[object]:
    """A value and everything in it."""
    yield whole
    if isinstance(whole, Mapping):
        children: tuple[object, ...] = tuple(whole.values())
    elif isinstance(whole, tuple):
        children = whole
    elif is_dataclass(whole):
        children = tuple(getattr(whole, field.name) for field in fields(whole))
    else:
        return
    for child in children:
        yield from _parts(child)
