"""Does a log survive XES, and does another tool read it?"""

import json
from pathlib import Path

import pytest
import r4pm

from checker.loading.logs import load_log
from checker.loading.logs.canonical import write_canonical
from checker.model.error import EventLogError

EXAMPLE = Path(__file__).parents[4] / "examples" / "canonical_events.jsonl"


def log_of(tmp_path, text):
    path = tmp_path / "log.xes"
    path.write_text(text, encoding="utf-8")
    return load_log([path])


def trace(events="", facts=""):
    named = '<string key="concept:name" value="1"/>'
    return f'<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/"><trace>{named}{facts}{events}</trace></log>'


def event(name="order_created", at="2026-01-27T09:15:00+09:00"):
    cells = f'<string key="concept:name" value="{name}"/><date key="time:timestamp" value="{at}"/>'
    return f"<event>{cells}</event>"


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_round_trip(tmp_path, name):
    """What is written as XES is read as the same histories."""
    given = load_log([EXAMPLE])
    write_canonical(given, tmp_path / name)
    assert load_log([tmp_path / name]).histories == given.histories


def test_another_tool_reads_it(tmp_path):
    """A process mining library in Rust finds the orders of the log."""
    given = load_log([EXAMPLE])
    write_canonical(given, tmp_path / "log.xes")
    item = r4pm.import_item("EventLog", str(tmp_path / "log.xes"))
    projected = r4pm.bindings.log_to_activity_projection(item)
    assert r4pm.bindings.get_num_cases(projected) == len(given.histories)


def test_texts_survive(tmp_path):
    """Line ends, quotes, markup and other scripts in a message come back as they were."""
    text = 'a "b" <c> & d\r\n\te 山田'
    row = {"order_id": "1", "type": "message_sent", "ts": "2026-01-27T00:00:00Z", "actor": "seller", "text": text}
    (tmp_path / "in.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    write_canonical(load_log([tmp_path / "in.jsonl"]), tmp_path / "out.xes")
    (history,) = load_log([tmp_path / "out.xes"]).histories
    assert history.events[0].attributes["text"] == text


def test_what_xml_cannot_hold_is_replaced(tmp_path):
    """A control character becomes the replacement character; the file stays XML."""
    row = {"order_id": "1\u0000\u001b", "type": "order_created", "ts": "2026-01-27T00:00:00Z"}
    (tmp_path / "in.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    write_canonical(load_log([tmp_path / "in.jsonl"]), tmp_path / "out.xes")
    assert [history.order_id for history in load_log([tmp_path / "out.xes"]).histories] == ["1\ufffd\ufffd"]


def test_foreign_activities_are_named(tmp_path):
    """An event of another vocabulary is a data problem with its place; the others are used."""
    found = log_of(tmp_path, trace(event() + event("Ship it")))
    assert (found.tally.used, found.tally.quarantined) == (1, 1)
    assert found.problems[0].reason.startswith("unknown activity `Ship it`")


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE log [<!ENTITY a "b">]>',
        '<!DOCTYPE log SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE log [<!ENTITY a SYSTEM "http://127.0.0.1/x">]>',
    ],
)
def test_entities_are_refused(tmp_path, head):
    """No document type is read: neither bombs nor other files can come in by one."""
    with pytest.raises(EventLogError, match="declares a document type or entities"):
        log_of(tmp_path, trace(event()).replace("?>", f"?>{head}"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (trace(event())[:-20], "broken XML"),
        ("<log><entry/></log>", "no `trace` in this XML; expected an XES log"),
    ],
)
def test_no_xes(tmp_path, text, said):
    """XML that is cut off or something else says so."""
    with pytest.raises(EventLogError, match=said):
        log_of(tmp_path, text)
