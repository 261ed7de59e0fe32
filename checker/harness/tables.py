"""How are rows of words put under one another, CJK characters two columns wide?"""

from collections.abc import Sequence
from unicodedata import east_asian_width


def table(rows: Sequence[Sequence[str]]) -> str:
    """The rows, each column as wide as its widest cell."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return "".join(
        "  ".join(padded(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows
    )


def padded(cell: str, wide: int) -> str:
    """The cell, filled up with spaces."""
    return cell + " " * (wide - width(cell))


def width(text: str) -> int:
    """The columns that the text takes on a terminal."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
