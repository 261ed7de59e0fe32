"""How does a bucket of a store become columns to judge?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from checker.columns import python_values
from checker.engines.columnar.bucket import Bucket, Coded, Shown, micros
from checker.engines.columnar.probe import FOREVER, NEVER, NONE, Ints, Texts
from checker.engines.needs import Needs
from checker.engines.store.layout import Store
from checker.model.activity import RANK, Activity, Observable
from checker.model.event import Precision, Value

TO_JUDGE = ("at", "recorded_at", "precision", "activity", "actor")
Rows = Ints | slice


@dataclass(frozen=True)
class Values(Sequence[Value]):
    """The distinct values of the columns of one field; made into Python values once somebody looks at one."""

    parts: tuple[tuple[str, pa.Array], ...]

    @cached_property
    def made(self) -> list[Value]:
        """All of them."""
        return [value for kind, array in self.parts for value in python_values(kind, array)]

    def __len__(self) -> int:
        return sum(len(array) for _, array in self.parts)

    def __getitem__(self, place: int | slice) -> Value:  # type: ignore[override]  # nobody cuts slices
        if isinstance(place, slice):
            raise TypeError("one value at a time")
        return self.made[place]

    def instants(self) -> Ints:
        """The microseconds of each value that is an instant, NEVER for any other."""
        parts = [numbers(array) if kind == "instant" else np.full(len(array), NEVER) for kind, array in self.parts]
        return np.concatenate([np.empty(0, np.int64), *parts])


def numbers(array: pa.Array, unknown: int = 0) -> Ints:
    """The numbers of a column, microseconds for instants; something else where unknown."""
    if not array.null_count:
        return np.asarray(array.cast(pa.int64()))
    return np.where(array.is_valid().to_numpy(zero_copy_only=False), np.asarray(_bare(array).cast(pa.int64())), unknown)


def _bare(array: pa.Array) -> pa.Array:
    """What an array's buffer holds, nulls or not; nothing has to be copied to look at it."""
    return pa.Array.from_buffers(array.type, len(array), [None, array.buffers()[1]], 0, array.offset)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which bucket, seen at which moment, and what of it; ids are for who shows them."""

    store: Store
    bucket: int
    as_of: datetime
    needs: Needs
    with_ids: bool = False


def read_bucket(wanted: Wanted) -> Bucket:
    """The columns to judge; nothing else is read."""

    def of_order(name: str) -> bool:
        known = name.startswith(("shows:", "from:", "to:")) or named(name, "fact:") in wanted.needs.facts
        return known or (name == "order_id" and wanted.with_ids)

    def of_event(name: str) -> bool:
        known = name in ("order", *TO_JUDGE) or named(name, "field:") in wanted.needs.fields
        return known or (name == "event_id" and wanted.with_ids)

    orders = _columns(wanted.store.orders_file(wanted.bucket), of_order, wanted.as_of)
    events = _columns(wanted.store.events_file(wanted.bucket), of_event, wanted.as_of)
    return bucket_from(orders, events, wanted.as_of)


def _columns(path: Path, is_wanted: Callable[[str], bool], as_of: datetime) -> pa.Table:
    """The columns wanted of a file: texts as dictionaries, as they are written; what statistics tell is not read."""
    metadata = pq.read_metadata(path)
    schema = metadata.schema.to_arrow_schema()
    told = {f.name: _ends(metadata, place) for place, f in enumerate(schema) if is_wanted(f.name)}
    same = {name: least for name, (least, most) in told.items() if least == most}
    if isinstance(last := told.get("recorded_at", (0, 1))[1], datetime) and last <= as_of:
        same["recorded_at"] = None
    texts = [name for name in told if pa.types.is_string(schema.field(name).type) and not name.endswith("_id")]
    with pq.ParquetFile(path, metadata=metadata, read_dictionary=texts) as file:
        table = file.read(columns=[name for name in told if name not in same], use_threads=False).combine_chunks()
    for name, value in same.items():
        table = table.append_column(name, _repeated(value, schema.field(name).type, metadata.num_rows))
    return table


def _ends(metadata: pq.FileMetaData, column: int) -> tuple[object, object]:
    """The least and the greatest value of a column: None and None where nothing is known, unlike where not told."""
    groups = [metadata.row_group(number).column(column).statistics for number in range(metadata.num_row_groups)]
    if any(group is None or not group.has_null_count for group in groups):
        return 0, 1
    if not any(group.num_values for group in groups):
        return None, None
    if any(group.null_count or not group.has_min_max for group in groups):
        return 0, 1
    return min(group.min for group in groups), max(group.max for group in groups)


def _repeated(value: object, kind: pa.DataType, count: int) -> pa.Array:
    if not pa.types.is_string(kind):
        return pa.repeat(pa.scalar(value, kind), count)
    places = pa.array(np.zeros(count, np.int32), mask=np.full(count, value is None))
    return pa.DictionaryArray.from_arrays(places, pa.array([value or ""], pa.string()))


def named(column: str, prefix: str) -> str | None:
    """The name of the field or fact that a column holds, None for other columns."""
    return column.removeprefix(prefix).rpartition(":")[0] if column.startswith(prefix) else None


def bucket_from(orders: pa.Table, events: pa.Table, as_of: datetime) -> Bucket:
    """The bucket that these tables hold, with what is visible at `as_of`."""
    events, now, count = events.combine_chunks(), micros(as_of), len(orders)
    at = numbers(whole(events, "at"))
    is_visible = (at <= now) & (numbers(whole(events, "recorded_at"), NEVER) <= now)
    rows: Rows = slice(None) if is_visible.all() else np.flatnonzero(is_visible)
    order = numbers(whole(events, "order"))[rows]
    is_coarse = np.zeros(count, np.bool_)
    is_coarse[order[_looked_up(whole(events, "precision"), _is_coarse).astype(np.bool_)[rows]]] = True
    actor = {"actor": _coded([("text", whole(events, "actor"))], rows)}
    return Bucket(
        bounds=np.concatenate([[0], np.cumsum(np.bincount(order, minlength=count))]),
        order=order,
        at=at[rows],
        activity=_looked_up(whole(events, "activity"), _rank).astype(np.uint8)[rows],
        fields={**_named_columns(events, "field:", rows), **actor},
        facts=_named_columns(orders, "fact:", slice(None)),
        shown={name: _shown(orders, name) for name in Observable},
        is_coarse=is_coarse,
        order_ids=_texts(orders, "order_id", slice(None)),
        event_ids=_texts(events, "event_id", rows),
    )


def whole(table: pa.Table, name: str) -> pa.Array:
    """A column in one piece."""
    column = table[name]
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _is_coarse(precision: str) -> bool:
    return precision != Precision.SECOND.value


def _rank(activity: str) -> int:
    return RANK[Activity(activity)]


def _looked_up(words: pa.Array, look_up: Callable[[str], int]) -> np.ndarray:
    """What is found for each row's word, looked up once for each distinct word."""
    encoded = _encoded(words)
    return np.array([look_up(word) for word in encoded.dictionary.to_pylist()], np.int64)[_codes(encoded)]


