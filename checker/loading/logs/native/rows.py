"""Which rows of a canonical log are plain - all of their cells are spelled as usual -, and what do they say?"""

from collections.abc import Callable, Mapping

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from checker.columns import INSTANT
from checker.loading.logs.cells import json_object, text_list
from checker.loading.logs.native.values import NOTHING, Flags, flags, instants, once_each, said
from checker.loading.logs.sources.canonical import (
    ACTIVITIES,
    ACTORS,
    COLUMNS,
    FACTS_ROW,
    PRECISIONS,
    TEXTS,
    fact_values,
)
from checker.model.event import Value

ORDER_ID = r"^[A-Za-z0-9_:#-]{2,}$"
"""Ids that no reader takes for absent, rounded or in need of stripping."""
STAMPS = ("ts", "observed_at", "due")
TRUE, FALSE = ("true", "1"), ("false", "0", "")
OWN = frozenset({*TEXTS, "line_item_ids", "due"})

ROWS = pa.schema(
    [
        *((name, INSTANT if name in STAMPS else pa.bool_() if name == "inferred" else pa.string()) for name in COLUMNS),
        ("file", pa.int32()),
        ("number", pa.int64()),
        ("line", pa.string()),
    ]
)
"""Plain rows: their cells, the file and the line that they stand in, and of JSON Lines the text of rows of facts, which
then have no cell `facts`."""


def typed_rows(cells: pa.Table) -> tuple[pa.Table, Flags]:
    """The rows with their instants and truths made out, and which of them are plain.

    Of facts of orders only the order and the kind are looked at; what they say is read when they meet in their order.
    """
    columns = {name: _blank_is_null(cells[name]) for name in COLUMNS}
    kinds, ids = columns["type"], flags(pc.match_substring_regex(columns["order_id"], ORDER_ID))
    is_facts = flags(pc.equal(kinds, FACTS_ROW)) & said(columns["facts"])
    is_event = flags(pc.is_in(kinds, pa.array([*ACTIVITIES], pa.string()))) & flags(columns["event_id"].is_valid())
    for name in STAMPS:
        given, columns[name] = columns[name].is_valid(), instants(columns[name])
        is_event &= flags(columns[name].is_valid()) | (~flags(given) if name != "ts" else False)
    is_event &= _is_one_of(columns["actor"], ACTORS) & _is_one_of(columns["ts_precision"], PRECISIONS)
    columns["inferred"], is_truth = _truths(columns["inferred"])
    is_event &= is_truth & _is_read(columns["line_item_ids"], text_list)
    is_event &= _is_read(pc.if_else(pa.array(is_facts), NOTHING, columns["facts"]), attributes)
    return pa.table(columns), ids & (is_event | is_facts)


def usual_cells(batch: pa.RecordBatch) -> pa.Table:
    """The cells of a Parquet file in the types that `typed_rows` takes; a column of another type stays as it is."""
    return pa.table(
        {name: _usual(name, column) for name, column in zip(batch.schema.names, batch.columns, strict=True)}
    )


def _usual(name: str, column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_large_string(kind) or pa.types.is_null(kind):
        return column.cast(pa.string())
    if name in STAMPS and pa.types.is_timestamp(kind) and kind.tz is not None and kind.unit != "ns":
        return column.cast(INSTANT)
    if name == "line_item_ids" and pa.types.is_list(kind) and pa.types.is_string(kind.value_type):
        return pa.array(
            [None if ids is None else orjson.dumps(ids).decode() for ids in column.to_pylist()], pa.string()
        )
    return column


def is_usual(name: str, column: pa.ChunkedArray) -> bool:
    """Whether `typed_rows` takes such a column."""
    if name not in COLUMNS:
        return False
    allowed = INSTANT if name in STAMPS else pa.bool_() if name == "inferred" else pa.string()
    return column.type in (allowed, pa.string())


def _blank_is_null(column: pa.ChunkedArray) -> pa.Array:
    texts = column.combine_chunks()
    if not pa.types.is_string(texts.type) or texts.null_count == len(texts):
        return texts
    is_blank = pc.equal(pc.binary_length(texts), 0)
    return pc.if_else(is_blank, NOTHING, texts) if pc.any(is_blank).as_py() else texts


def _is_one_of(texts: pa.Array, words: Mapping[object, object]) -> Flags:
    """Where a text is absent or one of the words."""
    return flags(pc.is_in(texts, pa.array([None, *map(str, words)], pa.string())))


def _truths(texts: pa.Array) -> tuple[pa.Array, Flags]:
    if pa.types.is_boolean(texts.type):
        return texts, np.ones(len(texts), np.bool_)
    is_true = pc.is_in(texts, pa.array(TRUE))
    return pc.if_else(texts.is_valid(), is_true, pa.scalar(None, pa.bool_())), flags(is_true) | _is_one_of(
        texts, dict.fromkeys(FALSE)
    )


def _is_read(texts: pa.Array, read: Callable[[str], object]) -> Flags:
    """Where a text is absent or can be read."""
    codes, found = once_each(texts, read)
    is_read: Flags = np.array([*(one is not None for one in found), True])
    return is_read[codes]


def attributes(text: str) -> Mapping[str, Value] | None:
    """The fields that the facts of an event give; None where they would speak for a column."""
    found = fact_values(json_object(text, "facts"))
    return None if found.keys() & OWN else found
