"""What does one version of a policy see of one bucket of orders?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import numpy as np

from checker.engines.columnar.bucket import Bucket, activity_rows, micros
from checker.engines.columnar.probe import NEVER, NONE, Flags, Index, Ints, Window, nothing
from checker.engines.columnar.truths import Causes
from checker.model.activity import Activity
from checker.model.policy import Policy

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Sought:
    """Where the events that match a pattern stand: an index of certain and one of unsure rows, and why unsure.

    `bases` gives each row of the bucket what its group has added; None: an order is a group.
    """

    certain: Index
    unsure: Index
    causes: Ints
    bases: Ints | None

    def window(self, triggers: Ints, low: Ints, high: Ints) -> Window:
        """Rows from `low` to `high` (exclusive) that agree with each trigger."""
        return Window(None if self.bases is None else self.bases[triggers], low, high)

    def cause_of(self, rows: Ints, window: Window) -> Ints:
        """Why the rows, hits among the unsure, are unsure; NONE where there was no hit."""
        if not len(self.causes):
            return nothing(len(rows))
        place = self.unsure.before(rows if window.base is None else window.base + rows)
        return np.where(rows >= 0, self.causes.take(place, mode="clip"), NONE)


class Same:
    """A part of a policy that equals only itself."""

    __slots__ = ("part",)

    def __init__(self, part: object) -> None:
        self.part: Any = part

    def __hash__(self) -> int:
        return id(self.part)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.part is other.part


@lru_cache(maxsize=10_000)
def _spelled(same: Same) -> str:
    return repr(same.part)


def spelled(part: object) -> str:
    """What tells a part of a policy from every other: its `repr`, which tells 1 from True."""
    return _spelled(Same(part))


@dataclass(frozen=True, slots=True)
class Memory:
    """What has been worked out once."""

    known: dict[tuple[str, str], Any] = field(default_factory=dict)

    def once(self, what: str, of: str, find: Callable[[], Found]) -> Found:
        """What is found under this name, found once."""
        key = what, of
        if key not in self.known:
            self.known[key] = find()
        found: Found = self.known[key]
        return found


@dataclass(frozen=True)
class Triggers:
    """Rows at which conditions are asked and clocks begin, and what has been found out about them."""

    bucket: Bucket
    rows: Ints
    memory: Memory = field(default_factory=Memory)

    def some(self, places: Ints) -> "Triggers":
        """Some of them, in order."""
        return self if len(places) == len(self.rows) else Triggers(self.bucket, self.rows[places])

    @cached_property
    def at(self) -> Ints:
        """When they happened."""
        return self.bucket.at[self.rows]

    @cached_property
    def orders(self) -> Ints:
        """Their orders."""
        return self.bucket.order[self.rows]

    @cached_property
    def starts(self) -> Ints:
        """The first row of each one's order."""
        return self.bucket.bounds[self.orders]

    @cached_property
    def ends(self) -> Ints:
        """The row after the last of each one's order."""
        return self.bucket.bounds[self.orders + 1]


@dataclass(frozen=True, slots=True)
class Stage:
    """One bucket under one version. `hard` marks the orders that only the interpreter can judge; it grows.

    What depends on the bucket alone is kept in `of_bucket`, for all versions.
    """

    policy: Policy
    bucket: Bucket
    as_of: datetime
    causes: Causes
    hard: Flags
    of_bucket: Memory = field(default_factory=Memory)
    memory: Memory = field(default_factory=Memory)

    @property
    def now(self) -> int:
        """`as_of` in microseconds."""
        return micros(self.as_of)

    def rows_of(self, activity: Activity) -> Ints:
        """The rows of one activity."""
        return self.of_bucket.once("rows", activity.value, lambda: activity_rows(self.bucket, activity))

    def rows_of_any(self, activities: Sequence[Activity]) -> Ints:
        """The rows of these activities, in order."""
        found = [self.rows_of(activity) for activity in activities]
        return found[0] if len(found) == 1 else np.sort(np.concatenate(found)) if found else nothing(0)

    def last_per_order(self, rows: Ints) -> Ints:
        """For each order the one of these rows that stands last among them, NONE where there is none."""
        last = nothing(self.bucket.count)
        last[self.bucket.order[rows]] = rows
        return last

    def created_at(self) -> Ints:
        """When each order was created, NEVER where its log does not show it."""

        def found() -> Ints:
            first = self.last_per_order(self.rows_of(Activity.ORDER_CREATED)[::-1])
            return at_rows(self.bucket.at, first, NEVER)

        return self.of_bucket.once("created_at", "", found)


def at_rows(values: Ints, rows: Ints, otherwise: int) -> Ints:
    """The values at these rows; something else where there is no row."""
    if not len(values):
        return np.full(len(rows), otherwise, np.int64)
    # Narrow numbers are slow places to take from.
    return np.where(rows >= 0, values.take(rows.astype(np.int64, copy=False), mode="clip"), otherwise)


def stages(policies: Sequence[Policy], stage: Stage) -> tuple[Stage, ...]:
    """The same bucket under each version; what depends on the bucket alone is shared."""
    return tuple(replace(stage, policy=policy, memory=Memory()) for policy in policies)
