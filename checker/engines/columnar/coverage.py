"""Why does absence prove nothing?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from checker.engines.columnar.probe import NEVER, NONE, Flags, Ints, nothing
from checker.engines.columnar.stage import Stage, at_rows, spelled
from checker.interpreter.truth import Unknown
from checker.model.activity import SHOWN_BY, Activity, Observable
from checker.model.finding import Reason

_NO_BEGINNING = Unknown(Reason.HISTORY_INCOMPLETE, (Activity.ORDER_CREATED.value,))


@dataclass(frozen=True, slots=True)
class Stretch:
    """For each of many questions an order and the time in which nothing was seen.

    It begins and ends with instants from the order's first event to `as_of`. `start` None: since the order began. `end`
    None, or NEVER in one place: no watermark is asked for.
    """

    orders: Ints
    start: Ints | None = None
    end: Ints | None = None


def unseen(stage: Stage, activities: Sequence[Activity], stretch: Stretch) -> Ints:
    """The number of the cause why absence of these activities proves nothing, NONE where it does.

    Most logs show an order from its first event to `as_of`; only those that do not are asked about their stretch.
    """
    causes, needed = nothing(len(stretch.orders)), _needed(tuple(activities))
    doubtful = _gaps(stage, needed) if stretch.start is not None else _doubtful(stage, needed)
    asked = np.flatnonzero(doubtful[stretch.orders]) if needed and doubtful.any() else ()
    if len(asked):
        start = stage.created_at()[stretch.orders] if stretch.start is None else stretch.start
        end = None if stretch.end is None else stretch.end[asked]
        causes[asked] = _why(stage, needed, (stretch.orders[asked], start[asked], end))
    return causes


def doubtful_orders(stage: Stage, activities: Sequence[Activity]) -> Flags:
    """Of which orders absence of these activities since the beginning may prove nothing."""
    return _doubtful(stage, _needed(tuple(activities)))


@cache
def _needed(activities: tuple[Activity, ...]) -> tuple[Observable, ...]:
    return tuple(dict.fromkeys(SHOWN_BY[activity] for activity in activities))


def _doubtful(stage: Stage, needed: tuple[Observable, ...]) -> Flags:
    def found() -> Flags:
        flags: Flags = _gaps(stage, needed) | (stage.created_at() == NEVER)
        return flags

    return stage.of_bucket.once("doubtful", spelled(needed), found)


def _gaps(stage: Stage, needed: tuple[Observable, ...]) -> Flags:
    """Which orders' logs do not show all of this from the first event to `as_of`."""

    def found() -> Flags:
        flags: Flags = np.any([_gap(stage, name) for name in needed], axis=0)
        return flags

    return stage.of_bucket.once("gaps", spelled(needed), found)


def _gap(stage: Stage, name: Observable) -> Flags:
    def found() -> Flags:
        bounds, shown = stage.bucket.bounds, stage.bucket.shown[name]
        begins = at_rows(stage.bucket.at, np.where(bounds[:-1] < bounds[1:], bounds[:-1], NONE), NEVER)
        return ~shown.shows | (shown.start > begins) | (shown.end < stage.now)

    return stage.of_bucket.once("gap", name.value, found)


def _why(stage: Stage, needed: Sequence[Observable], stretch: tuple[Ints, Ints, Ints | None]) -> Ints:
    orders, start, _ = stretch
    cut = [~shows(stage, name, Stretch(*stretch)) for name in needed]
    causes = _named(stage, cut, _cause(Reason.HISTORY_INCOMPLETE, needed))
    causes[start == NEVER] = stage.causes.number(_NO_BEGINNING)
    hidden = [~stage.bucket.shown[name].shows[orders] for name in needed]
    not_shown = _named(stage, hidden, _cause(Reason.NOT_OBSERVED, needed))
    return np.where(not_shown >= 0, not_shown, causes)


def shows(stage: Stage, name: Observable, stretch: Stretch) -> Flags:
    """Whether the log shows this kind of event for so long, both ends inclusive."""
    shown, orders = stage.bucket.shown[name], stretch.orders
    found: Flags = shown.shows[orders]
    if stretch.start is not None:
        found = found & (shown.start[orders] <= stretch.start)
    return found if stretch.end is None else found & (shown.end[orders] >= stretch.end)


def _cause(reason: Reason, needed: Sequence[Observable]) -> Callable[[int], Unknown]:
    return lambda bits: Unknown(reason, tuple(name.value for bit, name in enumerate(needed) if bits >> bit & 1))


def _named(stage: Stage, flags: Sequence[Flags], cause: Callable[[int], Unknown]) -> Ints:
    """The cause of each row's combination of flags, NONE where none is up."""
    bits = np.zeros(len(flags[0]), np.int64)
    for bit, flag in enumerate(flags):
        bits |= flag.astype(np.int64) << bit
    numbers = nothing(1 << len(flags))
    for combination in np.flatnonzero(np.bincount(bits, minlength=1)):
        if combination:
            numbers[combination] = stage.causes.number(cause(int(combination)))
    return numbers[bits]
