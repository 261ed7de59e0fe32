"""What happened: one event of an order, and where the log says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from checker.model.activity import Activity

Value = str | int | bool | date | datetime | tuple[str, ...]
"""What a field of an event or a fact of an order can hold. Instants are aware UTC; a `date` is a local day."""


class Actor(StrEnum):
    """Who acted. UNKNOWN is a real answer of most sources and never counts as somebody else."""

    BUYER = "buyer"
    SELLER = "seller"
    PLATFORM = "platform"
    OPERATOR = "operator"
    CARRIER = "carrier"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How exactly the time of an event is known; a coarser stamp means any instant of that minute or day."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class SourceRef:
    """One place in a log: a format name such as `webhook:1`, the file, and a line or a JSON pointer in it."""

    source: str
    path: str
    line: int | None = None
    pointer: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one order.

    `occurred_at` is aware UTC; with a coarser `precision` it is the first instant of the interval.
    `recorded_at` is when the source learnt of it, where known. `inferred` marks what a source did not say itself.
    `attributes` holds the other fields (status, reason, request_id, text, ...); an absent key is unknown, never empty.
    """

    event_id: str
    order_id: str
    activity: Activity
    occurred_at: datetime
    actor: Actor
    attributes: Mapping[str, Value]
    recorded_at: datetime | None = None
    precision: Precision = Precision.SECOND
    inferred: bool = False
    refs: tuple[SourceRef, ...] = ()

    def field(self, name: str) -> Value | None:
        """The value of a field, or None where it is unknown; an unknown actor is None too."""
        if name == "actor":
            return None if self.actor is Actor.UNKNOWN else self.actor.value
        return self.attributes.get(name)


def is_seen(event: Event, as_of: datetime) -> bool:
    """Whether the event had happened and been recorded by then (inclusive)."""
    return event.occurred_at <= as_of and (event.recorded_at is None or event.recorded_at <= as_of)
