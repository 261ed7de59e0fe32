"""Does a log survive OCEL 2.0, and does another tool read it?"""

import json
from pathlib import Path

import pytest
import r4pm

from checker.loading.logs import load_log
from checker.loading.logs.canonical import write_canonical

EXAMPLE = Path(__file__).parents[4] / "examples" / "canonical_events.jsonl"


def log_of(tmp_path, **parts):
    empty = {"objectTypes": [], "eventTypes": [], "objects": [], "events": []}
    path = tmp_path / "log.json"
    path.write_text(json.dumps(empty | parts), encoding="utf-8")
    return load_log([path])


def event(kind="order_created", *objects):
    related = [{"objectId": name, "qualifier": "order"} for name in objects or ("o1",)]
    return {"id": "e1", "type": kind, "time": "2026-01-27T00:00:00Z", "attributes": [], "relationships": related}


@pytest.mark.parametrize("name", ["log.json", "log.json.gz"])
def test_round_trip(tmp_path, name):
    """What is written as OCEL is read as the same histories."""
    given = load_log([EXAMPLE])
    write_canonical(given, tmp_path / name)
    assert load_log([tmp_path / name]).histories == given.histories


def test_another_tool_reads_it(tmp_path):
    """A process mining library in Rust finds the events, and orders, requests, products and shops as objects."""
    given = load_log([EXAMPLE])
    write_canonical(given, tmp_path / "log.json")
    item = r4pm.import_item("OCEL", str(tmp_path / "log.json"))
    events = [event for history in given.histories for event in history.events]
    requests = {event.attributes["request_id"] for event in events if "request_id" in event.attributes}
    facts = [history.facts for history in given.histories]
    products = {name for known in facts for name in known.get("product_ids", ())}
    shops = {known["shop_id"] for known in facts if "shop_id" in known}
    assert r4pm.bindings.num_events(item) == len(events)
    assert r4pm.bindings.num_objects(item) == len(given.histories) + len(requests) + len(products) + len(shops)


def test_an_event_of_several_orders(tmp_path):
    """An event that is related to two orders happened to both."""
    objects = [{"id": name, "type": "order"} for name in ("o1", "o2")]
    found = log_of(tmp_path, objects=objects, events=[event("order_created", "o1", "o2")])
    assert [history.order_id for history in found.histories] == ["o1", "o2"]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("text", "missing field `type`"),
        (event("Ship it"), "unknown activity `Ship it`"),
        (event("order_created", "nobody"), "missing field `order_id`"),
        (event() | {"time": "yesterday"}, "`ts` is `yesterday`, no time"),
        (event() | {"relationships": 7}, "missing field `order_id`"),
    ],
)
def test_broken_events_are_named(tmp_path, broken, said):
    """An event that cannot be used is a data problem; the others are used."""
    found = log_of(tmp_path, objects=[{"id": "o1", "type": "order"}], events=[event(), broken])
    assert (found.tally.used, found.tally.quarantined) == (1, 1)
    assert found.problems[0].reason.startswith(said)