def _encoded(column: pa.Array) -> pa.DictionaryArray:
    return column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()


def _texts(table: pa.Table, name: str, rows: Rows) -> Texts | None:
    if name not in table.column_names:
        return None
    found: Texts = table[name].to_numpy()[rows]
    return found


def _named_columns(table: pa.Table, prefix: str, rows: Rows) -> Mapping[str, Coded]:
    """The fields or facts, of whatever kinds their values are."""
    kinds: dict[str, list[tuple[str, pa.Array]]] = {}
    for column in table.column_names:
        if (name := named(column, prefix)) is not None:
            kinds.setdefault(name, []).append((column.rpartition(":")[2], whole(table, column)))
    return {name: _coded(parts, rows) for name, parts in kinds.items()}


def _coded(parts: Sequence[tuple[str, pa.Array]], rows: Rows) -> Coded:
    encoded = [(kind, _encoded(column)) for kind, column in parts]
    codes, total = _codes(encoded[0][1])[rows], len(encoded[0][1].dictionary)
    for _, column in encoded[1:]:
        own = _codes(column)[rows]
        codes, total = np.where(own >= 0, own + np.int32(total), codes), total + len(column.dictionary)
    distinct = Values(tuple((kind, column.dictionary) for kind, column in encoded))
    return Coded(codes, distinct, distinct.instants(), are_distinct=len(parts) == 1)


def _codes(column: pa.DictionaryArray) -> Ints:
    """The place of each value in the dictionary, NONE where unknown."""
    codes: Ints = np.asarray(_bare(column.indices))
    return np.where(column.is_valid().to_numpy(zero_copy_only=False), codes, NONE) if column.null_count else codes


def _shown(orders: pa.Table, name: Observable) -> Shown:
    start, end = numbers(whole(orders, f"from:{name}"), NEVER), numbers(whole(orders, f"to:{name}"), FOREVER)
    return Shown(orders[f"shows:{name}"].to_numpy(), start, end)
