"""Whole logs: the samples merged, and every bad input with its message."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.loading.logs import LogOptions, load_log, read_records
from checker.model.activity import Activity, Observable
from checker.model.error import EventLogError, UsageError
from checker.model.event import Actor, Precision
from checker.model.history import Span
from checker.model.report import EventLog

LOGS = Path(__file__).parents[3] / "examples" / "logs"
CANONICAL = LOGS.parent / "canonical_events.jsonl"
NATIVE = (
    "order_detail.json",
    "order_list.json",
    "cancellations_search.json",
    "webhooks.jsonl",
    "messages.json",
    "seller_center_export.csv",
    "seller_center_export_ja.csv",
)
COMPARED = ("status", "reason", "request_id", "text", "channel")
GOOD = {
    "event_id": "e1",
    "order_id": "582300000000000101",
    "ts": "2026-01-26T01:00:00Z",
    "type": "order_created",
    "actor": "buyer",
    "source": "order",
}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(name: str, content: object) -> Path:
        path = tmp_path / name
        match content:
            case bytes():
                path.write_bytes(content)
            case str():
                path.write_text(content, encoding="utf-8")
            case list():
                path.write_text("".join(json.dumps(row) + "\n" for row in content), encoding="utf-8")
            case _:
                path.write_text(json.dumps(content, indent=1), encoding="utf-8")
        return path

    return to_file


def natives(*names: str) -> EventLog:
    return load_log([LOGS / name for name in names or NATIVE])


def told(log: EventLog) -> list[tuple[object, ...]]:
    return sorted(
        (
            event.order_id,
            event.occurred_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            event.activity.value,
            event.actor.value,
            *(str(event.attributes.get(name)) for name in COMPARED),
            event.inferred,
            event.refs[0].source,
        )
        for history in log.histories
        for event in history.events
    )


def test_native_samples_merge_to_the_canonical_sample() -> None:
    """The seven native files give exactly the 39 events of canonical_events.jsonl."""
    lines = (CANONICAL).read_text(encoding="utf-8").splitlines()
    wanted = sorted(
        (
            row["order_id"],
            row["ts"],
            row["type"],
            row["actor"],
            *(str(row.get(name)) for name in COMPARED),
            row.get("inferred", False),
            row["source"],
        )
        for row in map(json.loads, lines)
    )
    assert told(natives()) == wanted


@pytest.mark.parametrize("turn", range(len(NATIVE)))
def test_order_of_files_changes_nothing(turn: int) -> None:
    """The same files in another order give the same events and the same digest."""
    turned = natives(*NATIVE[turn:], *NATIVE[:turn])
    assert told(turned) == told(natives())
    assert turned.digest == natives().digest


def test_samples_have_no_problems_and_every_record_is_accounted_for() -> None:
    """Seven orders come again in the list, one push came twice, and 5 records say nothing about an order."""
    log = natives()
    assert log.problems == ()
    assert (log.tally.read, log.tally.used, log.tally.duplicates, log.tally.ignored) == (90, 77, 8, 5)


def test_a_directory_stands_for_the_files_in_it() -> None:
    """The canonical sample beside its own sources adds no event."""
    log = load_log([LOGS])
    assert sum(len(history.events) for history in log.histories) == 39
    assert log.problems == ()


def test_order_106_keeps_the_platform_deadlines_as_facts() -> None:
    """Without a time of observation a deadline is a fact, no event."""
    facts = {history.order_id: history.facts for history in natives().histories}["582300000000000106"]
    assert str(facts["shipping_due"]) == "2026-01-29 14:59:59+00:00"
    assert facts["refund_issued"] is True
    assert facts["shop_id"] == "7495000000000000001"


def test_order_107_keeps_the_deadline_of_its_pending_request() -> None:
    """The platform's own response deadline is a fact of the order and the due time of the request."""
    history = natives().histories[-1]
    assert str(history.facts["seller_respond_cancel"]) == "2026-02-02 01:00:00+00:00"
    request = next(event for event in history.events if event.activity is Activity.CANCEL_REQUESTED)
    assert request.attributes["due"] == history.facts["seller_respond_cancel"]
    assert request.refs[0].pointer == "/data/cancellations/5"


