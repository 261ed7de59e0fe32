"""In which small ways could a part of a policy be wrong?

Each is one slip that a person can make while writing YAML; what the language cannot say is no mutant.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from checker.harness.clause_slips import CLAUSE_SLIPS
from checker.harness.rule_slips import RULE_SLIPS
from checker.harness.slips import Change, Ground, Operator, with_child

OPERATORS: dict[type, Operator] = {**RULE_SLIPS, **CLAUSE_SLIPS}


def changes(part: object, ground: Ground) -> Iterator[Change]:
    """Every slip in a part, or in anything inside it, with the whole part as the result."""
    yield from _own(part, ground)
    for name, child in _children(part):
        for change in changes(child, ground):
            where = f"{name + 1 if isinstance(name, int) else _SHORT.get(name, name)} {change.where}".strip()
            yield replace(change, part=with_child(part, name, change.part), where=where)


# Names of fields as the language has them.
_SHORT = {"condition": "not", "needs": "needs_before", "pattern": "seen"}


def _children(part: object) -> Iterator[tuple[Any, object]]:
    if isinstance(part, tuple):
        yield from enumerate(part)
    elif is_dataclass(part):
        yield from ((field.name, getattr(part, field.name)) for field in fields(part))


def _own(part: Any, ground: Ground) -> Iterator[Change]:
    operator = OPERATORS.get(type(part))
    if operator is not None:
        yield from operator(part, ground)
