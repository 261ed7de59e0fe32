"""What do many cells say, each distinct text read once by the readers of single cells?"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from checker.columns import INSTANT, Ints
from checker.loading.logs.cells import moment
from checker.loading.logs.record import BadRecord

Flags = npt.NDArray[np.bool_]
T = TypeVar("T")

NONE = -1
NOTHING = pa.scalar(None, pa.string())
STAMP = r"^[12]\d{3}-\d{2}-\d{2}[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$"
"""Spellings of an instant that Arrow and Python read alike."""


def flags(column: pa.Array) -> Flags:
    """The truths of a column; unknown is false."""
    found: Flags = pc.fill_null(column, False).to_numpy(zero_copy_only=False)
    return found


def said(column: pa.Array) -> Flags:
    """Where a column of texts says anything."""
    return flags(pc.greater(pc.binary_length(column), 0))


def instants(texts: pa.Array) -> pa.Array:
    """The instants of texts, null where there is none or it is spelled in an unusual way."""
    if pa.types.is_timestamp(texts.type):
        return texts
    usual = pc.if_else(pc.match_substring_regex(texts, STAMP), texts, NOTHING)
    try:
        return usual.cast(INSTANT)
    except pa.ArrowInvalid:  # some day is in no calendar
        return pa.array([_moment(text) for text in usual.to_pylist()], INSTANT)


def _moment(text: str | None) -> datetime | None:
    try:
        return moment(text, "")
    except BadRecord:
        return None


def once_each(texts: pa.Array, read: Callable[[str], T | None]) -> tuple[Ints, list[T | None]]:
    """Which of the distinct texts each one is, NONE where null, and what each says, None where that cannot be read."""
    encoded = texts.dictionary_encode()
    codes = encoded.indices.fill_null(NONE).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, [_read(read, text) for text in encoded.dictionary.to_pylist()]


def _read(read: Callable[[str], T | None], text: str) -> T | None:
    try:
        return read(text)
    except (BadRecord, orjson.JSONDecodeError, OverflowError):
        return None
