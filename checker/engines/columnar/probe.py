"""Which row comes next, or came last, among the rows of the same order and keys?"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.signedinteger[Any]]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]
Codes = npt.NDArray[np.uint8]

NONE = -1
NEVER = int(np.iinfo(np.int64).min)
"""The instant that stands for no instant; earlier than every other."""
FOREVER = int(np.iinfo(np.int64).max)


@dataclass(frozen=True, slots=True)
class Window:
    """Where each of many searches looks: rows from `low` (inclusive) to `high` (exclusive) of its group.

    `base` is what a row of the group has added to its number in an index (NONE: it belongs to no group); None: an
    order is a group, and nothing is added.
    """

    base: Ints | None
    low: Ints
    high: Ints


def nothing(count: int) -> Ints:
    """A column of NONE."""
    return np.full(count, NONE, np.int64)


@dataclass(frozen=True)
class Index:
    """Sorted keys to search: rows out of so many, or - with no `size` - rows with what their groups have added."""

    keys: Ints
    size: int = 0

    @cached_property
    def _counts(self) -> Ints:
        """How many keys come before each row, and before the end."""
        counts = np.zeros(self.size + 1, np.int64)
        counts[self.keys + 1] = 1
        return np.cumsum(counts, out=counts)

    def before(self, keys: Ints) -> Ints:
        """How many keys of the index are smaller than each of these: counted once where many ask, else searched."""
        return self._counts[keys] if len(keys) > self.size // 16 > 0 else np.searchsorted(self.keys, keys)


def first_in(index: Index, window: Window) -> Ints:
    """The first row of the index within each window, or NONE."""
    return _hit(index, index.before(_key(window, window.low)), window)


def last_in(index: Index, window: Window) -> Ints:
    """The last row of the index within each window, or NONE."""
    return _hit(index, index.before(_key(window, window.high)) - 1, window)


def _key(window: Window, row: Ints) -> Ints:
    return row if window.base is None else window.base + row


def _hit(index: Index, place: Ints, window: Window) -> Ints:
    """The row at each place of the index, if it is in the window; a place beyond either end stands for one outside."""
    if not len(index.keys):
        return nothing(len(place))
    row = index.keys.take(place, mode="clip")
    if window.base is None:
        return np.where((row >= window.low) & (row < window.high), row, NONE)
    row = row - window.base
    return np.where((row >= window.low) & (row < window.high) & (window.base >= 0), row, NONE)


def bisected(low: Ints, high: Ints, is_beyond: Callable[[Flags, Ints], Flags]) -> Ints:
    """The first place from `low` to `high` (exclusive) that is beyond, else `high`.

    `is_beyond` is asked of some searches (a mask) at one place each; once true it stays true.
    """
    low, high = low.copy(), high.copy()
    while (busy := low < high).any():
        middle = (low[busy] + high[busy]) // 2
        beyond = is_beyond(busy, middle)
        high[busy] = np.where(beyond, middle, high[busy])
        low[busy] = np.where(beyond, low[busy], middle + 1)
    return low


def distinct(keys: Ints) -> tuple[Ints, Ints]:
    """A place of each distinct key, in order of the keys, and which of them each place has."""
    if not len(keys):
        return keys, keys
    low, span = int(keys.min()), int(keys.max()) - int(keys.min()) + 1
    if span > 4 * len(keys) + 1024:
        _, places, which = np.unique(keys, return_index=True, return_inverse=True)
        return places, which
    example = np.full(span, NONE, np.int64)
    example[keys - low] = np.arange(len(keys))
    number = np.cumsum(example >= 0) - 1
    return example[example >= 0], number[keys - low]
