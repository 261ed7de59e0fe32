"""What does one version of a policy see of one bucket of orders?"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np

from checker.engines.columnar.bucket import Bucket, activity_rows, micros
from checker.engines.columnar.probe import NEVER, NONE, Flags, Ints, Window, first_in
from checker.engines.columnar.truths import Causes, Truths
from checker.model.activity import Activity
from checker.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Sought:
    """Where the events that match a pattern stand: sorted keys of certain and of unsure rows, and why unsure.

    `bases` gives each row of the bucket what its group has added; None: an order is a group.
    """

    certain: Ints
    unsure: Ints
    causes: Ints
    bases: Ints | None

    def window(self, triggers: Ints, low: Ints, high: Ints) -> Window:
        """Rows from `low` to `high` (exclusive) that agree with each trigger."""
        return Window(np.zeros(len(triggers), np.int64) if self.bases is None else self.bases[triggers], low, high)

    def cause_of(self, rows: Ints, window: Window) -> Ints:
        """Why the rows, hits among the unsure, are unsure; NONE where there was no hit."""
        if not len(self.unsure):
            return np.full(len(rows), NONE, np.int64)
        place = np.searchsorted(self.unsure, window.base + rows)
        return np.where(rows >= 0, self.causes[np.clip(place, 0, len(self.causes) - 1)], NONE)


@dataclass(slots=True)
class Memory:
    """What has been worked out once for a bucket under one version."""

    judged: dict[tuple[str, str], Truths] = field(default_factory=dict)
    matched: dict[str, tuple[Ints, Truths]] = field(default_factory=dict)
    sought: dict[str, Sought] = field(default_factory=dict)
    bases: dict[tuple[str, ...], Ints] = field(default_factory=dict)
    activities: dict[Activity, Ints] = field(default_factory=dict)
    created_at: list[Ints] = field(default_factory=list)
    stated: dict[tuple[tuple[str, ...] | None, tuple[str, ...]], Ints] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """One bucket under one version. `hard` marks the orders that only the interpreter can judge; it grows."""

    policy: Policy
    bucket: Bucket
    as_of: datetime
    causes: Causes
    hard: Flags
    memory: Memory = field(default_factory=Memory)

    @property
    def now(self) -> int:
        """`as_of` in microseconds."""
        return micros(self.as_of)

    def rows_of(self, activity: Activity) -> Ints:
        """The rows of one activity, worked out once."""
        known = self.memory.activities
        if activity not in known:
            known[activity] = activity_rows(self.bucket, activity)
        return known[activity]

    def rows_of_any(self, activities: Sequence[Activity]) -> Ints:
        """The rows of these activities, in order."""
        found = [self.rows_of(activity) for activity in activities]
        return found[0] if len(found) == 1 else np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)

    def starts(self, rows: Ints) -> Ints:
        """The first row of each row's order."""
        return self.bucket.bounds[self.bucket.order[rows]]

    def ends(self, rows: Ints) -> Ints:
        """The row after the last of each row's order."""
        return self.bucket.bounds[self.bucket.order[rows] + 1]

    def whole_orders(self) -> Window:
        """A window over the whole of each order."""
        bounds = self.bucket.bounds
        return Window(np.zeros(len(bounds) - 1, np.int64), bounds[:-1], bounds[1:])

    def created_at(self) -> Ints:
        """When each order was created, NEVER where its log does not show it; worked out once."""
        if not self.memory.created_at:
            first = first_in(self.rows_of(Activity.ORDER_CREATED), self.whole_orders())
            self.memory.created_at.append(at_rows(self.bucket.at, first, NEVER))
        return self.memory.created_at[0]


def at_rows(values: Ints, rows: Ints, otherwise: int) -> Ints:
    """The values at these rows; something else where there is no row."""
    if not len(values):
        return np.full(len(rows), otherwise, np.int64)
    return np.where(rows >= 0, values[np.clip(rows, 0, None)], otherwise)


def stages(policies: Sequence[Policy], stage: Stage) -> tuple[Stage, ...]:
    """The same bucket under each version; what depends on the bucket alone is shared."""
    shared = stage.memory
    return tuple(
        replace(
            stage,
            policy=policy,
            memory=Memory(bases=shared.bases, activities=shared.activities, created_at=shared.created_at),
        )
        for policy in policies
    )
