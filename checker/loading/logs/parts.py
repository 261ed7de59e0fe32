"""How is a canonical log read that is larger than the memory? Once to disk in parts by order, then part by part."""

import pickle
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, is_dataclass, replace
from pathlib import Path
from typing import IO, Any

from checker.loading.logs.collection import Collection, Written
from checker.loading.logs.files import LogFile, digest, log_files
from checker.loading.logs.histories import histories
from checker.loading.logs.log import Progress
from checker.loading.logs.options import LogOptions
from checker.loading.logs.reading import read_file
from checker.loading.logs.record import Coverage, Facts, Item, Link, Notice, Place, Record
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


@dataclass(slots=True)
class Parts:
    """Records on disk by order; what is said of every order is kept for every part."""

    files: Sequence[IO[bytes]]
    shared: list[Record] = field(default_factory=list)
    about: dict[str, Written] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Takes in one record."""
        about = self.about.setdefault(record.place.path, Written())
        about.add(record)
        about.orders.clear()
        about.coverage.clear()
        order_id = _order_of(record)
        if order_id is None and record.rejected is None:
            self.shared.append(record)
        else:
            pickler = pickle.Pickler(self.files[part_of(order_id or "", len(self.files))], pickle.HIGHEST_PROTOCOL)
            pickler.dispatch_table = _REDUCED
            pickler.dump(record)


def part_of(order_id: str, parts: int) -> int:
    """The part of an order: the same in every run and on every machine."""
    return zlib.crc32(order_id.encode()) % parts


def _order_of(record: Record) -> str | None:
    """The one order that a canonical row is about, None for a row about the whole log."""
    named = [event.order_id for event in record.events] + [facts.order_id for facts in record.facts]
    named += [order for coverage in record.coverage for order in coverage.orders or ()]
    return named[0] if named else None


def is_canonical(paths: Sequence[Path], options: LogOptions) -> bool:
    """Whether the files begin as canonical logs do; only such rows can be told apart by order."""
    return all(_is_row(next(read_file(LogFile(path), options), None)) for path in log_files(paths))


def _is_row(item: Item | None) -> bool:
    return isinstance(item, Record) and item.source == CANONICAL


def load_parts(
    paths: Sequence[Path], options: LogOptions, parts: int, progress: Progress | None = None
) -> Iterator[EventLog]:
    """The orders of a canonical log, part by part; each part's account is of its own records.

    What is odd about two orders at once - one event id in both - is not seen.
    Raises: EventLogError if a file cannot be read.
    """
    files = log_files(paths)
    with ExitStack() as stack:
        kept = Parts([stack.enter_context(tempfile.TemporaryFile()) for _ in range(parts)])
        for path in files:
            for item in read_file(LogFile(path, progress), options):
                if isinstance(item, Record):
                    kept.add(item)
        said = digest(files)
        for number in range(parts):
            yield replace(_part(kept, number, options), digest=said)


def _part(kept: Parts, number: int, options: LogOptions) -> EventLog:
    collection = Collection()
    collection.add(kept.shared)
    shared = collection.tally
    collection.add(_records(kept.files[number]))
    for path, written in collection.canonical.items():
        # What a file shows is known from all of its rows, not from those of one part.
        written.sources, written.declares = kept.about[path].sources, kept.about[path].declares
    found = histories(collection, options)
    sources = {path: "+".join(names) for path, names in collection.sources.items()}
    tally = collection.tally if number == 0 else less(collection.tally, shared)
    return EventLog(found, collection.all_problems(), tally, sources, "")


def less(all_of_it: Tally, shared: Tally) -> Tally:
    """What is left of an account without a part of it."""
    return Tally(*(getattr(all_of_it, name) - getattr(shared, name) for name in Tally.__slots__))


def _records(file: IO[bytes]) -> Iterator[Record]:
    file.seek(0)
    while True:
        try:
            yield pickle.load(file)  # noqa: S301 - our own temporary file, unlinked while it is open
        except EOFError:
            return
