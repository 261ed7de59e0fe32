"""Which format a file is, by its content, and what its records say."""

from collections.abc import Iterator
from itertools import islice

import orjson

from checker.loading.logs.cells import unguarded
from checker.loading.logs.documents import Around, read_document
from checker.loading.logs.files import LogFile
from checker.loading.logs.options import FORMATS, LogOptions
from checker.loading.logs.record import BadRecord, Item, Notice, Place, Record
from checker.loading.logs.sources import canonical, export, xes
from checker.loading.logs.tables import Row, csv_rows, header_name, sheet_rows
from checker.model.error import EventLogError, UsageError

UTF8_BOM = b"\xef\xbb\xbf"
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
PARQUET = b"PAR1"
JAPANESE_WINDOWS = "cp932"
LINES_TRIED = 50
FORMATS_KNOWN = (
    "JSON or JSON Lines (TikTok answers, webhooks, messages, canonical events), CSV or Parquet of canonical events, "
    "Seller Center exports as CSV or XLSX, XES, OCEL 2.0 as JSON, each also as .gz"
)


def read_file(file: LogFile, options: LogOptions) -> Iterator[Item]:
    """The records of one file.

    Raises: EventLogError if the file is empty, damaged, in an unknown format or in an unreadable encoding;
    UsageError if the options force a format that does not exist.
    """
    if options.format is not None and options.format not in FORMATS:
        raise UsageError(f"unknown log format `{options.format}`; expected one of {', '.join(FORMATS)}")
    head = file.head()
    if not head.strip(b" \t\r\n\x00"):
        raise EventLogError(f"{file.name}: is empty once unpacked; was its export or download cut off?")
    if head.startswith(UTF16_BOMS):
        raise EventLogError(f"{file.name}: is UTF-16; save it as UTF-8 (in Excel: CSV UTF-8)")
    if head.startswith(PARQUET):
        return _parquet(file)
    if head.startswith(SPREADSHEETS):
        return _table(file, list(sheet_rows(file)), options)
    if b"\x00" in head:
        raise EventLogError(f"{file.name}: is a binary file of an unknown format; expected {FORMATS_KNOWN}")
    if head.removeprefix(UTF8_BOM).lstrip()[:1] in (b"{", b"["):
        return _json(file, options)
    if head.removeprefix(UTF8_BOM).lstrip()[:1] == b"<" and b"<log" in head:
        return xes.read_xes(file.whole(), file.name)
    return _csv(file, head, options)


def _json(file: LogFile, options: LogOptions) -> Iterator[Item]:
    around = Around(format=options.format if options.format != export.SOURCE else None)
    first = file.first_line()
    if first.endswith(b"\n") and _parses(first):
        return _json_lines(file, around)
    try:
        document = orjson.loads(file.whole().removeprefix(UTF8_BOM))
    except (orjson.JSONDecodeError, EventLogError) as error:
        if not _has_json_line(file):
            known = isinstance(error, EventLogError)
            raise error if known else EventLogError(f"{file.name}: broken JSON: {error}; is it cut off?") from None
        return _json_lines(file, around)
    return read_document(document, Place(file.name), around)


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


def _json_lines(file: LogFile, around: Around) -> Iterator[Item]:
    for place, line in file.lines():
        if isinstance(line, BadRecord):
            yield Record("unknown", place, rejected=line.notice)
            continue
        try:
            data = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            notice = Notice(f"broken JSON: {error}", "each line must hold one complete JSON value")
            yield Record("unknown", place, rejected=notice, raw=line.decode(errors="replace").rstrip("\r\n"))
            continue
        yield from read_document(data, place, around)


def _csv(file: LogFile, head: bytes, options: LogOptions) -> Iterator[Item]:
    encoding = _encoding(file, head)
    header = head.decode(encoding, errors="replace").lstrip("\ufeff").partition("\n")[0]
    separator = max(",;\t", key=header.count)
    names = frozenset(header_name(cell) for cell in header.split(separator))
    if options.format != canonical.SOURCE and (options.format == export.SOURCE or export.is_export(names)):
        return _export_records(file, encoding, options)
    if options.format == canonical.SOURCE or names >= {"order_id", "type", "ts"}:
        return _canonical_csv(csv_rows(file, encoding))
    shown = header.strip()[:80]
    raise EventLogError(f"{file.name}: unknown format, it begins with `{shown}`; expected {FORMATS_KNOWN}")


def _encoding(file: LogFile, head: bytes) -> str:
    """UTF-8, or the Windows encoding of Japan for a file that is not UTF-8 but is that."""
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
    for row in rows:
        yield _canonical({key: unguarded(str(cell)) for key, cell in row.cells.items() if cell}, row.place, row.trouble)


def _parquet(file: LogFile) -> Iterator[Item]:
    # Loading these takes as long as judging hundreds of orders; most logs are no Parquet.
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(pa.BufferReader(file.whole()))
        number = 0
        for batch in table.iter_batches(batch_size=8192):
            for row in batch.to_pylist():
                number += 1
                yield _canonical(row, Place(file.name, number), None)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        said = str(error).partition("\n")[0]
        raise EventLogError(f"{file.name}: this Parquet file is damaged: {said}; copy it again") from None


def _canonical(row: dict[str, object], place: Place, trouble: BadRecord | None) -> Record:
    try:
        if trouble:
            raise trouble
        record = canonical.read_row(row, place)
    except BadRecord as bad:
        return Record(canonical.SOURCE, place, rejected=bad.notice, raw=_raw(row))
    return record


def _raw(row: dict[str, object]) -> str:
    return orjson.dumps(row, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
