"""What the rows of a CSV or spreadsheet file are, whatever they mean."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
        separator, names = header_of(text.readline(LINE_LIMIT))
        for row, _ in csv_body(Place(file.name, 2), text, separator, names):
            yield from row


def header_of(line: str) -> tuple[str, list[str]]:
    """The separator of a file with this first line, and the names of its columns."""
    separator = max(",;\t", key=line.count)
    return separator, [header_name(cell) for cell in next(csv.reader([line], delimiter=separator), [])]


def csv_body(
    first: Place, lines: Iterable[str], separator: str, names: Sequence[str]
) -> Iterator[tuple[tuple[Row, ...], int]]:
    """What each row says - nothing where it is blank -, and how many lines there were up to its end."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        place = first._replace(line=(first.line or 1) + reader.line_num)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            hint = "rows up to the next quote are lost with it; look for a stray quote or a very long cell"
            yield (Row(place, {}, BadRecord(f"broken CSV row: {error}", hint)),), reader.line_num
        else:
            yield (_row(place, names, cells),) if any(cell.strip() for cell in cells) else (), reader.line_num


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
