"""How is an order history written down in a test?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from checker.harness.instants import instant
from checker.loading.policies import load_policies as load
from checker.model.activity import RANK, Activity, Observable
from checker.model.event import Actor, Event, Value
from checker.model.history import OrderHistory, Span
from checker.model.policy import Policy

SEES_ALL: Mapping[Observable, Span] = {name: Span() for name in Observable}


def load_policies(folder: str | Path | None = None) -> tuple[Policy, ...]:
    """The policies under a folder or in one file; None: those shipped. Raises: PolicyError with every problem."""
    return load(None if folder is None else Path(folder))


def at(local: str, zone: str = "UTC") -> datetime:
    """The instant of a local time such as `2025-12-01 10:00`, aware UTC; `24:00` is the day's last microsecond."""
    return instant(local, ZoneInfo(zone))


def event(activity: str | Activity, occurred_at: datetime, actor: str | Actor = "unknown", **fields: Value) -> Event:
    """One event of an order; `occurred_at` must be aware. Every further name is a field that rules can test."""
    if occurred_at.tzinfo is None:
        raise ValueError(f"`{occurred_at}` has no time zone; expected an aware datetime, such as `at(...)` gives")
    return Event("", "order", Activity(activity), occurred_at, Actor(actor), fields)


def order(
    *events: Event,
    facts: Mapping[str, Value] | None = None,
    observes: Mapping[Observable, Span] | None = None,
    order_id: str = "order",
) -> OrderHistory:
    """An order of these events in canonical order; its log shows everything unless `observes` says less."""
    ranked = sorted(events, key=lambda one: (one.occurred_at, RANK[one.activity]))
    named = (replace(one, event_id=f"e{n}", order_id=order_id) for n, one in enumerate(ranked, start=1))
    return OrderHistory(order_id, facts or {}, SEES_ALL if observes is None else observes, tuple(named))
