"""Which rows of a file are plain, and what does it say besides? Read piece by piece."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.columns import Ints
from checker.loading.logs.documents import Around
from checker.loading.logs.files import LINE_LIMIT, LogFile, too_long
from checker.loading.logs.native.lines import json_cells, lines_of, texts_of
from checker.loading.logs.native.rows import ROWS, is_usual, typed_rows, usual_cells
from checker.loading.logs.native.separated import Separated, unguarded_cells
from checker.loading.logs.native.values import NOTHING, Flags, flags
from checker.loading.logs.options import LogOptions
from checker.loading.logs.reading import (
    UTF8_BOM,
    Layout,
    around,
    csv_record,
    json_line,
    layout_of,
    parquet_batches,
    parquet_record,
    read_file,
)
from checker.loading.logs.record import Item, Place
from checker.loading.logs.sources.canonical import COLUMNS, FACTS_ROW
from checker.loading.logs.tables import Row

OF_FACTS = ("order_id", "type", "facts")


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a file: the plain ones as a table, and what the others say; both in the file's order."""

    plain: pa.Table
    others: Iterator[Item]


def batches(file: LogFile, number: int, options: LogOptions) -> Iterator[Batch]:
    """All that a file says; `number` is the file's place in the log.

    Raises: what `read_file` raises.
    """
    match layout_of(file, options):
        case Layout.LINES:
            yield from _of_lines(file, number, around(options))
        case Layout.CANONICAL_CSV if (table := Separated.under(file.name, file.first_line())) is not None:
            yield from _of_separated(file, number, table)
        case Layout.PARQUET:
            yield from _of_parquet(file, number)
        case _:
            yield Batch(ROWS.empty_table(), read_file(file, options))


def _of_lines(file: LogFile, number: int, known: Around) -> Iterator[Batch]:
    first = 1
    for block in file.blocks(cut=True):
        lines = lines_of(block)
        texts, fits = texts_of(lines)
        cells, is_usual = json_cells(texts)
        rows, is_plain = typed_rows(cells)
        is_plain &= is_usual & fits
        is_facts = pc.equal(rows["type"], FACTS_ROW)
        rows = _set(rows, "facts", pc.if_else(is_facts, NOTHING, rows["facts"]))
        rows = rows.append_column("line", pc.if_else(is_facts, texts, NOTHING))
        numbers = np.arange(first, first + len(lines))
        others = _other_lines(file, lines, numbers, ~is_plain, known)
        yield Batch(_placed(rows, number, numbers, is_plain), others)
        first += len(lines)


def _of_separated(file: LogFile, number: int, table: Separated) -> Iterator[Batch]:
    for piece in table.pieces(_below_header(file)):
        rows, is_plain = _of_table(unguarded_cells(piece.cells))
        odd, numbers = piece.cells.filter(pa.array(~is_plain)).to_pylist(), piece.numbers[~is_plain].tolist()
        alone = (Row(Place(file.name, line), row) for line, row in zip(numbers, odd, strict=True))
        others = heapq.merge(alone, piece.others, key=lambda row: row.place.line or 0)
        records = (
            csv_record(row) for row in others if row.trouble or any(str(c or "").strip() for c in row.cells.values())
        )
        yield Batch(_placed(rows, number, piece.numbers, is_plain), records)


def _below_header(file: LogFile) -> Iterator[bytes]:
    blocks = file.blocks(cut=False)
    yield next(blocks).partition(b"\n")[2]
    yield from blocks


def _of_parquet(file: LogFile, number: int) -> Iterator[Batch]:
    first = 1
    for batch in parquet_batches(file):
        numbers = np.arange(first, first + len(batch))
        rows, is_plain = _of_table(usual_cells(batch))
        odd = zip(numbers[~is_plain].tolist(), batch.filter(pa.array(~is_plain)).to_pylist(), strict=True)
        others = (parquet_record(row, Place(file.name, line)) for line, row in odd)
        yield Batch(_placed(rows, number, numbers, is_plain), others)
        first += len(batch)


def _of_table(cells: pa.Table) -> tuple[pa.Table, Flags]:
    """The rows of a table, and which are plain: nothing stands in columns that are unknown, or that facts leave out."""
    nothing = pa.nulls(len(cells), pa.string())
    known = {
        name: column for name, column in zip(cells.column_names, cells.columns, strict=True) if is_usual(name, column)
    }
    rows, is_plain = typed_rows(pa.table({name: known.get(name, nothing) for name in COLUMNS}))
    is_facts = flags(pc.equal(rows["type"], FACTS_ROW))
    for name, column in zip(cells.column_names, cells.columns, strict=True):
        if name not in OF_FACTS:
            is_plain &= flags(column.is_null()) | (~is_facts if name in known else False)
        elif name not in known:
            is_plain &= flags(column.is_null())
    return rows.append_column("line", nothing), is_plain


def _set(rows: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return rows.set_column(rows.column_names.index(name), name, column)


def _placed(rows: pa.Table, file: int, numbers: Ints, is_plain: Flags) -> pa.Table:
    """The plain ones of these rows, with their places."""
    files = pa.repeat(pa.scalar(file, pa.int32()), len(rows))
    placed = rows.append_column("file", files).append_column("number", pa.array(numbers))
    return placed.filter(pa.array(is_plain)).select(ROWS.names).cast(ROWS)


def _other_lines(file: LogFile, lines: pa.Array, numbers: Ints, chosen: Flags, known: Around) -> Iterator[Item]:
    for row in np.flatnonzero(chosen):
        line, place = lines[row].as_py(), Place(file.name, int(numbers[row]))
        if len(line.removesuffix(b"\n")) > LINE_LIMIT:
            yield from json_line(place, too_long(), known)
        elif not line.isspace():
            yield from json_line(place, line.removeprefix(UTF8_BOM) if place.line == 1 else line, known)
