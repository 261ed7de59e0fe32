"""What does a spreadsheet read of a whole store? A row per verdict; every distinct text is made safe once."""

import csv
import io
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from checker.reports.findings_csv import BOM, cell
from checker.reports.rows import COLUMNS, Cell

_SECOND, _MINUTE = 1_000_000, 60_000_000


def render(parts: Iterable[pa.Table]) -> Iterator[bytes]:
    """The table with its header, RFC 4180, instants as ISO 8601 in UTC."""
    yield BOM + _quoted(COLUMNS).encode()
    for part in parts:
        for batch in part.to_batches(max_chunksize=1 << 16):
            yield _lines(batch)


def _lines(batch: pa.RecordBatch) -> bytes:
    columns = [_cells(column) for column in batch.columns]
    lines = pc.binary_join_element_wise(*columns, ",", null_handling="replace", null_replacement="")
    ended = pc.binary_join_element_wise(lines, "", "\r\n")
    return "".join(ended.to_pylist()).encode("utf-8", "replace")


def _cells(column: pa.Array) -> pa.Array:
    """The cells of a column as text; null where there is nothing."""
    if pa.types.is_timestamp(column.type):
        return _instants(column)
    encoded = column.dictionary_encode()
    return pa.array(map(_cell, encoded.dictionary.to_pylist()), pa.string()).take(encoded.indices)


def _instants(column: pa.Array) -> pa.Array:
    """`2025-12-01T01:00:00Z`, with the fraction of a second where there is one."""
    micros = column.cast(pa.int64())
    seconds = pc.floor_temporal(column, unit="second")
    fraction = pc.subtract(micros, seconds.cast(pa.int64()))
    text = pc.strftime(seconds.cast(pa.timestamp("s", "UTC")), "%Y-%m-%dT%H:%M:%S")
    digits = pc.utf8_lpad(fraction.cast(pa.string()), 6, "0")
    part = pc.if_else(pc.equal(fraction, 0), "", pc.binary_join_element_wise("", digits, "."))
    return pc.binary_join_element_wise(text, part, pa.scalar("Z"), "")


def _cell(value: Cell) -> str:
    return _quoted((cell(value),)).removesuffix("\r\n")


def _quoted(cells: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()