def test_personal_data_of_the_recipient_is_never_read() -> None:
    """No fact or attribute comes from the recipient's fields or the buyer's names."""
    text = str(natives().histories)
    assert "synthetic_buyer" not in text
    assert "(+81)" not in text


def test_the_export_alone_shows_no_requests_decisions_or_messages() -> None:
    """Seller Center exports hold no chat and no cancel requests."""
    for history in natives("seller_center_export.csv").histories:
        assert set(history.observes) == {Observable.STATUS, Observable.PAYMENT, Observable.CANCELLATIONS}


def test_the_export_alone_knows_the_code_of_a_paid_orders_label() -> None:
    """`Out of stock` of a seller is one code once the order is paid."""
    history = natives("seller_center_export.csv").histories[3]
    assert history.events[-1].attributes["reason"] == "seller_cancel_reason_out_of_stock"


def test_webhooks_show_their_topics_from_the_first_push_to_the_last() -> None:
    """A webhook log vouches for the time between its pushes only."""
    history = natives("webhooks.jsonl").histories[0]
    span = history.observes[Observable.CANCEL_REQUESTS]
    assert (str(span.start), str(span.end)) == ("2026-01-24 00:00:01+00:00", "2026-02-05 03:00:01+00:00")
    assert Observable.REFUNDS not in history.observes


def test_complete_message_lists_show_messages_of_every_order() -> None:
    """An order without a conversation has no messages when all conversations are there."""
    log = natives("order_detail.json", "messages.json")
    assert {history.observes.get(Observable.MESSAGES) for history in log.histories} == {Span()}


def test_a_cut_conversation_list_shows_messages_of_linked_orders_only(write: Write) -> None:
    """With more pages to come, other orders' chats are not known."""
    dump = json.loads((LOGS / "messages.json").read_text(encoding="utf-8"))
    dump["get_conversations"]["data"] |= {"next_page_token": "more"}
    log = load_log([LOGS / "order_detail.json", write("messages.json", dump)])
    shown = [history.order_id[-3:] for history in log.histories if Observable.MESSAGES in history.observes]
    assert shown == ["104", "105"]
    assert [problem.reason for problem in log.problems] == [
        "a list of conversation records is cut off (2, and more follow)"
    ]


def test_a_message_that_no_order_can_claim_is_reported_and_hides_its_buyers_orders(write: Write) -> None:
    """Without an order card, a buyer with no known order leaves messages loose."""
    log = load_log([write("m.json", json.loads((LOGS / "messages.json").read_text().replace("order_id", "other_id")))])
    assert log.histories == ()
    assert (log.tally.read, log.tally.used, log.tally.ignored) == (8, 2, 6)
    assert "belong to no known order" in log.problems[0].reason


def test_a_buyer_with_one_order_claims_a_conversation_without_card(write: Write) -> None:
    """The tie by buyer is inferred."""
    dump = json.loads((LOGS / "messages.json").read_text(encoding="utf-8").replace('order_id\\"', 'other_id\\"'))
    log = load_log([LOGS / "order_detail.json", write("m.json", dump)])
    said = [event for history in log.histories for event in history.events if event.activity is Activity.MESSAGE_SENT]
    assert [(event.order_id[-3:], event.inferred) for event in said] == [("104", True), ("105", True), ("105", True)]


def test_bare_message_answers_without_a_conversation_are_refused(write: Write) -> None:
    """A message answer does not hold the id of its conversation."""
    dump = json.loads((LOGS / "messages.json").read_text(encoding="utf-8"))
    log = load_log([write("m.json", dump["get_conversation_messages"][0]["response"])])
    assert log.tally.quarantined == 2
    assert log.problems[0].reason == "this message does not say its conversation"
    assert "request_conversation_id" in log.problems[0].hint


