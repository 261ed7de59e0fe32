"""What holds of every finding on every order?"""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.interpreter import judge
from checker.model.activity import RANK, Activity
from checker.model.event import Actor, Event
from checker.model.finding import Due, Finding, Reason, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy

AFTER = (0, 1, 47, 48, 49, 51, 100, 600)
MORE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="session")
def drawn(histories_of_orders: st.SearchStrategy[OrderHistory]) -> st.SearchStrategy[OrderHistory]:
    return histories_of_orders


def as_of(history: OrderHistory, hours: int) -> datetime:
    start = history.events[0].occurred_at if history.events else datetime(2026, 1, 5, tzinfo=ZoneInfo("UTC"))
    return start + timedelta(hours=hours)


def with_events(history: OrderHistory, *events: Event) -> OrderHistory:
    every = sorted([*history.events, *events], key=lambda event: (event.occurred_at, RANK[event.activity]))
    return replace(history, events=tuple(every))


def about(finding: Finding) -> tuple[str, str | None]:
    """The instance that a finding is about."""
    trigger = finding.evidence.trigger
    return finding.rule.rule, None if trigger is None else trigger.event_id


@MORE
@given(data=st.data(), hours=st.sampled_from(AFTER))
def test_the_same_twice(
    drawn: st.SearchStrategy[OrderHistory], policies: tuple[Policy, ...], data: st.DataObject, hours: int
) -> None:
    """The same order at the same time has the same findings."""
    history = data.draw(drawn)
    now = as_of(history, hours)
    assert judge(history, policies, now) == judge(history, policies, now)


@MORE
@given(data=st.data(), hours=st.sampled_from(AFTER))
def test_the_future_changes_nothing(
    drawn: st.SearchStrategy[OrderHistory], policies: tuple[Policy, ...], data: st.DataObject, hours: int
) -> None:
    """What happens, or is recorded, after the audit's time makes no difference."""
    history = data.draw(drawn)
    now = as_of(history, hours)
    past = replace(history, events=tuple(event for event in history.events if event.occurred_at <= now))
    late = [
        replace(event, event_id=f"late {event.event_id}", recorded_at=now + timedelta(microseconds=1))
        for event in past.events
    ]
    assert judge(history, policies, now) == judge(past, policies, now) == judge(with_events(past, *late), policies, now)


@MORE
@given(data=st.data(), hours=st.sampled_from(AFTER), zone=st.sampled_from(["Asia/Tokyo", "America/Los_Angeles"]))
def test_the_zone_of_an_instant_means_nothing(
    drawn: st.SearchStrategy[OrderHistory], policies: tuple[Policy, ...], data: st.DataObject, hours: int, zone: str
) -> None:
    """The same instants written in another zone give the same findings."""
    history = data.draw(drawn)
    now, elsewhere = as_of(history, hours), ZoneInfo(zone)
    moved = tuple(replace(event, occurred_at=event.occurred_at.astimezone(elsewhere)) for event in history.events)
    assert judge(replace(history, events=moved), policies, now.astimezone(elsewhere)) == judge(history, policies, now)


@MORE
@given(data=st.data(), hours=st.sampled_from(AFTER), place=st.integers(0, 60))
def test_an_unrelated_event_changes_nothing(
    drawn: st.SearchStrategy[OrderHistory], policies: tuple[Policy, ...], data: st.DataObject, hours: int, place: int
) -> None:
    """An activity that no rule names may happen at any time."""
    history = data.draw(drawn)
    now = as_of(history, hours)
    if not any(event.occurred_at <= now for event in history.events):
        return  # An order becomes one with its first visible event, whatever that is.
    other = Event("x", "o1", Activity.ADDRESS_UPDATED, as_of(history, place), Actor.BUYER, {})
    assert judge(with_events(history, other), policies, now) == judge(history, policies, now)


@MORE
@given(data=st.data(), hours=st.sampled_from(AFTER), later=st.sampled_from(AFTER))
def test_what_happened_has_happened(
    drawn: st.SearchStrategy[OrderHistory], policies: tuple[Policy, ...], data: st.DataObject, hours: int, later: int
) -> None:
    """A forbidden thing that happened is found at every later time."""
    history = data.draw(drawn)
    now = as_of(history, hours)
    before = {about(f) for f in judge(history, policies, now) if f.evidence.reason is Reason.HAPPENED}
    after = {
        about(f) for f in judge(history, policies, now + timedelta(hours=later)) if f.evidence.reason is Reason.HAPPENED
    }
    assert before <= after


@MORE
@given(data=st.data(), hours=st.sampled_from(AFTER), later=st.sampled_from(AFTER))
def test_a_missed_deadline_stays_missed(
    drawn: st.SearchStrategy[OrderHistory], policies: tuple[Policy, ...], data: st.DataObject, hours: int, later: int
) -> None:
    """Nothing that happens afterwards turns a missed deadline into a kept one."""
    history = data.draw(drawn)
    now = as_of(history, hours)
    missed = {about(f) for f in judge(history, policies, now) if f.evidence.reason in (Reason.NOT_DONE, Reason.LATE)}
    found = {about(f): f.verdict for f in judge(history, policies, now + timedelta(hours=later))}
    assert {found[instance] for instance in missed} <= {Verdict.VIOLATED, Verdict.UNDETERMINED}


@MORE
@given(data=st.data(), hours=st.sampled_from(AFTER))
def test_undetermined_says_what_is_missing(
    drawn: st.SearchStrategy[OrderHistory], policies: tuple[Policy, ...], data: st.DataObject, hours: int
) -> None:
    """A finding that cannot be made names the data that would settle it, and no other finding names any."""
    history = data.draw(drawn)
    for finding in judge(history, policies, as_of(history, hours)):
        assert bool(finding.evidence.missing) is (finding.verdict is Verdict.UNDETERMINED)


@MORE
@given(data=st.data(), hours=st.sampled_from(AFTER))
def test_verdicts_agree_with_their_due_times(
    drawn: st.SearchStrategy[OrderHistory], policies: tuple[Policy, ...], data: st.DataObject, hours: int
) -> None:
    """Pending is not yet due, and late is later than due."""
    history = data.draw(drawn)
    now = as_of(history, hours)
    for finding in judge(history, policies, now):
        evidence = finding.evidence
        if finding.verdict is Verdict.PENDING and isinstance(evidence.due, Due):
            assert evidence.due.due_at >= now
        if evidence.reason is Reason.LATE:
            assert evidence.late_by is not None
            assert evidence.late_by > timedelta()
        if evidence.reason in (Reason.NOT_DONE, Reason.LATE):
            assert evidence.due is not None
            assert evidence.due.due_at < now


@MORE
@given(data=st.data(), hours=st.sampled_from(AFTER))
def test_a_blind_log_accuses_and_clears_nobody_by_absence(
    drawn: st.SearchStrategy[OrderHistory], policies: tuple[Policy, ...], data: st.DataObject, hours: int
) -> None:
    """From a log that can show nothing, no verdict rests on what did not happen."""
    history = replace(data.draw(drawn), observes={})
    absent = {Reason.NOT_DONE, Reason.DID_NOT_HAPPEN, Reason.NOT_PRECEDED, Reason.OPEN, Reason.LATE}
    assert absent.isdisjoint(f.evidence.reason for f in judge(history, policies, as_of(history, hours)))
