"""What did a file say at one place?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from checker.model.rule import Location

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a file with its place, and that of its key; `text` is a scalar as it was written."""

    value: "Scalar | dict[str, Node] | list[Node]"
    location: Location
    key_location: Location
    text: str = ""

    def __getitem__(self, key: str | int) -> "Node":
        found: Node = self.value[key]  # type: ignore[index,assignment]  # the schema has seen to the shape
        return found

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def get(self, key: str) -> "Node | None":
        """The value of a key, or None where the mapping has no such key."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def items(self) -> Iterator[tuple[str, "Node"]]:
        """The keys and values of a mapping, in the order of the file; nothing for other nodes."""
        yield from self.value.items() if isinstance(self.value, dict) else ()

    def entries(self, key: str) -> "dict[str, Node]":
        """The mapping under a key; empty where the key is absent."""
        child = self.get(key)
        return {} if child is None else dict(child.items())

    def values(self) -> Iterator["Node"]:
        """The values of a mapping, in the order of the file; nothing for other nodes."""
        yield from (node for _, node in self.items())

    def __iter__(self) -> Iterator["Node"]:
        yield from self.value if isinstance(self.value, list) else ()

    @property
    def plain(self) -> Any:
        """The value without places: dicts, lists and scalars; a decimal as it was written, which is exact."""
        match self.value:
            case dict():
                return {key: node.plain for key, node in self.value.items()}
            case list():
                return [node.plain for node in self.value]
            case float():
                return self.text
            case _:
                return self.value
