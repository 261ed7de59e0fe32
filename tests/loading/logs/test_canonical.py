"""Writing the canonical form and reading it back."""

import tempfile
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.loading.logs import load_log
from checker.loading.logs.canonical import write_canonical
from checker.model.activity import Activity, Observable
from checker.model.error import EventLogError, UsageError
from checker.model.event import Actor, Event, Precision, SourceRef
from checker.model.history import OrderHistory, Span
from checker.model.report import EventLog, Tally

LOGS = Path(__file__).parents[3] / "examples" / "logs"
CANONICAL = LOGS.parent / "canonical_events.jsonl"
FORMS = ("log.jsonl", "log.csv", "log.parquet", "log.jsonl.gz", "log.csv.gz")
START = datetime(2026, 1, 1, tzinfo=UTC)

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=12)
TRICKY = st.sampled_from(
    ["=1+1", "'x", "'=x", "-1", "\t", "2026-01-30", "2026-01-30T00:00:00Z", 'a,b;c\r\n"d"', "％#@;%41"]
)
INSTANT = st.integers(0, 10**12).map(lambda micros: START + timedelta(microseconds=micros))
NAMES = st.sampled_from(["note", "warehouse", "is_gift", "配送"])
VALUE = st.one_of(
    TEXT,
    TRICKY,
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.dates(date(2000, 1, 1), date(2099, 1, 1)),
    INSTANT,
    st.lists(TEXT, min_size=1, max_size=3).map(tuple),
)
COLUMN = st.sampled_from(["reason_text", "text", "lang", "channel", "conversation_id", "deadline_name"])
ATTRIBUTES = st.builds(
    lambda texts, extra, due: {**texts, **extra, **({"due": due} if due else {})},
    st.dictionaries(COLUMN, TEXT | TRICKY, max_size=3),
    st.dictionaries(NAMES, VALUE, max_size=3),
    st.none() | INSTANT,
)
POINTER = st.sampled_from([None, "/a/0", "/a#;%"])
REFS = st.lists(
    st.builds(SourceRef, TEXT | TRICKY, TEXT | TRICKY, st.none() | st.integers(1, 9), POINTER),
    min_size=1,
    max_size=2,
    unique=True,
).map(tuple)


@st.composite
def logs(draw: st.DrawFn) -> EventLog:
    """A log whose events are so far apart that none is taken for another."""
    count = draw(st.integers(0, 4))
    events = tuple(
        Event(
            event_id=f"e{number}",
            order_id="582300000000000101",
            activity=draw(st.sampled_from([Activity.STATUS_CHANGED, Activity.CANCEL_REJECTED, Activity.MESSAGE_SENT])),
            occurred_at=START + timedelta(days=2 * number, microseconds=draw(st.integers(0, 999_999))),
            actor=draw(st.sampled_from(Actor)),
            attributes=draw(ATTRIBUTES),
            recorded_at=draw(st.none() | INSTANT),
            precision=draw(st.sampled_from(Precision)),
            inferred=draw(st.booleans()),
            refs=draw(REFS),
        )
        for number in range(count)
    )
    facts = draw(st.dictionaries(NAMES, VALUE, max_size=4)) | {"market": "JP"}
    spans = st.builds(Span, st.none() | INSTANT, st.none() | INSTANT)
    observes = draw(st.dictionaries(st.sampled_from(Observable), spans, max_size=3))
    return EventLog((OrderHistory("582300000000000101", facts, observes, events),), (), Tally(), {}, "")


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=40, deadline=None)
@given(logs())
def test_reading_what_was_written_gives_the_same_histories(name: str, log: EventLog) -> None:
    """Events, facts, coverage and places survive every canonical form."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / name
        write_canonical(log, target)
        again = load_log([target])
    assert again.histories == log.histories
    assert again.problems == ()


@pytest.mark.parametrize("name", FORMS)
def test_the_merged_samples_survive_every_form(name: str, tmp_path: Path) -> None:
    """A converted log is judged as its native files are, and cites them."""
    log = load_log([LOGS / "order_detail.json", LOGS / "cancellations_search.json", LOGS / "webhooks.jsonl"])
    write_canonical(log, tmp_path / name)
    again = load_log([tmp_path / name])
    assert again.histories == log.histories
    assert again.histories[0].events[0].refs[0].pointer == "/data/orders/0"


@pytest.mark.parametrize("name", FORMS)
def test_the_same_log_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    """Nothing in the files depends on when or where they were written."""
    log = load_log([CANONICAL])
    (tmp_path / "other").mkdir()
    write_canonical(log, tmp_path / name)
    write_canonical(log, tmp_path / "other" / name)
    assert (tmp_path / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_no_csv_cell_is_a_formula(tmp_path: Path) -> None:
    """A chat text that a spreadsheet would run is written as text."""
    row = {"order_id": "1", "ts": "2026-01-26T01:00:00Z", "type": "message_sent", "text": "=HYPERLINK(1)"}
    (tmp_path / "log.jsonl").write_bytes(orjson.dumps(row))
    write_canonical(load_log([tmp_path / "log.jsonl"]), tmp_path / "log.csv")
    content = (tmp_path / "log.csv").read_text(encoding="utf-8")
    assert ",'=HYPERLINK(1)," in content


@pytest.mark.parametrize("name", ["log.txt", "log", "log.parquet.gz", "log.gz"])
def test_other_suffixes_are_refused(name: str, tmp_path: Path) -> None:
    """The suffix is the only thing that names the form."""
    with pytest.raises(UsageError, match="no canonical suffix; expected"):
        write_canonical(EventLog((), (), Tally(), {}, ""), tmp_path / name)


def test_a_target_that_cannot_be_written_is_a_usage_error(tmp_path: Path) -> None:
    """The message names the target."""
    with pytest.raises(UsageError, match="cannot be written"):
        write_canonical(EventLog((), (), Tally(), {}, ""), tmp_path / "missing" / "log.jsonl")


def test_a_table_of_events_alone_is_read(tmp_path: Path) -> None:
    """The columns may come in any order and number."""
    (tmp_path / "log.csv").write_text(
        "type;ts;order_id;line_item_ids;source\norder_cancelled;2026-01-26T10:00:00+09:00;1;7 8;order\n",
        encoding="utf-8",
    )
    (event,) = load_log([tmp_path / "log.csv"]).histories[0].events
    assert str(event.occurred_at) == "2026-01-26 01:00:00+00:00"
    assert event.attributes["line_item_ids"] == ("7", "8")
    assert (event.refs[0].line, event.refs[0].source) == (2, "order")


def test_a_damaged_table_is_refused_whatever_is_damaged(tmp_path: Path) -> None:
    """No byte of a Parquet file can break more than its own reading."""
    target = tmp_path / "log.parquet"
    write_canonical(load_log([CANONICAL]), target)
    whole = target.read_bytes()
    for place in range(4, len(whole), 97):
        target.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with suppress(EventLogError):
            load_log([target])
