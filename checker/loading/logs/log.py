"""The event log that the files of one audit make up."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from checker.loading.logs.collection import Collection
from checker.loading.logs.files import LogFile, digest, log_files
from checker.loading.logs.histories import histories
from checker.loading.logs.options import LogOptions
from checker.loading.logs.reading import read_file
from checker.loading.logs.record import Item
from checker.model.error import EventLogError, UsageError
from checker.model.report import EventLog

Progress = Callable[[int], None]

DEFAULTS = LogOptions()


def load_log(paths: Sequence[Path], options: LogOptions = DEFAULTS, progress: Progress | None = None) -> EventLog:
    """The histories of all orders in these files, what was wrong, and what became of every record.

    A directory stands for the files in it. `progress` is told how many bytes more have been read.
    Raises: EventLogError with every file that cannot be read at all; UsageError if options do not make sense.
    """
    files = log_files(paths)
    with ExitStack() as stack:
        target = stack.enter_context(quarantine(options.quarantine)) if options.quarantine else None
        collection = Collection(target)
        _collect(files, collection, options, progress)
        found = histories(collection, options)
    sources = {path: "+".join(names) for path, names in collection.sources.items()}
    return EventLog(found, collection.all_problems(), collection.tally, sources, digest(files))


def quarantine(path: Path) -> IO[bytes]:
    """The file that takes every record that could not be used.

    Raises: UsageError if it cannot be written.
    """
    try:
        return path.open("wb")
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: cannot be written: {error.strerror or error}") from None


def _collect(files: Sequence[Path], collection: Collection, options: LogOptions, progress: Progress | None) -> None:
    unreadable = []
    for path in files:
        try:
            collection.add(read_file(LogFile(path, progress), options))
        except EventLogError as error:
            unreadable.append(str(error))
    if unreadable:
        raise EventLogError("\n".join(unreadable))


def read_records(
    paths: Sequence[Path], options: LogOptions = DEFAULTS, progress: Progress | None = None
) -> Iterator[Item]:
    """Every record of these files as a stream, before duplicates are found and orders are merged."""
    for path in log_files(paths):
        yield from read_file(LogFile(path, progress), options)
