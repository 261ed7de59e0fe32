"""The whole known history of one order: the trace of one case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from checker.model.activity import Observable
from checker.model.event import Event, Value


@dataclass(frozen=True, slots=True)
class Span:
    """The time for which a log can show a kind of event, both ends inclusive, aware UTC.

    `start` None: from the order's beginning. `end` None: the source gives no completeness watermark,
    so absence counts up to `as_of` but stays provisional.
    """

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderHistory:
    """One order: its facts, what its log can show at all, and its events in canonical order.

    Canonical order is (occurred_at, rank of the activity, position in the log). `facts` are timeless
    properties (shop_id, market, shipping, is_cod, ...); an absent fact is unknown.
    """

    order_id: str
    facts: Mapping[str, Value]
    observes: Mapping[Observable, Span]
    events: tuple[Event, ...]
