"""Which format a JSON value is, and what its records say."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson

from checker.loading.logs.cells import moment
from checker.loading.logs.record import BadRecord, Item, Origin, Page, Place, Record, content_number
from checker.loading.logs.sources import cancellation, canonical, message, ocel, order, returns, webhook

DEPTH = 12
LISTS = {
    "orders": order.SOURCE,
    "order_list": order.SOURCE,
    "cancellations": cancellation.SOURCE,
    "return_orders": returns.SOURCE,
    "conversations": "conversation",
    "messages": message.SOURCE,
}
WRAPPED = ("response", "body", "payload", "event", "webhook", "request", "raw", "envelope", "data", "get_conversations")
ENVELOPES = LISTS.keys() | {*WRAPPED, "get_conversation_messages"}
OBSERVED = ("observed_at", "received_at", "receive_time", "fetched_at", "time")
CONVERSATION = ("request_conversation_id", "conversation_id")
EXPECTED = "expected orders, cancellations, returns, webhooks, messages or canonical events"


@dataclass(frozen=True, slots=True)
class Around:
    """What the wrappers around a value said: when it was read, which conversation was asked for, which list it is in.

    `format` is what the user said that records are.
    """

    observed_at: datetime | None = None
    conversation_id: str | None = None
    source: str | None = None
    format: str | None = None
    depth: int = 0


def read_document(data: Any, place: Place, around: Around) -> Iterator[Item]:
    """The records of any JSON value, each broken one as a rejected record.

    Envelopes of the API, of CloudEvents and of receivers are unwrapped, to a depth of 12.
    """
    if ocel.is_ocel(data):
        yield from ocel.read_ocel(data, place)
        return
    try:
        reader = _reader(data, around)
        if reader is not None:
            yield _stamped(reader(data, place, around), data)
            return
        if not isinstance(data, list | dict) or around.depth > DEPTH:
            raise BadRecord("this is not a record of a known format", EXPECTED)
        inside = list(_inside(data, place, replace(around, depth=around.depth + 1)))
        if not inside and not (isinstance(data, dict) and data.keys() & LISTS.keys()):
            raise BadRecord(_unknown(data), EXPECTED)
    except BadRecord as bad:
        yield Record("unknown", place, rejected=bad.notice, raw=_raw(data))
        return
    for value, where, context in inside:
        if isinstance(value, Page):
            yield value
        else:
            yield from read_document(value, where, context)


def _stamped(record: Record, data: object) -> Record:
    """The record with what tells it from others; without a native id, its content does."""
    if record.fingerprint:
        return record
    try:
        fingerprint = content_number(orjson.dumps(data, option=orjson.OPT_SORT_KEYS))
    except TypeError:
        raise BadRecord("this record is nested too deeply", "expected a record of a known format") from None
    identity = record.identity or f"{record.source}:{fingerprint}"
    return record._replace(identity=identity, fingerprint=fingerprint)


def _raw(data: object) -> str:
    """The record as text again; of one nested too deeply only that."""
    try:
        return orjson.dumps(data).decode(errors="replace")
    except TypeError:
        return "[[[...]]]"


def _reader(data: Any, around: Around) -> Callable[[Any, Place, Around], Record] | None:
    """How to read a value that is itself a record; None for envelopes and lists."""
    if not isinstance(data, dict):
        return None
    if around.source is not None:
        return READERS[around.source]
    kind = data.get("type")
    if "specversion" in data:
        return None
    if isinstance(kind, str) and (kind in canonical.KINDS or data.keys() & canonical.IDS):
        return READERS[canonical.SOURCE]
    if isinstance(data.get("data"), dict) and (isinstance(kind, int) or str(kind).isdecimal()):
        return READERS["webhook"]
    shaped = next((READERS[source] for keys, source in SHAPES if data.keys() >= keys), None)
    if around.format and not data.keys() & ENVELOPES:
        return READERS[around.format]
    return shaped


def _inside(data: Any, place: Place, around: Around) -> Iterator[tuple[Any, Place, Around]]:
    """The values in an envelope or list, with what the envelope says about them."""
    if isinstance(data, list):
        for index, value in enumerate(data):
            yield value, place.at(str(index)), around
        return
    _refuse_failed(data)
    around = _learnt(data, around)
    for key, source in LISTS.items():
        if isinstance(data.get(key), list):
            yield from _listed(data, key, place, replace(around, source=source))
    for key in WRAPPED:
        value = _parsed(data.get(key))
        if isinstance(value, dict | list):
            yield value, place.at(key), replace(around, source=None)
    if isinstance(answers := data.get("get_conversation_messages"), list):
        yield answers, place.at("get_conversation_messages"), around


def _listed(data: Mapping[str, Any], key: str, place: Place, around: Around) -> Iterator[tuple[Any, Place, Around]]:
    rows, token, total = data[key], data.get("next_page_token"), data.get("total_count")
    subject = around.source or ""
    if subject == message.SOURCE:
        subject = f"{subject}:{data.get('conversation_id') or around.conversation_id}"
    if token is not None:
        total = total if isinstance(total, int) else None
        yield Page(subject, place.path, len(rows), total, not token, around.observed_at), place, around
    for index, row in enumerate(rows):
        yield row, place.at(key).at(str(index)), around


def _learnt(data: Mapping[str, Any], around: Around) -> Around:
    seen = next((at for key in OBSERVED if (at := moment(data.get(key), key))), around.observed_at)
    conversation = next((str(data[key]) for key in CONVERSATION if data.get(key)), around.conversation_id)
    return replace(around, observed_at=seen, conversation_id=conversation)


def _refuse_failed(data: Mapping[str, Any]) -> None:
    code = data.get("code")
    if isinstance(code, int) and code != 0:
        said = f"answer with error code {code}: `{data.get('message')}`"
        raise BadRecord(said, "the call failed, so this file lacks what was asked for; repeat it")


def _parsed(value: Any) -> Any:
    """JSON inside a string, as receivers store raw bodies."""
    if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            return None
    return value


def _unknown(data: Any) -> str:
    if isinstance(data, list) or not data:
        return "this is an empty list or object"
    return f"unknown record with the fields {', '.join(f'`{key}`' for key in list(data)[:6])}"


SHAPES = (
    (frozenset({"cancel_id", "order_id"}), cancellation.SOURCE),
    (frozenset({"return_id", "order_id"}), returns.SOURCE),
    (frozenset({"id", "participants"}), "conversation"),
    (frozenset({"content", "sender"}), message.SOURCE),
    (frozenset({"id", "line_items"}), order.SOURCE),
    (frozenset({"id", "status", "create_time"}), order.SOURCE),
    (frozenset({"order_id", "ts"}), canonical.SOURCE),
)

READERS: dict[str, Callable[[Any, Place, Around], Record]] = {
    canonical.SOURCE: lambda data, place, _: canonical.read_row(data, place),
    order.SOURCE: lambda data, place, around: order.read_order(data, place, around.observed_at),
    cancellation.SOURCE: lambda data, place, around: cancellation.read_cancellation(data, place, around.observed_at),
    returns.SOURCE: lambda data, place, around: returns.read_return(data, place, around.observed_at),
    "conversation": lambda data, place, _: message.read_conversation(data, place),
    message.SOURCE: lambda data, place, around: message.read_message(
        data, around.conversation_id, Origin(message.SOURCE, place)
    ),
    "webhook": lambda data, place, around: webhook.read_push(data, place, around.observed_at),
}
