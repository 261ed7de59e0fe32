"""How do the fields of events and the facts of orders stand in columns, whatever kinds their values are of?"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from checker.model.event import Value

Ints = npt.NDArray[np.int64]

_UNIX, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
INSTANT = pa.timestamp("us", "UTC")
KINDS: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "int": pa.int64(),
    "huge": pa.string(),
    "bool": pa.bool_(),
    "instant": INSTANT,
    "day": pa.date32(),
    "list": pa.string(),
}
"""A field's columns are named `name:kind`; a list is one JSON text, a number beyond 64 bits its digits."""


def kind_of(value: Value) -> str:
    """In which kind of column a value stands."""
    match value:
        case bool():
            return "bool"
        case int():
            return "int" if -(2**63) <= value < 2**63 else "huge"
        case datetime():
            return "instant"
        case date():
            return "day"
        case tuple():
            return "list"
        case _:
            return "text"


def _cell(kind: str, value: Value) -> object:
    match kind:
        case "list":
            return json.dumps(value, ensure_ascii=False)
        case "huge":
            return str(value)
        case _:
            return value


def python_values(kind: str, array: pa.Array) -> list[Any]:
    """The values as events and facts hold them, None where unknown."""
    match kind:
        case "instant":
            return [None if at is None else _UNIX + at * _TICK for at in array.cast(pa.int64()).to_pylist()]
        case "list":
            return [None if text is None else tuple(json.loads(text)) for text in array.to_pylist()]
        case "huge":
            return [None if digits is None else int(digits) for digits in array.to_pylist()]
        case _:
            return list(array.to_pylist())


@dataclass(slots=True)
class Columns:
    """Values by name and kind, each with the rows where it is known."""

    rows: int = 0
    known: dict[str, tuple[list[int], list[object]]] = field(default_factory=lambda: defaultdict(lambda: ([], [])))

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Value]]) -> "Columns":
        """The columns of these rows."""
        made = cls()
        for row in rows:
            made.add(row)
        return made

    def add(self, row: Mapping[str, Value]) -> None:
        """One more row."""
        for name, value in row.items():
            kind = kind_of(value)
            places, values = self.known[f"{name}:{kind}"]
            places.append(self.rows)
            values.append(_cell(kind, value))
        self.rows += 1

    def arrays(self) -> dict[str, pa.Array]:
        """The columns, null where unknown."""
        return {name: _spread(name, *self.known[name], self.rows) for name in sorted(self.known)}


def _spread(name: str, places: list[int], values: list[object], count: int) -> pa.Array:
    found = pa.array(values, KINDS[name.rpartition(":")[2]])
    if len(places) == count:
        return found
    indices = np.zeros(count, np.int64)
    indices[places] = np.arange(len(places))
    unknown = np.ones(count, np.bool_)
    unknown[places] = False
    return found.take(pa.array(indices, mask=unknown))


def taken(values: pa.Array, places: Ints) -> pa.Array:
    """The values at these places, null where a place is below 0."""
    return values.take(pa.array(places, mask=places < 0))
