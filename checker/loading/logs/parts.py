"""How is a canonical log read that is larger than the memory? Once to disk in parts by order, then part by part."""

import pickle
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, is_dataclass, replace
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa

from checker.columns import Orders
from checker.loading.logs.collection import Collection, Written
from checker.loading.logs.coverage import proven
from checker.loading.logs.files import LogFile, digest, log_files
from checker.loading.logs.histories import histories
from checker.loading.logs.log import Progress
from checker.loading.logs.native.again import learn, records_again
from checker.loading.logs.native.batches import batches
from checker.loading.logs.native.part import LogKnown as Known
from checker.loading.logs.native.part import plain_part
from checker.loading.logs.native.rows import ROWS
from checker.loading.logs.options import LogOptions
from checker.loading.logs.reading import around as json_around
from checker.loading.logs.reading import read_file
from checker.loading.logs.record import Coverage, Facts, Item, Link, Notice, Place, Record, orders_named
from checker.loading.logs.sources.canonical import SOURCE as CANONICAL
from checker.model.event import Event, SourceRef
from checker.model.history import Span
from checker.model.report import EventLog, Tally


def _call(value: Any) -> tuple[type, tuple[object, ...]]:
    """How to make the value again; dataclasses by themselves take five times as long."""
    made: type = type(value)
    return made, tuple(getattr(value, name) for name in made.__slots__)  # type: ignore[attr-defined]


# Named tuples are made again by themselves.
_KINDS: tuple[type, ...] = (Event, SourceRef, Span, Facts, Coverage, Link, Place, Notice)
_REDUCED = {kind: _call for kind in _KINDS if is_dataclass(kind)}


@dataclass(frozen=True, slots=True)
class Part:
    """The orders of one part: plain ones as columns, all others as histories.

    The account is of the part's own records, but what was wrong or odd comes with the last part.
    """

    log: EventLog
    columns: Orders | None = None


@dataclass(slots=True)
class Parts:
    """What a log says, on disk by order; what is said of every order is kept for every part."""

    count: int
    scratch: ExitStack
    rows: dict[int, tuple[IO[bytes], pa.RecordBatchFileWriter]] = field(default_factory=dict)
    records: dict[int, IO[bytes]] = field(default_factory=dict)
    shared: list[Record] = field(default_factory=list)
    written: dict[str, Written] = field(default_factory=dict)
    has_loose_chats: bool = False
    is_mixed: bool = False

    def add(self, record: Record) -> None:
        """Takes in a record that is not plain."""
        about = self.written[record.place.path]
        about.add(record)
        about.coverage = [coverage for coverage in about.coverage if coverage.orders is None]
        about.orders.clear()
        self.is_mixed |= record.source != CANONICAL and record.rejected is None
        self.has_loose_chats |= any(not event.order_id for event in record.events)
        # A canonical row is about one order, or about the whole log.
        order_id = next(orders_named(record), None)
        if order_id is None and record.rejected is None:
            self.shared.append(record)
        else:
            pickler = pickle.Pickler(self._records(part_of(order_id or "", self.count)), pickle.HIGHEST_PROTOCOL)
            pickler.dispatch_table = _REDUCED
            pickler.dump(record)

    def _records(self, number: int) -> IO[bytes]:
        if number not in self.records:
            self.records[number] = self._scratch_file()
        return self.records[number]

    def _scratch_file(self) -> IO[bytes]:
        return self.scratch.enter_context(tempfile.TemporaryFile())

    def add_rows(self, rows: pa.Table) -> None:
        """Takes in plain rows."""
        ids = rows["order_id"].combine_chunks().dictionary_encode()
        parts = np.array([part_of(order_id, self.count) for order_id in ids.dictionary.to_pylist()], np.int64)
        own = parts[ids.indices.to_numpy()]
        rows, own = rows.take(pa.array(np.argsort(own, kind="stable"))), np.sort(own)
        for number in np.unique(own):
            first, last = np.searchsorted(own, [number, number + 1])
            self._writer(int(number)).write_table(rows.slice(first, last - first))

    def _writer(self, number: int) -> pa.RecordBatchFileWriter:
        if number not in self.rows:
            file = self._scratch_file()
            options = pa.ipc.IpcWriteOptions(compression="lz4")
            self.rows[number] = file, pa.ipc.new_stream(file, ROWS, options=options)
        return self.rows[number][1]

    def rows_of(self, number: int) -> pa.Table:
        """The plain rows of a part, in the order of the log."""
        if number not in self.rows:
            return ROWS.empty_table()
        file, writer = self.rows[number]
        writer.close()
        file.seek(0)
        return pa.ipc.open_stream(file).read_all().combine_chunks()

    def records_of(self, number: int) -> list[Record]:
        """The other records of a part, in the order of the log."""
        return list(_pickled(self.records[number])) if number in self.records else []


