"""Which format a file is, by its content, and what its records say."""

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from itertools import islice
from typing import TYPE_CHECKING

import orjson

from checker.loading.logs.cells import unguarded
from checker.loading.logs.documents import Around, read_document
from checker.loading.logs.files import LogFile
from checker.loading.logs.options import FORMATS, LogOptions
from checker.loading.logs.record import BadRecord, Item, Notice, Place, Record
from checker.loading.logs.sources import canonical, export, xes
from checker.loading.logs.tables import Row, csv_rows, header_name, sheet_rows
from checker.model.error import EventLogError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

UTF8_BOM = b"\xef\xbb\xbf"
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
PARQUET = b"PAR1"
JAPANESE_WINDOWS = "cp932"
LINES_TRIED = 50
BATCH_ROWS = 32_768
FORMATS_KNOWN = (
    "JSON or JSON Lines (TikTok answers, webhooks, messages, canonical events), CSV or Parquet of canonical events, "
    "Seller Center exports as CSV or XLSX, XES, OCEL 2.0 as JSON, each also as .gz"
)


class Layout(Enum):
    """How the bytes of a file are laid out."""

    LINES = auto()
    DOCUMENT = auto()
    CANONICAL_CSV = auto()
    EXPORT_CSV = auto()
    PARQUET = auto()
    SPREADSHEET = auto()
    XES = auto()


def read_file(file: LogFile, options: LogOptions) -> Iterator[Item]:
    """The records of one file.

    Raises: EventLogError if the file is empty, damaged, in an unknown format or in an unreadable encoding;
    UsageError if the options force a format that does not exist.
    """
    match layout_of(file, options):
        case Layout.LINES:
            return _json_lines(file, around(options))
        case Layout.DOCUMENT:
            return _document(file, around(options))
        case Layout.CANONICAL_CSV:
            return _canonical_csv(csv_rows(file, encoding_of(file)))
        case Layout.EXPORT_CSV:
            return _export_records(file, encoding_of(file), options)
        case Layout.PARQUET:
            return _parquet(file)
        case Layout.SPREADSHEET:
            return _table(file, list(sheet_rows(file)), options)
        case Layout.XES:
            return xes.read_xes(file.whole(), file.name)


def layout_of(file: LogFile, options: LogOptions) -> Layout:
    """The layout of a file, by its content; raises what `read_file` raises."""
    if options.format is not None and options.format not in FORMATS:
        raise UsageError(f"unknown log format `{options.format}`; expected one of {', '.join(FORMATS)}")
    head = file.head()
    if not head.strip(b" \t\r\n\x00"):
        raise EventLogError(f"{file.name}: is empty once unpacked; was its export or download cut off?")
    if head.startswith(UTF16_BOMS):
        raise EventLogError(f"{file.name}: is UTF-16; save it as UTF-8 (in Excel: CSV UTF-8)")
    if head.startswith(PARQUET):
        return Layout.PARQUET
    if head.startswith(SPREADSHEETS):
        return Layout.SPREADSHEET
    if b"\x00" in head:
        raise EventLogError(f"{file.name}: is a binary file of an unknown format; expected {FORMATS_KNOWN}")
    begin = head.removeprefix(UTF8_BOM).lstrip()[:1]
    if begin in (b"{", b"["):
        first = file.first_line()
        return Layout.LINES if first.endswith(b"\n") and _parses(first) else Layout.DOCUMENT
    if begin == b"<" and b"<log" in head:
        return Layout.XES
    return _table_layout(file, head, options)


def around(options: LogOptions) -> Around:
    """What is known of a JSON value that stands by itself."""
    return Around(format=options.format if options.format != export.SOURCE else None)


def _document(file: LogFile, known: Around) -> Iterator[Item]:
    try:
        document = orjson.loads(file.whole().removeprefix(UTF8_BOM))
    except (orjson.JSONDecodeError, EventLogError) as error:
        if not _has_json_line(file):
            told = isinstance(error, EventLogError)
            raise error if told else EventLogError(f"{file.name}: broken JSON: {error}; is it cut off?") from None
        return _json_lines(file, known)
    return read_document(document, Place(file.name), known)


def _parses(text: bytes | BadRecord) -> bool:
    if isinstance(text, BadRecord):
        return False
    try:
        return isinstance(orjson.loads(text.removeprefix(UTF8_BOM)), dict | list)
    except orjson.JSONDecodeError:
        return False


def _has_json_line(file: LogFile) -> bool:
    """Whether one of the first lines is a JSON value of its own, as none is in a document over many lines."""
    return any(_parses(line) for _, line in islice(LogFile(file.path).lines(), LINES_TRIED))


def _json_lines(file: LogFile, known: Around) -> Iterator[Item]:
    for place, line in file.lines():
        yield from json_line(place, line, known)


