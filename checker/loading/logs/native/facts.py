"""What do rows of facts say of their orders, and which of them do not say it plainly?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from checker.columns import Columns, Ints, taken
from checker.loading.logs.cells import parse_observes
from checker.loading.logs.native.json_texts import BRACE, QUOTE, first_bytes, has_trailing_comma, query, unquoted
from checker.loading.logs.native.values import NONE, NOTHING, Flags, flags, instants, once_each
from checker.loading.logs.sources.canonical import fact_values
from checker.model.activity import Observable
from checker.model.event import Value
from checker.model.history import Span

Observes = Mapping[Observable, Span]

OBSERVES = "observes"
MOST_NAMES = 300
"""Logs with more facts than this are none of ours; columns for them would not pay."""

_TEXTS = """
    select facts, case when json_valid(facts) then json_keys(facts) end as names
    from (select coalesce(facts, json_extract(line, '$.facts')::varchar) as facts from rows)
"""


@dataclass(slots=True)
class FactsTable:
    """The facts of rows by column, where each could be read, and what each row declares to show."""

    is_read: Flags
    columns: dict[str, pa.Array] = field(default_factory=dict)
    observes: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    declared: list[tuple[Observes, ...]] = field(default_factory=list)


def facts_of(rows: pa.Table) -> FactsTable:
    """What these rows of facts say."""
    told = query(rows.select(["facts", "line"]), _TEXTS)
    texts, listed = told["facts"].combine_chunks(), told["names"].combine_chunks()
    names = listed.flatten().unique().to_pylist()
    if len(names) > MOST_NAMES:
        return FactsTable(np.zeros(len(rows), np.bool_))
    whole = pc.if_else(listed.is_valid(), texts, "{}")
    raw = query(pa.table({"facts": whole}), _columns(names)) if names else pa.table({})
    given = np.sum([flags(column.is_valid()) for column in raw.columns], axis=0)
    named_once = flags(pc.equal(pc.list_value_length(listed), pa.array(np.broadcast_to(given, len(rows)))))
    is_read = named_once & (first_bytes(whole) == BRACE) & ~has_trailing_comma(whole)
    found = FactsTable(is_read, observes=np.full(len(rows), NONE))
    for name, column in zip(names, raw.columns, strict=True):
        _read(found, name, column.combine_chunks())
    for name, column in found.columns.items():
        if name.startswith("status:") and name != "status:text":
            found.is_read &= flags(column.is_null())  # odd enough to be looked at
    return found


def _columns(names: Sequence[str]) -> str:
    """The JSON text of each fact in a column."""
    pointers = [name.replace("~", "~0").replace("/", "~1").replace("'", "''") for name in names]
    listed = ", ".join(f"'/{pointer}'" for pointer in pointers)
    each = ", ".join(f"found[{number}] as fact{number}" for number in range(1, len(names) + 1))
    return f"select {each} from (select json_extract(facts, [{listed}])::varchar[] as found from rows)"  # noqa: S608


def _read(found: FactsTable, name: str, raw: pa.Array) -> None:
    """Takes in one column of JSON texts."""
    if name == OBSERVES:
        found.observes, declared = once_each(raw, _declared)
        found.is_read &= _is_known(declared)[found.observes]
        found.declared = [one or () for one in declared]
        return
    begins = first_bytes(raw)
    bare = pc.if_else(pa.array(begins == QUOTE), unquoted(raw, begins), NOTHING)
    usual = instants(bare)
    codes, values = once_each(pc.if_else(usual.is_null(), raw, NOTHING), partial(_value, name))
    found.is_read &= _is_known(values)[codes]
    if usual.null_count < len(usual):
        found.columns[f"{name}:instant"] = usual
    for column, distinct in Columns.of(value or {} for value in values).arrays().items():
        own = taken(distinct, codes)
        found.columns[column] = pc.coalesce(found.columns[column], own) if column in found.columns else own


def _declared(text: str) -> tuple[Observes, ...]:
    observes = orjson.loads(text)
    return () if observes is None else (parse_observes(observes),)


def _value(name: str, text: str) -> dict[str, Value]:
    return fact_values({name: orjson.loads(text)})


def _is_known(found: Sequence[object]) -> Flags:
    """Which of the distinct texts could be read; the last place stands for no text at all."""
    return np.array([*(one is not None for one in found), True])
