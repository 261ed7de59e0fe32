"""What may reach a terminal or a pipe, and how?"""

import os
import shutil
import sys
from typing import TextIO

from checker.reports.printable import printable

PIPE_WIDTH = 100


def complain(text: str, label: str = "error") -> None:
    """Writes a message to stderr, line by line, with nothing in it that a terminal would obey."""
    lines = text.splitlines() or [""]
    said = [f"{label}: {printable(lines[0])}", *(f"  {printable(line)}" for line in lines[1:])]
    print(*said, sep="\n", file=sys.stderr)  # noqa: T201 - the command speaks


def say(chunks: "bytes | str") -> None:
    """Writes to stdout; a reader who has gone away is no error."""
    data = chunks.encode() if isinstance(chunks, str) else chunks
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_colourful(stream: TextIO) -> bool:
    """Whether colour helps: only on a terminal that can show it, and unless NO_COLOR says otherwise."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width(stream: TextIO) -> int:
    """The columns to fill: the terminal's, $COLUMNS, or 100 in a pipe."""
    return shutil.get_terminal_size((PIPE_WIDTH, 40)).columns if stream.isatty() else _declared_width()


def _declared_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and int(columns) >= 40 else PIPE_WIDTH