def json_line(place: Place, line: bytes | BadRecord, known: Around) -> Iterator[Item]:
    """The records of one line."""
    if isinstance(line, BadRecord):
        yield Record("unknown", place, rejected=line.notice)
        return
    try:
        data = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        notice = Notice(f"broken JSON: {error}", "each line must hold one complete JSON value")
        yield Record("unknown", place, rejected=notice, raw=line.decode(errors="replace").rstrip("\r\n"))
        return
    yield from read_document(data, place, known)


def _table_layout(file: LogFile, head: bytes, options: LogOptions) -> Layout:
    header = head.decode(encoding_of(file), errors="replace").lstrip("\ufeff").partition("\n")[0]
    separator = max(",;\t", key=header.count)
    names = frozenset(header_name(cell) for cell in header.split(separator))
    if options.format != canonical.SOURCE and (options.format == export.SOURCE or export.is_export(names)):
        return Layout.EXPORT_CSV
    if options.format == canonical.SOURCE or names >= {"order_id", "type", "ts"}:
        return Layout.CANONICAL_CSV
    shown = header.strip()[:80]
    raise EventLogError(f"{file.name}: unknown format, it begins with `{shown}`; expected {FORMATS_KNOWN}")


def encoding_of(file: LogFile) -> str:
    """UTF-8, or the Windows encoding of Japan for a file that is not UTF-8 but is that."""
    head = file.head()
    for encoding in ("utf-8", JAPANESE_WINDOWS):
        try:
            head[: head.rfind(b"\n") + 1 or None].decode(encoding)
        except UnicodeDecodeError:
            continue
        return "utf-8-sig" if encoding == "utf-8" else encoding
    raise EventLogError(f"{file.name}: is neither UTF-8 nor Shift_JIS text; save it as UTF-8; expected {FORMATS_KNOWN}")


def _export_records(file: LogFile, encoding: str, options: LogOptions) -> Iterator[Item]:
    if encoding == JAPANESE_WINDOWS:
        notice = Notice("the file is Shift_JIS, not UTF-8", "it was read as such; check names with rare characters")
        yield Record(export.SOURCE, Place(file.name, 1), notices=(notice,))
    silent = LogFile(file.path)
    yield from export.read_export(file.name, lambda: csv_rows(silent, encoding), options)


def _table(file: LogFile, rows: list[Row], options: LogOptions) -> Iterator[Item]:
    names = frozenset(str(name) for row in rows[:1] for name in row.cells)
    if not rows:
        raise EventLogError(f"{file.name}: this spreadsheet has no rows under its header")
    if not export.is_export(names):
        raise EventLogError(f"{file.name}: this spreadsheet is no order export; expected a column `Order ID` and times")
    return export.read_export(file.name, lambda: iter(rows), options)


def _canonical_csv(rows: Iterator[Row]) -> Iterator[Item]:
    return map(csv_record, rows)


def csv_record(row: Row) -> Record:
    """What a row of a canonical CSV says."""
    cells = {key: unguarded(str(cell)) for key, cell in row.cells.items() if cell}
    return canonical_record(cells, row.place, row.trouble)


def _parquet(file: LogFile) -> Iterator[Item]:
    number = 0
    for batch in parquet_batches(file):
        for row in batch.to_pylist():
            number += 1
            yield parquet_record(row, Place(file.name, number))


def parquet_record(row: Mapping[str, object], place: Place) -> Record:
    """What a row of a Parquet file says; what is null is not said."""
    return canonical_record({name: value for name, value in row.items() if value is not None}, place)


def parquet_batches(file: LogFile) -> Iterator["pa.RecordBatch"]:
    """The rows of a Parquet file; of one that is not packed only so many are in memory as are being read.

    Raises: EventLogError if the file is damaged.
    """
    # Loading these takes as long as judging hundreds of orders; most logs are no Parquet.
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(pa.BufferReader(file.whole()) if file.is_packed() else file.path)
        for batch in table.iter_batches(BATCH_ROWS, use_threads=False):
            yield batch
            file.advance(file.path.stat().st_size * batch.num_rows // table.metadata.num_rows)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        said = str(error).partition("\n")[0]
        raise EventLogError(f"{file.name}: this Parquet file is damaged: {said}; copy it again") from None


def canonical_record(row: Mapping[str, object], place: Place, trouble: BadRecord | None = None) -> Record:
    """What a canonical row says, or why it cannot be used."""
    try:
        if trouble:
            raise trouble
        return canonical.read_row(row, place)
    except BadRecord as bad:
        return Record(canonical.SOURCE, place, rejected=bad.notice, raw=_raw(row))


def _raw(row: Mapping[str, object]) -> str:
    return orjson.dumps(dict(row), default=str, option=orjson.OPT_NON_STR_KEYS).decode()
