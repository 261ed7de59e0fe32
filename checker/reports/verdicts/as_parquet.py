"""What does a database read of a whole store? One Parquet file, a row group or more for each bucket."""

import io
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from checker.reports.findings_parquet import SCHEMA


class _Pipe(io.RawIOBase):
    """A file that gives away what is written to it."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(memoryview(data))  # type: ignore[arg-type]  # whatever has a buffer
        self._held.append(piece)
        self._length += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._length

    def taken(self) -> bytes:
        """What was written since the last time."""
        piece, self._held = b"".join(self._held), []
        return piece


def render(parts: Iterable[pa.Table]) -> Iterator[bytes]:
    """One file; its bytes are the same for the same verdicts in the same buckets."""
    pipe = _Pipe()
    with pq.ParquetWriter(pipe, SCHEMA, compression="zstd") as writer:
        for part in parts:
            writer.write_table(part)
            yield pipe.taken()
    yield pipe.taken()
