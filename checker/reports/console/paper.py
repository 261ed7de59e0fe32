"""How does text sit on a terminal: wrapped at its width, wide characters counted as two, nothing in it obeyed?"""

from collections.abc import Iterator
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from checker.reports.printable import printable

_NEVER_FIRST = frozenset("、。，．；：！？）」』】〉》”’…ー々ァィゥェォッャュョぁぃぅぇぉっゃゅょ,.;:!?)]}")
_NEVER_LAST = frozenset("（「『【〈《“‘([{")
_LEAST_ROOM = 20

Piece = str | tuple[str, str]
"""A text, or a text and its style."""


class Paper:
    """Lines of styled text; everything put on it is made printable first."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self.width = width
        self._text = StringIO()
        self._console = Console(
            file=self._text,
            width=max(width, 40),
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    def put(self, *pieces: Piece, indent: int = 0, hang: int = 0) -> None:
        """One paragraph, `indent` columns in, its further lines `hang` columns more."""
        text = _joined(pieces)
        first = max(self.width - indent, _LEAST_ROOM)
        rest = max(self.width - indent - hang, _LEAST_ROOM)
        lines = text.divide(list(breaks(text.plain, first, rest)))
        for number, line in enumerate(lines):
            line.rstrip()
            margin = " " * (indent + (hang if number else 0))
            self._console.print(Text(margin) + line, soft_wrap=True)

    def uncut(self, text: str, indent: int, style: str = "") -> None:
        """One line that is never broken, for a reader to copy."""
        self._console.print(Text(" " * indent + printable(text), style), soft_wrap=True)

    def gap(self) -> None:
        """An empty line."""
        self._console.print()

    def render(self) -> Iterator[bytes]:
        """Everything put on it."""
        yield self._text.getvalue().encode("utf-8", "replace")


def _joined(pieces: tuple[Piece, ...]) -> Text:
    text = Text()
    for piece in pieces:
        told, style = (piece, "") if isinstance(piece, str) else piece
        text.append(printable(told), style)
    return text


def breaks(text: str, first: int, rest: int) -> Iterator[int]:
    """Where new lines begin, so that the first fits `first` columns and the others `rest`.

    A line ends at a space or beside a wide character, never before a closing mark nor after an opening one; a word
    that is longer than a line is cut.
    """
    start, room, used, allowed = 0, first, 0, 0
    for place, char in enumerate(text):
        if place > start and _may_break(text[place - 1], char):
            allowed = place
        used += cell_len(char)
        if used > room and char != " ":
            start = allowed if allowed > start else place
            yield start
            room, used = rest, cell_len(text[start : place + 1])


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return after != " "
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return cell_len(before) == 2 or cell_len(after) == 2


def padded(text: str, columns: int) -> str:
    """The text with spaces up to so many columns."""
    return text + " " * max(columns - cell_len(printable(text)), 0)
