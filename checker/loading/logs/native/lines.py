"""Which cells do lines of JSON have? DuckDB takes them apart; what it reads in another way than Python is left out."""

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.loading.logs.files import LINE_LIMIT
from checker.loading.logs.native.json_texts import NULL, QUOTE, first_bytes, has_trailing_comma, query, unquoted
from checker.loading.logs.native.values import Flags, flags
from checker.loading.logs.sources.canonical import COLUMNS

_PATHS = ", ".join(f"'$.{name}'" for name in COLUMNS)
_OBJECT = "case when json_valid(line) then line else '{}' end"
_CELLS = f"""
    select keys, {", ".join(f'cells[{number}] as "{name}"' for number, name in enumerate(COLUMNS, 1))}
    from (select json_extract({_OBJECT}, [{_PATHS}])::varchar[] as cells, len(json_keys({_OBJECT})) as keys from rows)
"""  # noqa: S608 - only names of our own columns
_BEGINNINGS = {"facts": "{", "line_item_ids": "[", "inferred": "tf"}


def lines_of(block: bytes) -> pa.Array:
    """The lines of a piece of a file with their line breaks, as they stand in it; bytes that may be no UTF-8."""
    data = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(data == b"\n"[0]) + 1
    if not len(ends) or ends[-1] < len(data):
        ends = np.append(ends, len(data))
    offsets = np.concatenate([[0], ends]).astype(np.int32)
    return pa.Array.from_buffers(pa.binary(), len(ends), [None, pa.py_buffer(offsets), pa.py_buffer(block)])


def texts_of(lines: pa.Array) -> tuple[pa.Array, Flags]:
    """The lines as text, and which are; those that are no UTF-8 or too long are blank."""
    fits = flags(pc.less_equal(pc.binary_length(lines), LINE_LIMIT))
    try:
        texts = lines.cast(pa.string())
    except pa.ArrowInvalid:
        fits &= np.array([_is_text(line) for line in lines.to_pylist()])
        texts = pc.if_else(pa.array(fits), lines, b"").cast(pa.string())
    return texts, fits


def _is_text(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def json_cells(texts: pa.Array) -> tuple[pa.Table, Flags]:
    """The cells of lines by column, each as text, and for which lines they say all that the line says.

    A nested value is its JSON text. Lines with unknown or repeated columns, with numbers, or with what only one of both
    readers takes for JSON are not among those.
    """
    found = query(pa.table({"line": texts}), _CELLS)
    columns = {}
    given, is_usual = np.zeros(len(texts), np.int64), ~has_trailing_comma(texts)
    for name in COLUMNS:
        raw = found[name].combine_chunks()
        if raw.null_count < len(raw):
            begins = first_bytes(raw)
            given += begins != 0
            is_usual &= _usual(_BEGINNINGS.get(name, ""))[begins]
            raw = unquoted(raw, begins)
        columns[name] = raw
    return pa.table(columns), is_usual & (given == found["keys"].to_numpy())


@cache
def _usual(beginnings: str) -> Flags:
    """Whether a JSON text that begins with a byte - 0 for none - is null, a text, or begins as told."""
    found = np.zeros(256, np.bool_)
    found[[0, NULL, QUOTE, *beginnings.encode()]] = True
    return found