def part_of(order_id: str, parts: int) -> int:
    """The part of an order: the same in every run and on every machine."""
    return zlib.crc32(order_id.encode()) % parts


def is_canonical(paths: Sequence[Path], options: LogOptions) -> bool:
    """Whether the files begin as canonical logs do; only such rows can be told apart by order."""
    return all(_is_row(next(read_file(LogFile(path), options), None)) for path in log_files(paths))


def _is_row(item: Item | None) -> bool:
    return isinstance(item, Record) and item.source == CANONICAL


def load_parts(
    paths: Sequence[Path],
    options: LogOptions,
    parts: int,
    progress: Progress | None = None,
    lines: Progress | None = None,
) -> Iterator[Part]:
    """The orders of a canonical log, part by part; `lines` is told how many more rows have been taken apart.

    What is odd about two orders at once - one event id in both - is not seen.
    Raises: EventLogError if a file cannot be read.
    """
    files = log_files(paths)
    with ExitStack() as scratch:
        kept = Parts(parts, scratch, written={LogFile(path).name: Written() for path in files})
        for number, path in enumerate(files):
            for count in _spill(kept, LogFile(path, progress), number, options):
                if lines is not None:
                    lines(count)
        said, account = digest(files), Collection()
        _settle(kept, account)
        shared = account.tally
        for number in range(parts):
            found = _part(kept, number, account, options)
            tally = found.log.tally + (shared if number == 0 else Tally())
            problems = account.all_problems() if number == parts - 1 else ()
            yield replace(found, log=replace(found.log, tally=tally, problems=problems, digest=said))


def _spill(kept: Parts, file: LogFile, number: int, options: LogOptions) -> Iterator[int]:
    """Takes in all rows of a file, so many at a time."""
    for batch in batches(file, number, options):
        kept.add_rows(batch.plain)
        learn(kept.written[file.name], batch.plain, [*kept.written], json_around(options))
        for item in batch.others:
            if isinstance(item, Record):
                kept.add(item)
        yield len(batch.plain)


def _settle(kept: Parts, account: Collection) -> None:
    """What a file without declarations proves to show is known from all of its rows, not from those of one part."""
    for path, about in kept.written.items():
        if not about.declares:
            about.coverage, about.declares = [proven(account, path, about)], True
    account.add(kept.shared)


def _part(kept: Parts, number: int, account: Collection, options: LogOptions) -> Part:
    known = Known([*kept.written], kept.written, kept.has_loose_chats, options)
    rows, records = kept.rows_of(number), kept.records_of(number)
    plain = plain_part(rows if not kept.is_mixed else rows.slice(0, 0), records, known)
    left = plain.left if not kept.is_mixed else rows
    again = records_again(left, known.paths, json_around(options))
    places = {path: place for place, path in enumerate(known.paths)}
    collection = _collection(kept, sorted((*records, *again), key=lambda r: (places[r.place.path], r.place.line or 0)))
    found = histories(collection, options)
    for own in (plain.account, collection):
        account.absorb(own)
    sources = {path: "+".join(names) for path, names in account.sources.items()}
    return Part(EventLog(found, (), plain.account.tally + collection.tally, sources, ""), plain.columns)


def _collection(kept: Parts, records: Iterable[Record]) -> Collection:
    """What these records say together with those about all orders; only the former are counted."""
    collection = Collection(has_loose_chats=kept.has_loose_chats)
    collection.add(kept.shared)
    collection = replace(collection, notices={}, used=0, duplicates=0, ignored=0, quarantined=0)
    for path, about in kept.written.items():
        own = collection.canonical[path]
        own.coverage, own.declares = own.coverage or list(about.coverage), True
    collection.add(records)
    return collection


def less(all_of_it: Tally, shared: Tally) -> Tally:
    """What is left of an account without a part of it."""
    return Tally(*(getattr(all_of_it, name) - getattr(shared, name) for name in Tally.__slots__))


def _pickled(file: IO[bytes]) -> Iterator[Record]:
    file.seek(0)
    while True:
        try:
            yield pickle.load(file)  # noqa: S301 - our own temporary file, unlinked while it is open
        except EOFError:
            return