@pytest.mark.parametrize(
    ("line", "reason", "hint"),
    [
        ('{"event_id": "e2", ', "broken JSON", "one complete JSON value"),
        (json.dumps(GOOD | {"ts": None}), "missing field `ts`", "is a fact"),
        (json.dumps(GOOD | {"order_id": ""}), "missing field `order_id`", "conversation_id"),
        (json.dumps({k: v for k, v in GOOD.items() if k != "type"}), "missing field `type`", "what happened"),
        (json.dumps(GOOD | {"type": "order_canceled"}), "unknown activity `order_canceled`", "`order_cancelled`?"),
        (json.dumps(GOOD | {"ts": "2026-01-26T01:00:00"}), "naive time", "+09:00"),
        (json.dumps(GOOD | {"ts": "yesterday"}), "`ts` is `yesterday`, no time", "2026-01-27T00:15:00Z"),
        (json.dumps(GOOD | {"actor": "shop"}), "unknown actor `shop`", "seller"),
        (json.dumps(GOOD | {"order_id": 5.823e17}), "not an exact id", "keep the id column as text"),
        (json.dumps(GOOD | {"order_id": "5.823E+17"}), "not an exact id", "keep the id column as text"),
        (json.dumps(GOOD | {"type": ["order_created"]}), "unknown activity `['order_created']`", "order_created"),
        (json.dumps(GOOD | {"actor": ["buyer"]}), "unknown actor `['buyer']`", "seller"),
        (json.dumps(GOOD | {"ts_precision": {}, "facts": [1]}), "`facts` is no JSON object", "is_cod"),
        (json.dumps(GOOD | {"order_id": True}), "not an exact id", "text"),
        (json.dumps(GOOD | {"facts": "{"}), "`facts` holds broken JSON", "is_cod"),
        (json.dumps(GOOD | {"facts": {"a": {"b": 1}}}), "fact `a` is an object", "list of texts"),
        (json.dumps(GOOD | {"ts": 5}), "`5` is no plausible time", "2000 and 2099"),
        ('"text"', "not a record of a known format", "expected orders"),
        ("[]", "empty list or object", "expected orders"),
        ('{"a": 1}', "unknown record with the fields `a`", "expected orders"),
        ("[" * 500 + "]" * 500, "not a record of a known format", "expected orders"),
        (json.dumps({"code": 105002, "message": "expired", "data": None}), "error code 105002: `expired`", "repeat it"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_used(write: Write, line: str, reason: str, hint: str) -> None:
    """One bad line costs that line only, with file, line, reason and hint."""
    log = load_log([write("log.jsonl", f"{json.dumps(GOOD)}\n{line}\n")])
    (problem,) = log.problems
    assert (problem.path.split("#")[0][-9:], problem.line) == ("log.jsonl", 2)
    assert reason in problem.reason
    assert hint in problem.hint
    assert (log.tally.read, log.tally.used, log.tally.quarantined) == (2, 1, 1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"reason": "because"}, "unknown reason code `because`"),
        ({"status": "LOST"}, "unknown status `LOST`"),
        ({"reson": "x"}, "unknown column `reson` was left out"),
        ({"order_id": 582300000000000101}, "`order_id` is a number, not text"),
    ],
)
def test_odd_values_are_kept_and_reported(write: Write, change: dict[str, object], reason: str) -> None:
    """What is unknown but harmless is used and named."""
    log = load_log([write("log.jsonl", [GOOD | change])])
    assert [problem.reason for problem in log.problems] == [reason]
    assert log.histories[0].order_id == "582300000000000101"
    assert log.tally.quarantined == 0


def test_milliseconds_are_read_as_such_and_reported(write: Write) -> None:
    """A value over 1e11 cannot be seconds."""
    order = {"id": "582300000000000101", "status": "UNPAID", "create_time": 1769389200000}
    log = load_log([write("orders.json", [order])])
    assert str(log.histories[0].events[0].occurred_at) == "2026-01-26 01:00:00+00:00"
    assert log.problems[0].reason == "`create_time` is in milliseconds"


