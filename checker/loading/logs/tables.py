"""What the rows of a CSV or spreadsheet file are, whatever they mean."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import orjson
import python_calamine

from checker.loading.logs.files import LINE_LIMIT, WHOLE_LIMIT, LogFile
from checker.loading.logs.record import BadRecord, Place
from checker.model.error import EventLogError

SHEET = "OrderSKUList"

csv.field_size_limit(LINE_LIMIT)


@dataclass(frozen=True, slots=True)
class Row:
    """One row under its header; `trouble` says why it has no cells."""

    place: Place
    cells: Mapping[str, object]
    trouble: BadRecord | None = None

    @property
    def raw(self) -> str:
        """The row as text, for people."""
        return orjson.dumps(list(self.cells.values()), default=str).decode()


def header_name(cell: object) -> str:
    """A column's name without case, blanks and byte-order mark."""
    return str(cell).strip().lstrip("\ufeff").strip('"').strip().casefold()


def csv_rows(file: LogFile, encoding: str) -> Iterator[Row]:
    """The rows of a CSV file, read as a stream; the separator is the header's most frequent of , ; and tab."""
    with file.open() as stream, io.TextIOWrapper(stream, encoding, errors="replace", newline="") as text:
        first = text.readline(LINE_LIMIT)
        separator = max(",;\t", key=first.count)
        names = [header_name(cell) for cell in next(csv.reader([first], delimiter=separator), [])]
        reader = csv.reader(text, delimiter=separator, strict=True)
        yield from _csv_body(file.name, reader, names)


def _csv_body(path: str, reader: Iterator[list[str]], names: Sequence[str]) -> Iterator[Row]:
    line = 1
    while True:
        place = Place(path, line + 1)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            hint = "rows up to the next quote are lost with it; look for a stray quote or a very long cell"
            yield Row(place, {}, BadRecord(f"broken CSV row: {error}", hint))
            cells = []
        line = 1 + reader.line_num  # type: ignore[attr-defined]
        if any(cell.strip() for cell in cells):
            yield _row(place, names, cells)


def _row(place: Place, names: Sequence[str], cells: Sequence[object]) -> Row:
    if len(cells) < len(names) or any(str(cell).strip() for cell in cells[len(names) :]):
        hint = "a cell with a comma needs quotes; a short last row means that the file is cut off"
        trouble = BadRecord(f"{len(cells)} cells under {len(names)} columns", hint)
        return Row(place, {str(number): cell for number, cell in enumerate(cells)}, trouble)
    return Row(place, dict(zip(names, cells, strict=False)))


def sheet_rows(file: LogFile) -> Iterator[Row]:
    """The rows of the order sheet of a spreadsheet, or of its first sheet."""
    content = file.whole()
    _refuse_bomb(file.name, content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        rows = book.get_sheet_by_name(SHEET if SHEET in names else names[0]).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError, OSError) as error:
        raise EventLogError(f"{file.name}: this spreadsheet cannot be read: {error}; save it again as .xlsx") from None
    header = [header_name(cell) for cell in (rows[0] if rows else [])]
    for number, cells in enumerate(rows[1:], start=2):
        if any(str(cell).strip() for cell in cells):
            yield _row(Place(file.name, number), header, cells)


def _refuse_bomb(path: str, content: bytes) -> None:
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        raise EventLogError(f"{path}: this spreadsheet is damaged; download it again") from None
    if size > WHOLE_LIMIT:
        raise EventLogError(f"{path}: unpacks to {size:,} bytes; at most {WHOLE_LIMIT:,} are read at once")
