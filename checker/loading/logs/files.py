"""Which files a log consists of, and what bytes they hold."""

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from checker.loading.logs.record import BadRecord, Place
from checker.model.error import EventLogError

LINE_LIMIT = 4 * 1024 * 1024
WHOLE_LIMIT = 512 * 1024 * 1024
HEAD = 64 * 1024
BLOCK = 8 * 1024 * 1024
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class LogFile:
    """One file, unpacked as it is read; `name` is the path as given."""

    path: Path
    progress: Callable[[int], None] | None = None

    @property
    def name(self) -> str:
        """The path as given, with forward slashes."""
        return self.path.as_posix()

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The unpacked bytes as a stream.

        Raises: EventLogError if the file cannot be read or unpacked.
        """
        try:
            with self.path.open("rb") as raw:
                counted = io.BufferedReader(_Counted(raw, self.progress)) if self.progress else raw
                packed = raw.peek(2).startswith(GZIP)
                yield cast("BinaryIO", gzip.GzipFile(fileobj=counted)) if packed else counted
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise EventLogError(f"{self.name}: the gzip file is damaged or cut off ({error}); copy it again") from None
        except OSError as error:
            raise EventLogError(f"{self.name}: cannot be read: {error.strerror or error}") from None

    def is_packed(self) -> bool:
        """Whether the file is gzip."""
        with self.path.open("rb") as raw:
            return raw.read(2) == GZIP

    def advance(self, count: int) -> None:
        """Tells that so many bytes more have been read."""
        if self.progress:
            self.progress(count)

    def head(self) -> bytes:
        """The first 64 KiB, unpacked."""
        with LogFile(self.path).open() as stream:
            return stream.read(HEAD)

    def first_line(self) -> bytes:
        """The first line, unpacked, with its line break if that comes within 4 MiB."""
        with LogFile(self.path).open() as stream:
            return stream.readline(LINE_LIMIT)

    def whole(self) -> bytes:
        """All bytes, unpacked.

        Raises: EventLogError if they are more than 512 MiB.
        """
        with self.open() as stream:
            content = stream.read(WHOLE_LIMIT + 1)
        if len(content) > WHOLE_LIMIT:
            hint = "write it as JSON Lines, which is read line by line"
            raise EventLogError(f"{self.name}: one document of over {WHOLE_LIMIT:,} bytes; {hint}")
        return content

    def lines(self) -> Iterator[tuple[Place, bytes | BadRecord]]:
        """The lines that are not blank, numbered from 1; one that is too long is a bad record."""
        name, number = self.name, 0
        with self.open() as stream:
            while line := stream.readline(LINE_LIMIT + 1):
                number += 1
                if len(line) > LINE_LIMIT and not line.endswith(b"\n"):
                    _skip_line(stream)
                    yield Place(name, number), too_long()
                elif not line.isspace():
                    yield Place(name, number), line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line

    def blocks(self, *, cut: bool) -> Iterator[bytes]:
        """All bytes in pieces of whole lines; with `cut`, of a line beyond the limit only so much that one sees it."""
        with self.open() as stream:
            while block := stream.read(BLOCK):
                if not block.endswith(b"\n"):
                    block += _rest_of_line(stream) if cut else stream.readline()
                yield block


def too_long() -> BadRecord:
    """What is wrong with a line beyond the limit."""
    return BadRecord(f"line of over {LINE_LIMIT:,} bytes", "one record needs far less; is a line break missing?")


def _rest_of_line(stream: BinaryIO) -> bytes:
    rest = stream.readline(LINE_LIMIT + 2)
    if len(rest) <= LINE_LIMIT + 1 or rest.endswith(b"\n"):
        return rest
    _skip_line(stream)
    return rest + b"\n"


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
        pass


class _Counted(io.RawIOBase):
    """A file that reports how many bytes were taken from it."""

    def __init__(self, raw: io.BufferedReader, progress: Callable[[int], None]) -> None:
        self._raw, self._progress = raw, progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = self._raw.readinto(buffer)
        self._progress(count)
        return count


def log_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files to read, in order; a directory stands for the files in it, sorted, without subdirectories.

    Raises: EventLogError with every path that is missing, empty or no file.
    """
    problems: list[str] = []
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = [entry for entry in sorted(path.iterdir()) if entry.is_file() and not entry.name.startswith(".")]
            if not inside:
                problems.append(f"{path.as_posix()}: no files in this directory; expected order logs")
            found |= dict.fromkeys(inside)
        else:
            found[path] = None
    problems += [trouble for path in found if (trouble := _trouble(path))]
    if problems or not found:
        raise EventLogError("\n".join(problems) or "no log files given; expected at least one path")
    return tuple(found)


def _trouble(path: Path) -> str | None:
    name = path.as_posix()
    try:
        if not path.exists():
            return f"{name}: no such file"
        if not path.is_file():
            return f"{name}: is no regular file; save what it yields to a file first"
        if path.stat().st_size == 0:
            return f"{name}: is empty; was its export or download cut off?"
    except OSError as error:
        return f"{name}: cannot be read: {error.strerror or error}"
    return None


def digest(paths: Sequence[Path]) -> str:
    """SHA-256 over the bytes of the files, the same in whatever order they are given."""
    return digest_of(map(file_digest, paths))


def file_digest(path: Path) -> str:
    """SHA-256 over the bytes of one file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of(each: Iterable[str]) -> str:
    """The digest of several files from that of each."""
    return "sha256:" + hashlib.sha256("\n".join(sorted(each)).encode()).hexdigest()
