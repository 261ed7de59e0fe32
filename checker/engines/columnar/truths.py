"""What can be said of a claim about many rows at once, in Kleene's logic, and why not more?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from checker.engines.columnar.probe import NONE, Codes, Flags, Ints, nothing
from checker.interpreter import truth
from checker.interpreter.truth import Truth, Unknown

FALSE, UNKNOWN, TRUE = np.uint8(0), np.uint8(1), np.uint8(2)
"""In this order `all` is the least and `any` is the greatest."""


@dataclass(slots=True)
class Causes:
    """Every distinct cause of not knowing, by number."""

    known: list[Unknown] = field(default_factory=list)
    numbers: dict[Unknown, int] = field(default_factory=dict)
    repetitive: list[int] = field(default_factory=list)

    def number(self, cause: Unknown) -> int:
        """The number of a cause."""
        if cause not in self.numbers:
            self.numbers[cause] = len(self.known)
            self.known.append(cause)
            if len({*cause.missing}) < len(cause.missing):
                self.repetitive.append(self.numbers[cause])
        return self.numbers[cause]

    def merged(self, first: Ints, second: Ints) -> Ints:
        """Row by row the cause of two causes together; NONE where there is none."""
        result = np.where(first < 0, second, first)
        for number in self.repetitive:
            # What is merged names each missing thing once, even if it is merged with nothing.
            result[result == number] = self._merged_pair(number, number)
        both = np.flatnonzero((first >= 0) & (second >= 0) & (first != second))
        if not len(both):
            return result
        pairs, place = np.unique(first[both] << 32 | second[both], return_inverse=True)
        numbers = [self._merged_pair(int(pair) >> 32, int(pair) & 0xFFFFFFFF) for pair in pairs]
        result[both] = np.array(numbers, np.int64)[place]
        return result

    def _merged_pair(self, first: int, second: int) -> int:
        merged = truth.all_of([Truth(None, self.known[first]), Truth(None, self.known[second])])
        if merged.cause is None:
            raise AssertionError("two causes make a cause")
        return self.number(merged.cause)


@dataclass(frozen=True, slots=True)
class Truths:
    """FALSE, UNKNOWN or TRUE per row; the number of the cause where unknown, NONE elsewhere.

    `used` are columns of event rows (NONE: no event) that made it so, in the order of the search.
    """

    value: Codes
    cause: Ints
    used: tuple[Ints, ...] = ()

    def at(self, places: Ints) -> "Truths":
        """The same for some of the rows."""
        return Truths(self.value[places], self.cause[places], tuple(slot[places] for slot in self.used))


def known(flags: Flags, used: tuple[Ints, ...] = ()) -> Truths:
    """TRUE or FALSE per row."""
    return Truths(np.where(flags, TRUE, FALSE), nothing(len(flags)), used)


def unless_unknown(truths: Truths, cause: Ints) -> Truths:
    """The same, but UNKNOWN where there is a cause."""
    is_unknown = cause >= 0
    if not is_unknown.any():
        return truths
    used = tuple(np.where(is_unknown, NONE, slot) for slot in truths.used)
    return Truths(np.where(is_unknown, UNKNOWN, truths.value), np.where(is_unknown, cause, truths.cause), used)


def negated(truths: Truths) -> Truths:
    """The opposite; unknown stays unknown."""
    return Truths(TRUE - truths.value, truths.cause, truths.used)


def all_of(causes: Causes, parts: Sequence[Truths], count: int) -> Truths:
    """True where all are, false where any is, else unknown."""
    return _combined(causes, parts, FALSE) if parts else known(np.ones(count, np.bool_))


def any_of(causes: Causes, parts: Sequence[Truths], count: int) -> Truths:
    """True where any is, false where all are, else unknown."""
    return _combined(causes, parts, TRUE) if parts else known(np.zeros(count, np.bool_))


def _combined(causes: Causes, parts: Sequence[Truths], absorbing: np.uint8) -> Truths:
    """The parts together, where one that is absorbing settles the whole."""
    value = parts[0].value
    for part in parts[1:]:
        value = np.maximum(value, part.value) if absorbing else np.minimum(value, part.value)
    return Truths(value, _causes(causes, parts, value == UNKNOWN), _used(parts, value, absorbing))


def _causes(causes: Causes, parts: Sequence[Truths], is_unknown: Flags) -> Ints:
    """The causes of all parts together, where they leave the whole unknown."""
    result = nothing(len(is_unknown))
    if is_unknown.any():
        for part in parts:
            result = causes.merged(result, part.cause)
        result[~is_unknown] = NONE
    return result


def _used(parts: Sequence[Truths], value: Codes, absorbing: np.uint8) -> tuple[Ints, ...]:
    """The events of all parts; where one part alone has settled it, of the first such part."""
    if not any(part.used for part in parts) or len(parts) == 1:
        return parts[0].used
    is_open = value != absorbing
    used: list[Ints] = []
    settled = np.zeros(len(value), np.bool_)
    for part in parts:
        settles = ~settled & (part.value == absorbing)
        used += (np.where(is_open | settles, slot, NONE) for slot in part.used)
        settled |= settles
    return tuple(used)
