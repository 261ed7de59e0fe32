"""What must hold for every policy and every order, whatever the rules say?

Each raises AssertionError with what changed.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from checker.interpreter import judge
from checker.model.activity import Activity
from checker.model.event import Actor, Event
from checker.model.finding import Finding, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.rule import Classification

_UNRELATED = (Activity.ADDRESS_UPDATED, Activity.PACKAGE_UPDATED, Activity.RETURN_STATUS_CHANGED)


def violations_stay(history: OrderHistory, policies: Sequence[Policy], as_of: datetime, later: datetime) -> None:
    """What is violated at `as_of` is still violated at a later time: events to come take no violation back."""
    tables = {rule.head.id for policy in policies for rule in policy.rules if isinstance(rule, Classification)}
    after = {_key(finding): finding.verdict for finding in judge(history, policies, later)}
    for finding in judge(history, policies, as_of):
        if finding.verdict is Verdict.VIOLATED and finding.rule.rule not in tables:
            _same(finding.verdict, after.get(_key(finding)), f"{finding.rule} was violated and no longer is")


def future_is_invisible(history: OrderHistory, policies: Sequence[Policy], as_of: datetime) -> None:
    """Events after `as_of` change nothing."""
    past = replace(history, events=tuple(event for event in history.events if event.occurred_at <= as_of))
    _same(judge(past, policies, as_of), judge(history, policies, as_of), "an event of the future was seen")


def zone_changes_nothing(history: OrderHistory, policies: Sequence[Policy], as_of: datetime, zone: str) -> None:
    """The same instants, written in another zone, give the same findings."""
    local = ZoneInfo(zone)
    events = tuple(replace(event, occurred_at=event.occurred_at.astimezone(local)) for event in history.events)
    moved = judge(replace(history, events=events), policies, as_of.astimezone(local))
    _same(
        judge(history, policies, as_of), moved, f"the findings depend on the zone `{zone}` that instants are written in"
    )


def unrelated_event_changes_nothing(history: OrderHistory, policies: Sequence[Policy], as_of: datetime) -> None:
    """An event of which no rule speaks changes nothing. Does nothing where the policies speak of every event."""
    spoken = repr([policy.rules for policy in policies])
    unspoken = next((activity for activity in _UNRELATED if repr(activity) not in spoken), None)
    if unspoken is None or not history.events:
        return
    last = max(event.occurred_at for event in history.events)
    stray = Event("stray", history.order_id, unspoken, last, Actor.UNKNOWN, {})
    more = replace(history, events=(*history.events, stray))
    _same(judge(history, policies, as_of), judge(more, policies, as_of), f"`{unspoken.value}` changed a finding")


def wall_clock_is_not_read(history: OrderHistory, policies: Sequence[Policy], as_of: datetime) -> None:
    """The findings are the same at whatever time the check is made."""
    usual = judge(history, policies, as_of)
    for distance in (timedelta(days=-4000), timedelta(days=4000)):
        frozen: AbstractContextManager[Any] = freeze_time(as_of + distance)
        with frozen:
            _same(usual, judge(history, policies, as_of), "the findings depend on the clock on the wall")


def _key(finding: Finding) -> tuple[str, str | None]:
    trigger = finding.evidence.trigger
    return finding.rule.rule, None if trigger is None else trigger.event_id


def _same(one: object, other: object, what: str) -> None:
    if one != other:
        raise AssertionError(f"{what}: {one} against {other}")
