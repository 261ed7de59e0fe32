"""Which lines of a CSV are whole rows that Arrow and Python read alike, and what do the others say?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from checker.columns import Ints
from checker.loading.logs.cells import FORMULA
from checker.loading.logs.native.lines import lines_of, texts_of
from checker.loading.logs.native.values import flags
from checker.loading.logs.record import Place
from checker.loading.logs.tables import Row, csv_body, header_of

_GUARDED = f"^'([{re.escape(''.join(FORMULA))}])"
_ANY_BREAK = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file: of those that fill a line each their cells and lines, and all others."""

    cells: pa.Table
    numbers: Ints
    others: Sequence[Row]


@dataclass(slots=True)
class Separated:
    """A CSV file below its header, read piece by piece; `number` is the line that comes next."""

    name: str
    separator: str
    columns: Sequence[str]
    number: int = 2

    @classmethod
    def under(cls, name: str, header: bytes) -> "Separated | None":
        """The file with this first line; None where only Python can read it."""
        try:
            line = header.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None
        separator, columns = header_of(line)
        is_usual = 1 < len(columns) == len(set(columns)) <= MOST_COLUMNS and "\r" not in line.removesuffix("\r\n")
        return cls(name, separator, columns) if is_usual and line.endswith("\n") else None

    def pieces(self, blocks: Iterable[bytes]) -> Iterator[Piece]:
        """All rows; one that the end of a block may cut is read with the next."""
        held = b""
        for block in blocks:
            lines = lines_of(held + block)
            piece, used = self._piece(lines, is_last=False)
            yield piece
            held = b"".join(lines.slice(used).to_pylist())
        if held:
            yield self._piece(lines_of(held), is_last=True)[0]

    def _piece(self, lines: pa.Array, *, is_last: bool) -> tuple[Piece, int]:
        """The rows of these lines, and how many lines they are."""
        texts, fits = texts_of(lines)
        is_row = flags(pc.match_substring_regex(texts, self._pattern())) & fits
        numbers, others, at = np.zeros(len(lines), np.int64), list[Row](), 0
        for stop in [*np.flatnonzero(~is_row).tolist(), len(lines)]:
            if stop < at:
                continue
            numbers[at:stop] = np.arange(self.number, self.number + stop - at)
            self.number, at = self.number + stop - at, stop
            if stop < len(lines):
                rows, used, breaks = self._read(lines.slice(stop))
                if stop + used == len(lines) and not is_last:
                    break
                is_row[stop : stop + used] = False
                others, self.number, at = others + rows, self.number + breaks, stop + used
        is_row[at:] = False
        return Piece(self._cells(texts.filter(pa.array(is_row))), numbers[is_row], others), at

    def _pattern(self) -> str:
        """A line that is one row of as many cells as there are columns."""
        cell = rf'([^"{self.separator}\r\n\x00]*|"([^"\r\n\x00]|"")*")'
        return rf"^{cell}({self.separator}{cell}){{{len(self.columns) - 1}}}\r?\n?$"

    def _read(self, lines: pa.Array) -> tuple[list[Row], int, int]:
        """Rows up to where the end of one is the end of a line; how many lines, and how many breaks of any kind."""
        ends = list[int]()

        def broken() -> Iterator[str]:
            for line in lines:
                pieces = _ANY_BREAK.findall(line.as_py().decode(errors="replace"))
                ends.append((ends[-1] if ends else 0) + len(pieces))
                yield from pieces

        found: list[Row] = []
        breaks = 0
        for rows, breaks in csv_body(Place(self.name, self.number), broken(), self.separator, self.columns):
            found += rows
            if breaks == ends[-1]:
                break
        return found, len(ends), breaks

    def _cells(self, texts: pa.Array) -> pa.Table:
        """The cells of lines that are rows."""
        if not len(texts):
            return pa.table({name: pa.array([], pa.string()) for name in self.columns})
        table = pcsv.read_csv(
            pa.BufferReader(b"".join(texts.cast(pa.binary()).to_pylist())),
            pcsv.ReadOptions(use_threads=False, column_names=self.columns),
            pcsv.ParseOptions(delimiter=self.separator),
            pcsv.ConvertOptions(
                column_types=dict.fromkeys(self.columns, pa.string()), null_values=[""], strings_can_be_null=True
            ),
        )
        return table.combine_chunks()


def unguarded_cells(cells: pa.Table) -> pa.Table:
    """The texts that were kept from being taken for formulas."""
    columns = {name: cells[name].combine_chunks() for name in cells.column_names}
    guarded = [name for name, texts in columns.items() if pc.any(pc.starts_with(texts, "'")).as_py()]
    bare = {name: pc.replace_substring_regex(columns[name], _GUARDED, r"\1") for name in guarded}
    return pa.table(columns | bare)
