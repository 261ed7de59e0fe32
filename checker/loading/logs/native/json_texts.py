"""How is JSON taken apart by columns? By DuckDB; what it reads in another way than Python is told apart."""

import re
from functools import cache

import duckdb
import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from checker.columns import Ints
from checker.loading.logs.native.values import Flags, flags

Bytes = npt.NDArray[np.uint8]

QUOTE, NULL, BRACE = b'"n{'
AT_ONCE = 1 << 14
_CASE = np.uint8(0x20)
"""The bit in which the closing brackets differ."""
_TRAILING_COMMA = re.compile(rb",\s*[}\]]")


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """DuckDB on one core, which reads nothing but what it is handed."""
    settings = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    return duckdb.connect(config={"threads": 1, "enable_external_access": False, **settings})


def query(rows: pa.Table, sql: str) -> pa.Table:
    """What a query finds for each row of the table `rows`; so many at a time that memory stays small."""
    found = []
    for first in range(0, max(len(rows), 1), AT_ONCE):
        _engine().register("rows", rows.slice(first, AT_ONCE))
        found.append(_engine().sql(sql).to_arrow_table())
    return pa.concat_tables(found)


def first_bytes(texts: pa.Array) -> Bytes:
    """The first byte of each text, 0 where null."""
    _, offsets, data = texts.buffers()
    starts = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts)]
    is_valid = flags(texts.is_valid())
    found = np.zeros(len(texts), np.uint8)
    found[is_valid] = np.frombuffer(data, np.uint8)[starts[is_valid]]
    return found


def unquoted(raw: pa.Array, begins: Bytes) -> pa.Array:
    """The texts that JSON texts stand for, null for null; nested values and words stay as they are."""
    is_quoted = begins == QUOTE
    if (begins == NULL).any():
        raw = pc.if_else(pa.array(begins == NULL), pa.scalar(None, pa.string()), raw)
    if not is_quoted.any():
        return raw
    bare = pc.binary_slice(raw.cast(pa.binary()), 1, -1).cast(pa.string())
    texts = bare if is_quoted[flags(raw.is_valid())].all() else pc.if_else(pa.array(is_quoted), bare, raw)
    escaped = flags(pc.match_substring(raw, "\\")) & is_quoted
    if not escaped.any():
        return texts
    plain = [orjson.loads(text) for text in raw.filter(pa.array(escaped)).to_pylist()]
    return pc.replace_with_mask(texts, pa.array(escaped), pa.array(plain, pa.string()))


def has_trailing_comma(texts: pa.Array) -> Flags:
    """Lines with a comma before a closing bracket, which DuckDB forgives."""
    _, offsets, data = texts.buffers()
    bounds: Ints = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1].astype(np.int64)
    text = np.frombuffer(data, np.uint8)[: bounds[-1]]
    closing = np.flatnonzero((text & ~_CASE) == b"]"[0])
    before = text[np.maximum(closing - 1, 0)]
    doubtful = np.unique(np.searchsorted(bounds, closing[(before == b","[0]) | (before <= b" "[0])], "right") - 1)
    found = np.zeros(len(texts), np.bool_)
    for row in doubtful:
        found[row] = _TRAILING_COMMA.search(data[bounds[row] : bounds[row + 1]].to_pybytes()) is not None
    return found