def test_zero_null_and_blank_times_are_absent(write: Write) -> None:
    """A time that has not come is no epoch."""
    order = {"id": "5823", "status": "UNPAID", "create_time": 1769389200, "paid_time": 0, "rts_time": None}
    log = load_log([write("orders.json", [order | {"delivery_time": "", "cancel_time": "-", "collection_time": "\t"}])])
    assert [event.activity for event in log.histories[0].events] == [Activity.ORDER_CREATED]


def test_repeated_and_reordered_webhooks_change_nothing(write: Write) -> None:
    """Pushes come twice and in any order."""
    lines = (LOGS / "webhooks.jsonl").read_text(encoding="utf-8").splitlines()
    shuffled = load_log([write("w.jsonl", "\n".join([*reversed(lines), *lines[::3]]))])
    assert told(shuffled) == told(natives("webhooks.jsonl"))
    assert shuffled.tally.duplicates == 1 + len(lines[::3])


def test_one_id_with_two_contents_is_a_contradiction(write: Write) -> None:
    """The first stands, the second is quarantined."""
    log = load_log([write("log.jsonl", [GOOD, GOOD | {"actor": "seller"}, GOOD])])
    assert (log.tally.used, log.tally.quarantined, log.tally.duplicates) == (1, 1, 1)
    assert log.histories[0].events[0].actor is Actor.BUYER
    assert "with other content" in log.problems[0].reason


def test_unreadable_files_are_all_named_at_once(write: Write, tmp_path: Path) -> None:
    """One run tells about every file that cannot be read."""
    zero, missing = write("zero.jsonl", b""), tmp_path / "missing.json"
    with pytest.raises(EventLogError) as caught:
        load_log([zero, missing, write("good.jsonl", [GOOD])])
    lines = str(caught.value).splitlines()
    assert [line.rpartition("/")[2] for line in lines] == [
        "zero.jsonl: is empty; was its export or download cut off?",
        "missing.json: no such file",
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("blank.jsonl", b"\n \n", "is empty once unpacked"),
        ("zero.jsonl.gz", b"", "is empty"),
        ("nothing.jsonl.gz", gzip.compress(b"", mtime=0), "is empty once unpacked"),
        ("cut.jsonl.gz", gzip.compress(b'{"a": 1}\n' * 9999, mtime=0)[:-9], "damaged or cut off"),
        ("broken.jsonl.gz", b"\x1f\x8b\x08\x00" + b"x" * 40, "damaged or cut off"),
        ("junk.bin", bytes(range(256)), "binary file"),
        ("photo.xlsx", b"PK\x03\x04" + b"\x00" * 40, "spreadsheet"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "spreadsheet"),
        ("rows.parquet", b"PAR1" + b"\x00" * 40, "Parquet"),
        ("utf16.csv", "Order ID,Created Time\n".encode("utf-16"), "is UTF-16; save it as UTF-8"),
        ("latin.csv", b"Order ID,\xff\xfd\xe9\n", "neither UTF-8 nor Shift_JIS"),
        ("notes.txt", b"hello, world\n", "unknown format, it begins with `hello, world`"),
        ("report.html", b"<html><body>Sign in</body></html>", "unknown format"),
    ],
)
def test_a_file_that_is_no_log_is_refused(write: Write, name: str, content: bytes, message: str) -> None:
    """The message names the file and says what is wrong with it."""
    with pytest.raises(EventLogError, match=message) as caught:
        load_log([write(name, content)])
    assert name in str(caught.value)


def test_an_empty_directory_is_refused(tmp_path: Path) -> None:
    """Nothing to read is an error, not a clean result."""
    with pytest.raises(EventLogError, match="no files in this directory"):
        load_log([tmp_path])
    with pytest.raises(EventLogError, match="no log files given"):
        load_log([])


