"""What is a slip in a policy, and how is one made in a list?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any


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


def without(items: Sequence[Any], index: int) -> tuple[Any, ...]:
    """The items but for one."""
    return (*items[:index], *items[index + 1 :])


def dropped(part: Any, name: str, operator: str) -> Iterator[Change]:
    """The part without each member of one of its tuples."""
    items = getattr(part, name)
    for index, item in enumerate(items):
        needle = str(item) if isinstance(item, str) else name
        said = f"without {name} `{item}`" if isinstance(item, str) else f"without {name} {index + 1}"
        yield Change(operator, said, needle, replace(part, **{name: without(items, index)}))


def members(part: Any, name: str) -> Iterator[Change]:
    """The part without each member of a list that stays a list."""
    if len(getattr(part, name)) > 1:
        yield from dropped(part, name, "list member")


def with_child(part: Any, name: Any, child: object) -> Any:
    """The part with another child in the place or field of that name."""
    if isinstance(part, tuple):
        return (*part[:name], child, *part[name + 1 :])
    return replace(part, **{name: child})


Operator = Callable[[Any, Ground], Iterator[Change]]
"""All slips of one kind of part, at its own level."""
