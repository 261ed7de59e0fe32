"""How does a test look on a line of time?

One row per moment, gaps log-scaled so that a second and two days both show; labels are wrapped to stay inside.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

from checker.harness.instants import quantity, written
from checker.harness.sentence import spoken

WIDTH, LABEL_AT, LINE_AT, ROW, LEAST_GAP = 340, 100, 84, 17, 10
_WIDE, _NARROW = 13.0, 7.2
_ROOM = WIDTH - LABEL_AT - 4


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the line: an event, a due time, or the check (`kind` is also its style)."""

    at: datetime
    label: str
    kind: str


def picture(marks: Sequence[Mark], zone: ZoneInfo, language: str, title: str) -> str:
    """The picture as SVG, in a colour scheme that the page sets by class; `title` is read out to the blind."""
    ordered = sorted(marks, key=lambda mark: mark.at)
    body, y, last = list[str](), 16.0, None
    for mark in ordered:
        if last is not None:
            gap = _gap(mark.at - last.at)
            if gap > ROW:
                body.append(_text(LINE_AT - 12, y + gap / 2 + 4, "gap", _span(mark.at - last.at, language), "end"))
            body.append(f'<line class="time" x1="{LINE_AT}" x2="{LINE_AT}" y1="{y:.0f}" y2="{y + gap:.0f}"/>')
            y += gap
        lines = (*_wrapped(written(mark.at, zone)), *_wrapped(mark.label))
        body += _row(mark, lines, y)
        bottom = y + ROW * (len(lines) - 1)
        if mark is not ordered[-1]:
            body.append(f'<line class="time" x1="{LINE_AT}" x2="{LINE_AT}" y1="{y:.0f}" y2="{bottom:.0f}"/>')
        y, last = bottom, mark
    head = f'<svg class="picture" role="img" viewBox="0 0 {WIDTH} {y + 12:.0f}" xmlns="http://www.w3.org/2000/svg">'
    return f"{head}<title>{escape(title)}</title>{''.join(body)}</svg>"


def _row(mark: Mark, lines: Sequence[str], y: float) -> Iterator[str]:
    yield _shape(mark.kind, y)
    for number, line in enumerate(lines):
        kind = "when" if number == 0 else f"what {mark.kind}"
        yield _text(LABEL_AT, y + 5 + ROW * number, kind, line)


def _shape(kind: str, y: float) -> str:
    if kind == "due":
        return f'<line class="due" x1="{LINE_AT - 10}" x2="{LINE_AT + 10}" y1="{y:.0f}" y2="{y:.0f}"/>'
    if kind.startswith("check"):
        return f'<rect class="{kind}" x="{LINE_AT - 6}" y="{y - 6:.0f}" width="12" height="12" rx="3"/>'
    return f'<circle class="event" cx="{LINE_AT}" cy="{y:.0f}" r="5"/>'


def _text(x: float, y: float, kind: str, text: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(text)}</text>'


def _gap(distance: timedelta) -> float:
    """The height of a gap: least for the same instant, some twelve more for every tenfold."""
    return LEAST_GAP + ROW / 2 + 6 * math.log10(1 + distance.total_seconds())


def _span(distance: timedelta, language: str) -> str:
    """A distance as a reader would say it: `110 minutes`, `48 hours`, `3.5 days`."""
    seconds = distance.total_seconds()
    if seconds >= 3 * 86400:
        return spoken("quantity", f"{seconds / 86400:.3g} days", language)
    if seconds >= 3 * 3600:
        return spoken("quantity", f"{seconds / 3600:.3g} hours", language)
    return spoken("quantity", quantity(distance), language)


def _wrapped(text: str) -> tuple[str, ...]:
    """The text in lines that fit beside the line of time."""
    lines, line, room = list[str](), "", float(_ROOM)
    for piece in _pieces(text):
        wide = _width(piece)
        if wide > room and line:
            lines.append(line.rstrip())
            line, room, piece = "", float(_ROOM), piece.lstrip()
        line, room = line + piece, room - wide
    return (*lines, line.rstrip())


def _pieces(text: str) -> Iterator[str]:
    """Where a line may break: around every CJK character, after spaces and underscores, and in long words."""
    word = ""
    for char in text:
        is_wide = east_asian_width(char) in "WF"
        if is_wide and word:
            yield word
            word = ""
        word += char
        if is_wide or char in " _-/" or len(word) >= 24:
            yield word
            word = ""
    if word:
        yield word


def _width(text: str) -> float:
    return sum(_WIDE if east_asian_width(char) in "WFA" else _NARROW for char in text)