def test_gzip_is_unpacked_whatever_its_name(write: Write) -> None:
    """Content decides, not the name."""
    log = load_log([write("log.txt", gzip.compress(json.dumps(GOOD).encode()))])
    assert len(log.histories) == 1


def test_a_byte_order_mark_is_no_part_of_the_first_line(write: Write) -> None:
    """Windows editors add one."""
    log = load_log([write("log.jsonl", b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\n")])
    assert log.tally.used == 1


def test_a_broken_first_line_does_not_hide_the_rest(write: Write) -> None:
    """A file whose first line is cut is still JSON Lines."""
    log = load_log([write("log.jsonl", '{"event_id"\n' + json.dumps(GOOD) + "\n")])
    assert (log.tally.used, log.tally.quarantined) == (1, 1)


def test_a_line_of_over_four_mebibytes_is_quarantined(write: Write) -> None:
    """Memory stays bounded and the next line is read."""
    long = json.dumps(GOOD | {"text": "x" * 4_300_000})
    log = load_log([write("log.jsonl", f"{json.dumps(GOOD)}\n{long}\n{json.dumps(GOOD | {'event_id': 'e2'})}\n")])
    assert (log.tally.quarantined, log.tally.used) == (1, 2)
    assert log.problems[0].line == 2


def test_quarantined_records_go_to_a_file_on_request(write: Write, tmp_path: Path) -> None:
    """The file holds place, reason and the raw record."""
    target = tmp_path / "bad.jsonl"
    load_log([write("log.jsonl", f"{json.dumps(GOOD)}\nbroken\n")], LogOptions(quarantine=target))
    (row,) = map(json.loads, target.read_text(encoding="utf-8").splitlines())
    assert (row["line"], row["raw"]) == (2, "broken")
    assert row["reason"].startswith("broken JSON")


def test_who_approved_is_inferred_from_the_response_time(write: Write) -> None:
    """From the deadline on it was the platform; without a response time nobody knows."""
    paths = [LOGS / "cancellations_search.json"]

    def approver(hours: int | None, number: int) -> Actor:
        found = load_log(paths, LogOptions(response_hours=hours)).histories[number].events
        return next(event.actor for event in found if event.activity is Activity.CANCEL_APPROVED)

    assert [approver(48, 1), approver(49, 1), approver(None, 1)] == [Actor.PLATFORM, Actor.SELLER, Actor.UNKNOWN]
    assert approver(None, 0) is Actor.PLATFORM


def test_contradicting_times_are_reported_and_the_better_source_is_used(write: Write) -> None:
    """An export read in the wrong zone is noticed."""
    paths = [LOGS / "order_detail.json", LOGS / "seller_center_export.csv"]
    log = load_log(paths, LogOptions(timezone="UTC"))
    assert "order_created at 2026-01-26 10:00:00Z here, 2026-01-26 01:00:00Z in order" in log.problems[0].reason
    assert str(log.histories[0].events[0].occurred_at) == "2026-01-26 01:00:00+00:00"


def test_a_source_nobody_knows_shows_nothing_unless_it_is_declared(write: Write) -> None:
    """Absence counts only where presence would have been seen."""
    path = write("log.jsonl", [GOOD | {"source": "erp"}])
    log = load_log([path])
    assert log.histories[0].observes == {}
    assert "`erp`" in log.problems[0].reason
    declared = load_log([path], LogOptions(observes=(Observable.MESSAGES,)))
    assert declared.histories[0].observes == {Observable.MESSAGES: Span()}


def test_declared_coverage_is_that_of_its_own_file(write: Write) -> None:
    """Coverage rows vouch for the orders beside them, not for another file's."""
    coverage = {"type": "log_coverage", "facts": {"observes": ["messages"]}}
    one = write("one.jsonl", [GOOD, coverage])
    two = write("two.jsonl", [GOOD | {"event_id": "e9", "order_id": "9", "source": "erp"}])
    shown = {history.order_id: set(history.observes) for history in load_log([one, two]).histories}
    assert shown == {"582300000000000101": {Observable.MESSAGES}, "9": set()}


def test_coarse_times_keep_their_precision(write: Write) -> None:
    """A time without seconds means any second of its minute."""
    text = "Order ID,Order Status,Created Time,Paid Time\n1\t,Unpaid,2026/01/30 8:00,2026/01/31\n"
    events = load_log([write("export.csv", text)]).histories[0].events
    assert [event.precision for event in events] == [Precision.MINUTE, Precision.DAY]
    assert str(events[0].occurred_at) == "2026-01-29 23:00:00+00:00"


def test_records_can_be_read_as_a_stream() -> None:
    """A bulk engine takes records one by one."""
    stream = read_records([CANONICAL])
    assert next(stream).place.line == 1  # type: ignore[union-attr]
    assert sum(1 for _ in stream) == 38


def test_progress_is_told_every_byte(write: Write) -> None:
    """The sum of what is reported is the size of the file."""
    told_bytes: list[int] = []
    path = LOGS / "webhooks.jsonl"
    load_log([path], progress=told_bytes.append)
    assert sum(told_bytes) == path.stat().st_size


FRAGMENTS = st.one_of(
    st.just(json.dumps(GOOD)),
    st.builds(lambda n: json.dumps(GOOD | {"event_id": f"e{n}", "ts": f"2026-01-26T01:00:0{n}Z"}), st.integers(0, 9)),
    st.sampled_from((LOGS / "webhooks.jsonl").read_text(encoding="utf-8").splitlines()),
    st.sampled_from((CANONICAL).read_text(encoding="utf-8").splitlines()),
    st.sampled_from(['{"a": 1}', "{", "nonsense", '{"type": 1, "data": {}}', '{"type": 14, "data": {"type": "TEXT"}}']),
    st.text(max_size=20).map(lambda text: json.dumps({"order_id": text, "type": "order_created", "ts": text})),
    st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda part: st.lists(part, max_size=3)).map(
        json.dumps
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=12))
def test_every_record_is_used_duplicate_ignored_or_quarantined(lines: list[str]) -> None:
    """Whatever the lines are, nothing raises, nothing is lost, and events of an order are in canonical order."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.jsonl"
        path.write_text(json.dumps(GOOD) + "\n" + "\n".join(lines), encoding="utf-8")
        log = load_log([path])
    tally = log.tally
    assert tally.read == tally.used + tally.duplicates + tally.ignored + tally.quarantined
    assert tally.read >= 1 + len(lines) - sum(line.count("[") for line in lines)
    for history in log.histories:
        ids = [event.event_id for event in history.events]
        assert len(ids) == len(set(ids))
        assert [event.occurred_at for event in history.events] == sorted(event.occurred_at for event in history.events)


def test_a_broken_document_over_many_lines_is_one_error(write: Write) -> None:
    """A cut download is named once, not line by line."""
    text = (LOGS / "order_detail.json").read_text(encoding="utf-8")
    with pytest.raises(EventLogError, match=r"orders.json: broken JSON: .*; is it cut off"):
        load_log([write("orders.json", text[: len(text) // 2])])


def test_a_document_on_one_long_line_is_read(write: Write) -> None:
    """The limit of a line is not that of a document."""
    orders = [{"id": str(n), "status": "UNPAID", "create_time": 1769389200, "x": "y" * 5000} for n in range(1, 1001)]
    assert load_log([write("orders.json", json.dumps(orders))]).tally.used == 1000


def test_long_lines_of_answers_are_read(write: Write) -> None:
    """A page of 100 orders is longer than the head that decides the format."""
    page = {
        "orders": [{"id": str(n), "status": "UNPAID", "create_time": 1769389200, "x": "y" * 900} for n in range(1, 101)]
    }
    assert load_log([write("pages.jsonl", [page, page])]).tally.duplicates == 100


def test_a_document_of_over_the_limit_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to more than fits is refused with a way out."""
    monkeypatch.setattr("checker.loading.logs.files.WHOLE_LIMIT", 1000)
    bomb = gzip.compress(b'{"orders": [\n' + b" " * 100_000 + b"]}", mtime=0)
    with pytest.raises(EventLogError, match="write it as JSON Lines"):
        load_log([write("orders.json.gz", bomb)])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('order_created,2026-01-26T01:00:00Z,"1\n', "broken CSV row: unexpected end of data"),
        ("order_created,2026-01-26T01:00:00Z\n", "2 cells under 3 columns"),
        ("order_created,2026-01-26T01:00:00Z,1,2\n", "4 cells under 3 columns"),
        ("order_created,2026-01-26T01:00:00Z,5.8E+17\n", "`order_id` is `5.8E+17`, not an exact id"),
        ("order_created,2026-01-26 01:00,1\n", "`ts` is the naive time `2026-01-26T01:00:00`"),
    ],
)
def test_a_bad_csv_row_is_named(write: Write, body: str, reason: str) -> None:
    """A canonical table is as strict as its lines are."""
    log = load_log([write("log.csv", f"type,ts,order_id\norder_created,2026-01-26T01:00:00Z,7\n{body}")])
    assert [(problem.line, problem.reason) for problem in log.problems[:-1]] == [(3, reason)]
    assert log.problems[-1].reason.startswith("the rows name no `source`")
    assert (log.tally.used, log.tally.quarantined) == (1, 1)


