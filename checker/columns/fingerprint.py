"""What changes with anything that a verdict on an order can depend on?"""

import hashlib
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.columns.orders import Orders

SIZE = 16
_BYTES = pa.large_binary()
_NOTHING, _MARK = pa.scalar(b"", _BYTES), pa.scalar(b"\xff", _BYTES)
"""The mark parts names and values, for it is no byte of UTF-8."""
_OF_EVENTS = frozenset({"event_id", "at", "recorded_at", "precision", "activity", "actor"})


def fingerprints(whole: Orders) -> pa.Array:
    """16 bytes for each order, the same in whatever company it is."""
    orders = _said(whole.orders, lambda name: name.startswith(("fact:", "shows:", "from:", "to:")))
    events = _said(whole.events, lambda name: name in _OF_EVENTS or name.startswith("field:"))
    starts = np.searchsorted(whole.events["order"].to_numpy(), np.arange(len(whole.orders) + 1))
    bounds = _offsets(events)[starts].tolist()
    own, data = orders.to_pylist(), memoryview(events.buffers()[2] or b"")
    digests = [
        hashlib.blake2b(said + data[first:last], digest_size=SIZE).digest()
        for said, first, last in zip(own, bounds[:-1], bounds[1:], strict=True)
    ]
    return pa.array(digests, pa.binary(SIZE))


def _offsets(texts: pa.Array) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.frombuffer(texts.buffers()[1], np.int64)[texts.offset :]


def _said(table: pa.Table, counts: Callable[[str], bool]) -> pa.Array:
    """What each row says in the columns that count, by their names; what is unknown is not said."""
    each = [_named(name, table[name].combine_chunks()) for name in sorted(filter(counts, table.column_names))]
    return pc.binary_join_element_wise(pa.repeat(_NOTHING, len(table)), *each, _NOTHING, null_handling="skip")


def _named(name: str, column: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    if pa.types.is_boolean(column.type) and name.startswith("shows:"):
        column = pc.if_else(column, column, pa.scalar(None, pa.bool_()))
    texts = column.cast(pa.large_string()).cast(_BYTES)
    return pc.binary_join_element_wise(pa.scalar(name.encode(), _BYTES), texts, _MARK, _MARK)
