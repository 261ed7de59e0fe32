"""Which events are one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from checker.loading.logs.merge import merged
from checker.model.activity import Activity
from checker.model.event import Actor, Event, Precision, SourceRef, Value

AT = datetime(2026, 1, 26, 1, tzinfo=UTC)


def event(source: str, activity: Activity, after: float = 0, **attributes: Value) -> Event:
    ref = SourceRef(source, f"{source}.json", 1)
    at = AT + timedelta(seconds=after)
    return Event(f"{source}{after}", "1", activity, at, Actor.UNKNOWN, attributes, refs=(ref,))


@pytest.mark.parametrize(("gap", "count"), [(1.999, 1), (2, 1), (2.001, 2)])
def test_events_within_two_seconds_are_one(gap: float, count: int) -> None:
    """The tolerance is inclusive."""
    events, _ = merged([event("order", Activity.DELIVERED), event("webhook:1", Activity.DELIVERED, gap)])
    assert len(events) == count


def test_the_better_source_gives_the_time_and_all_places_are_kept() -> None:
    """Order API before webhook before export."""
    told = [event(source, Activity.DELIVERED, n) for n, source in enumerate(("export", "webhook:1", "order"))]
    (one,), contradictions = merged(told)
    assert one.occurred_at == AT + timedelta(seconds=2)
    assert [ref.source for ref in one.refs] == ["order", "webhook:1", "export"]
    assert contradictions == []


def test_two_requests_at_one_time_stay_two() -> None:
    """Another request id is another request."""
    told = [event("cancellation", Activity.CANCEL_REQUESTED, n, request_id=str(n)) for n in (0, 1)]
    assert len(merged(told)[0]) == 2


def test_a_request_without_id_is_the_one_at_its_time() -> None:
    """The order API knows when, the cancellations API which."""
    told = [
        event("order", Activity.CANCEL_REQUESTED),
        event("cancellation", Activity.CANCEL_REQUESTED, 1, request_id="4"),
    ]
    (one,), _ = merged(told)
    assert one.attributes["request_id"] == "4"


def test_fields_are_filled_from_every_source() -> None:
    """What the best source lacks comes from the next."""
    told = [
        replace(event("order", Activity.DELIVERED, status="DELIVERED"), recorded_at=None),
        replace(event("webhook:1", Activity.DELIVERED, 1), recorded_at=AT + timedelta(hours=1), actor=Actor.CARRIER),
    ]
    (one,), _ = merged(told)
    assert (one.actor, one.recorded_at, one.attributes) == (
        Actor.CARRIER,
        AT + timedelta(hours=1),
        {"status": "DELIVERED"},
    )


def test_what_happens_once_at_two_times_is_a_contradiction() -> None:
    """The creation told differently is one creation and one problem."""
    events, contradictions = merged(
        [event("export", Activity.ORDER_CREATED), event("order", Activity.ORDER_CREATED, 90)]
    )
    assert [told.occurred_at for told in events] == [AT + timedelta(seconds=90)]
    assert contradictions[0][0].path == "export.json"


def test_two_initiators_are_a_contradiction_but_an_operator_is_of_the_platform() -> None:
    """An operator acts for the platform; a buyer does not."""
    system, operator, buyer = (
        replace(event(source, Activity.ORDER_CANCELLED), actor=actor)
        for source, actor in (("order", Actor.PLATFORM), ("canonical", Actor.OPERATOR), ("export", Actor.BUYER))
    )
    (one,), none = merged([system, operator])
    assert (one.actor, none) == (Actor.OPERATOR, [])
    assert "by buyer here, by platform in order" in merged([system, buyer])[1][0][1].reason


def test_a_minute_holds_the_seconds_in_it() -> None:
    """A stamp without seconds is the same event as an exact one of that minute."""
    coarse = replace(event("export", Activity.DELIVERED), precision=Precision.MINUTE)
    (one,), _ = merged([coarse, event("order", Activity.DELIVERED, 59)])
    assert (one.precision, one.occurred_at.second) == (Precision.SECOND, 59)
    assert len(merged([coarse, event("order", Activity.DELIVERED, 60)])[0]) == 2


def test_people_say_the_same_twice() -> None:
    """Two equal messages of one file are two; of two files they are one."""
    told = [event("message", Activity.MESSAGE_SENT, n, text="はい") for n in (0, 1)]
    assert len(merged(told)[0]) == 2
    other = replace(told[0], event_id="e9", refs=(SourceRef("canonical", "other.jsonl", 1),))
    assert len(merged([*told, other])[0]) == 2


def test_events_of_one_instant_keep_the_canonical_order() -> None:
    """Created, paid, requested, approved, cancelled, whatever the order of the lines."""
    steps = (
        Activity.ORDER_CANCELLED,
        Activity.CANCEL_APPROVED,
        Activity.CANCEL_REQUESTED,
        Activity.PAYMENT_SUCCEEDED,
        Activity.ORDER_CREATED,
    )
    events, _ = merged([event("canonical", step) for step in steps])
    assert [told.activity for told in events] == list(reversed(steps))


def test_many_events_without_request_ids_take_linear_time() -> None:
    """A hostile order of 20,000 requests is read, each as its own."""
    told = [event("canonical", Activity.CANCEL_REQUESTED, 3 * n) for n in range(20_000)]
    assert len(merged(told)[0]) == 20_000