def test_a_format_can_be_forced(write: Write) -> None:
    """The user may say what an unusual record is; a word that is no format is refused."""
    path = write("log.jsonl", [{"order_id": "5823", "create_time": 1769389200}])
    assert load_log([path]).tally.quarantined == 1
    assert load_log([path], LogOptions(format="order")).tally.used == 1
    with pytest.raises(UsageError, match="unknown log format `xes`"):
        load_log([path], LogOptions(format="xes"))


def test_a_quarantine_file_that_cannot_be_written_is_refused(write: Write, tmp_path: Path) -> None:
    """Better no run than a lost record."""
    with pytest.raises(UsageError, match="cannot be written"):
        load_log([write("log.jsonl", [GOOD])], LogOptions(quarantine=tmp_path / "no" / "bad.jsonl"))


def test_an_event_before_the_creation_is_reported(write: Write) -> None:
    """Only talk comes before an order."""
    early = {"event_id": "e2", "ts": "2026-01-26T00:00:00Z"}
    log = load_log([write("log.jsonl", [GOOD, GOOD | early | {"type": "payment_succeeded"}])])
    assert "payment_succeeded comes before the order was created" in log.problems[0].reason


def test_millions_of_bad_records_make_a_bounded_list(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """All are counted, the first are listed, and the list says that there are more."""
    monkeypatch.setattr("checker.loading.logs.collection.PROBLEMS_KEPT", 3)
    log = load_log([write("log.jsonl", "{\n" * 10 + json.dumps(GOOD) + "\n")])
    assert log.tally.quarantined == 10
    assert [problem.line for problem in log.problems] == [1, 2, 3, 4]
    assert log.problems[3].reason == "more records could not be used than are listed (7 times)"


def test_a_buyer_of_two_orders_leaves_a_conversation_without_card_open(write: Write) -> None:
    """Which of the two is meant is not guessed, and of neither can silence be concluded."""
    dump = json.loads((LOGS / "messages.json").read_text(encoding="utf-8").replace('order_id\\"', 'other_id\\"'))
    orders = json.loads((LOGS / "order_detail.json").read_text(encoding="utf-8"))
    for order in orders["data"]["orders"]:
        order["user_id"] = "7494000000000000104" if order["id"][-1] in "34" else order["user_id"]
    log = load_log([write("o.json", orders), write("m.json", dump)])
    open_orders = [h.order_id[-3:] for h in log.histories if Observable.MESSAGES not in h.observes]
    assert open_orders == ["103", "104"]
