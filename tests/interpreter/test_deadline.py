"""Is a due time what its arithmetic says, and is the arithmetic shown?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.interpreter.deadline import due
from checker.interpreter.scene import Scene
from checker.interpreter.truth import Unknown
from checker.model.activity import Activity
from checker.model.deadline import Deadline, Duration, FromDeadline, Unit
from checker.model.event import Actor, Event
from checker.model.finding import Due, Reason
from checker.model.history import OrderHistory
from checker.model.policy import Count, Policy

START = datetime(2026, 1, 9, 1, tzinfo=UTC)
ZONES = ("Asia/Tokyo", "America/Los_Angeles", "Europe/Berlin", "Asia/Beirut", "America/Havana", "Asia/Kathmandu")
Order = Callable[..., OrderHistory]
# Three years to the microsecond, changes of the clock included.
MOMENTS = st.integers(0, 3 * 365 * 86_400 * 10**6).map(lambda n: START + timedelta(microseconds=n))


def scene(policy: Policy, made: Order, **durations: Duration) -> Scene:
    """A scene under the shipped policy, with these values for its parameters."""
    parameters = {name: replace(policy.parameters[name], value=value) for name, value in durations.items()}
    changed = replace(policy, parameters={**policy.parameters, **parameters})
    trigger = Event("e1", "o1", Activity.PAYMENT_SUCCEEDED, START, Actor.BUYER, {})
    return Scene(changed, made(trigger), (trigger,), START)


def at(of: Scene, moment: datetime) -> Event:
    return replace(of.events[0], occurred_at=moment)


def test_every_step_of_a_chain_is_shown(policies: tuple[Policy, ...], order: Order) -> None:
    """A chained deadline shows each step, the second starting where the first ended."""
    of = scene(policies[0], order, dispatch=Duration(Unit.WORKING_DAYS, 2, calendar="jp"))
    found = due(of, Deadline("platform_batch", FromDeadline(Deadline("dispatch"))), of.events[0])
    assert isinstance(found, Due)
    first, second = found.steps
    # Friday 9 January; Monday the 12th is a holiday.
    assert (first.parameter, first.amount, first.start_at, first.skipped) == (
        "dispatch",
        2,
        START,
        (date(2026, 1, 12),),
    )
    assert first.due_at == datetime(2026, 1, 14, 14, 59, 59, 999999, UTC) == second.start_at
    assert (second.parameter, second.timezone) == ("platform_batch", "Asia/Tokyo")
    assert found.due_at == second.due_at == first.due_at + timedelta(hours=1)


@given(
    moment=MOMENTS,
    days=st.integers(0, 30),
    zone=st.sampled_from(ZONES),
)
def test_calendar_days_end_with_the_local_day(
    policies: tuple[Policy, ...], order: Order, moment: datetime, days: int, zone: str
) -> None:
    """The due instant lies on the n-th local day after the start, and the next microsecond on the day after it."""
    of = scene(policies[0], order, dispatch=Duration(Unit.CALENDAR_DAYS, days, timezone=zone))
    found = due(of, Deadline("dispatch"), at(of, moment))
    assert isinstance(found, Due)
    local = moment.astimezone(ZoneInfo(zone)).date()
    ends, begins = (found.due_at + timedelta(microseconds=n) for n in (0, 1))
    assert ends.astimezone(ZoneInfo(zone)).date() == local + timedelta(days=days)
    assert begins.astimezone(ZoneInfo(zone)).date() == local + timedelta(days=days + 1)


@given(
    moment=MOMENTS,
    hours=st.integers(0, 1000),
    zone=st.sampled_from(ZONES),
)
def test_hours_run_on_the_clock(
    policies: tuple[Policy, ...], order: Order, moment: datetime, hours: int, zone: str
) -> None:
    """Hours are hours whatever the zone does meanwhile."""
    of = scene(policies[0], order, dispatch=Duration(Unit.HOURS, hours, timezone=zone))
    found = due(of, Deadline("dispatch"), at(of, moment))
    assert isinstance(found, Due)
    assert found.due_at - moment == timedelta(hours=hours)


@given(minute=st.integers(0, 24 * 60 - 1))
def test_the_cut_off_is_local_and_inclusive(policies: tuple[Policy, ...], order: Order, minute: int) -> None:
    """From 14:00 in Tokyo on a working day counts as the next one."""
    of = scene(policies[0], order, dispatch=Duration(Unit.WORKING_DAYS, 1, calendar="jp", cut_off=time(14)))
    monday = datetime(2026, 1, 19, tzinfo=ZoneInfo("Asia/Tokyo"))
    found = due(of, Deadline("dispatch"), at(of, (monday + timedelta(minutes=minute)).astimezone(UTC)))
    assert isinstance(found, Due)
    assert found.due_at.astimezone(monday.tzinfo).date() == date(2026, 1, 21 if minute >= 14 * 60 else 20)


def test_what_cannot_be_known_names_it(policies: tuple[Policy, ...], order: Order) -> None:
    """A deadline that is not published says which parameter is missing."""
    of = scene(policies[0], order)
    assert due(of, Deadline("dispatch"), of.events[0]) == Unknown(Reason.NOT_PUBLISHED, ("dispatch",))


def test_a_parameter_that_is_no_duration(policies: tuple[Policy, ...], order: Order) -> None:
    """A count cannot be a deadline; the linter lets no such policy through."""
    of = scene(policies[0], order)
    broken = {**of.policy.parameters, "dispatch": replace(of.policy.parameters["dispatch"], value=Count(3))}
    with pytest.raises(TypeError, match="dispatch"):
        due(replace(of, policy=replace(of.policy, parameters=broken)), Deadline("dispatch"), of.events[0])
