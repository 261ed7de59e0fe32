"""How does a record look as text, so that it can be kept and read again exactly as it was?"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import orjson

from checker.loading.logs.record import Coverage, Facts, Item, Link, Notice, Page, Place, Record
from checker.model.activity import Activity, Observable
from checker.model.event import Actor, Event, Precision, SourceRef, Value
from checker.model.history import Span

Numbered = tuple[int, Item]
"""An item, and its place in the sequence in which everything was read."""


def line_of(numbered: Numbered) -> bytes:
    """The item on one line of JSON."""
    number, item = numbered
    plain = _plain_page(item) if isinstance(item, Page) else _plain_record(item)
    return orjson.dumps([number, isinstance(item, Page), *plain])


def item_of(line: bytes) -> Numbered:
    """The item that `line_of` wrote."""
    number, is_page, *plain = orjson.loads(line)
    return number, _page(*plain) if is_page else _record(*plain)


def _plain_page(page: Page) -> tuple[object, ...]:
    return page.source, page.path, page.listed, page.total, page.last, page.observed_at


def _page(source: str, path: str, listed: int, total: int | None, last: bool, observed_at: str | None) -> Page:
    return Page(source, path, listed, total, last, _instant(observed_at))


def _plain_record(record: Record) -> tuple[object, ...]:
    return (
        record.source,
        [*record.place],
        [_plain_event(event) for event in record.events],
        [(facts.order_id, _plain_values(facts.values), facts.known_at) for facts in record.facts],
        [(_plain_spans(c.observes), c.orders, c.declared) for c in record.coverage],
        [(link.conversation_id, link.order_id, link.buyer_id, link.at) for link in record.links],
        [(notice.reason, notice.hint) for notice in record.notices],
        record.identity,
        record.fingerprint,
        record.pushed_at,
    )


def _record(source: str, place: list[Any], events: list[Any], facts: list[Any], *rest: Any) -> Record:
    coverage, links, notices, identity, fingerprint, pushed_at = rest
    return Record(
        source,
        Place(*place),
        tuple(_event(*event) for event in events),
        tuple(Facts(order_id, _values(values), datetime.fromisoformat(at)) for order_id, values, at in facts),
        tuple(Coverage(_spans(o), None if ids is None else tuple(ids), declared) for o, ids, declared in coverage),
        tuple(Link(name, order_id, buyer_id, _instant(at)) for name, order_id, buyer_id, at in links),
        tuple(Notice(*notice) for notice in notices),
        identity,
        fingerprint,
        _instant(pushed_at),
    )


def _plain_event(event: Event) -> tuple[object, ...]:
    return (
        event.event_id,
        event.order_id,
        event.activity,
        event.occurred_at,
        event.actor,
        _plain_values(event.attributes),
        event.recorded_at,
        event.precision,
        event.inferred,
        [(ref.source, ref.path, ref.line, ref.pointer) for ref in event.refs],
    )


def _event(event_id: str, order_id: str, activity: str, at: str, actor: str, attributes: Any, *rest: Any) -> Event:
    recorded_at, precision, inferred, refs = rest
    return Event(
        event_id,
        order_id,
        Activity(activity),
        datetime.fromisoformat(at),
        Actor(actor),
        _values(attributes),
        _instant(recorded_at),
        Precision(precision),
        inferred,
        tuple(SourceRef(*ref) for ref in refs),
    )


def _plain_values(values: Mapping[str, Value]) -> dict[str, object]:
    """The values by name; instants and days are objects, so that no text is taken for one."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Value) -> object:
    match value:
        case datetime():
            return {"at": value}
        case date():
            return {"on": value}
        case _:
            return value


def _values(plain: Mapping[str, Any]) -> dict[str, Value]:
    return {name: _value(value) for name, value in plain.items()}


def _value(plain: Any) -> Value:
    match plain:
        case {"at": str(text)}:
            return datetime.fromisoformat(text)
        case {"on": str(text)}:
            return date.fromisoformat(text)
        case list():
            return tuple(plain)
    found: Value = plain
    return found


def _plain_spans(observes: Mapping[Observable, Span]) -> list[tuple[object, ...]]:
    return [(name, span.start, span.end) for name, span in observes.items()]


def _spans(plain: Iterable[tuple[str, str | None, str | None]]) -> dict[Observable, Span]:
    return {Observable(name): Span(_instant(start), _instant(end)) for name, start, end in plain}


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
