"""The canonical log as XES (IEEE 1849), in both directions: a trace per order, an event per event."""

import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import IO, Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

import orjson
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from checker.loading.logs.cells import instant_text
from checker.loading.logs.record import BadRecord, Place, Record
from checker.loading.logs.sources.canonical import FACTS_ROW, SOURCE, read_row
from checker.model.error import EventLogError

Row = dict[str, Any]

NAMES = {"type": "concept:name", "ts": "time:timestamp", "actor": "org:resource"}
COLUMNS = {name: column for column, name in NAMES.items()}
JSON = frozenset({"facts", "line_item_ids"})
"""Columns that hold more than one value; XES has them as JSON text."""

_HEAD = b"""<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <classifier name="Activity" keys="concept:name"/>
"""
_NO_XML = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), 0xFFFE, 0xFFFF) if code not in (9, 10, 13)}


def write_xes(rows: Iterable[Row], stream: IO[bytes]) -> None:
    """Writes the rows of each order as a trace. Characters that XML cannot hold become U+FFFD."""
    stream.write(_HEAD)
    for order_id, found in groupby(rows, key=lambda row: row["order_id"]):
        stream.write(b"  <trace>\n" + _attribute("concept:name", order_id, 4))
        for row in found:
            if row["type"] == FACTS_ROW:
                stream.write(_attribute("facts", orjson.dumps(row["facts"]).decode(), 4))
            else:
                stream.write(b"    <event>\n" + b"".join(_cells(row)) + b"    </event>\n")
        stream.write(b"  </trace>\n")
    stream.write(b"</log>\n")


def _cells(row: Row) -> Iterator[bytes]:
    for column, value in row.items():
        if column != "order_id":
            plain = orjson.dumps(value).decode() if column in JSON else value
            yield _attribute(NAMES.get(column, column), plain, 6)
    yield _attribute("lifecycle:transition", "complete", 6)


def _attribute(key: str, value: object, indent: int) -> bytes:
    match value:
        case bool():
            kind, text = "boolean", str(value).lower()
        case str():
            kind, text = "string", value
        case _:
            kind, text = "date", instant_text(value)  # type: ignore[arg-type]
    safe = quoteattr(text.translate(_NO_XML), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    return f"{' ' * indent}<{kind} key={quoteattr(key)} value={safe}/>\n".encode("utf-8", "replace")


def read_xes(content: bytes, path: str) -> Iterator[Record]:
    """A record for each order's facts and for each event; what is not of the canonical vocabulary is rejected.

    Raises: EventLogError if the XML is broken, or declares a document type or entities.
    """
    traces = 0
    try:
        for _, element in iterparse(io.BytesIO(content), forbid_dtd=True):
            if _tag(element) == "trace":
                traces += 1
                yield from _trace(element, Place(path, pointer=f"/log/trace[{traces}]"))
                element.clear()
    except DefusedXmlException:
        raise EventLogError(f"{path}: declares a document type or entities; XES needs neither") from None
    except ParseError as error:
        raise EventLogError(f"{path}: broken XML: {error}; is it cut off?") from None
    if not traces:
        raise EventLogError(f"{path}: no `trace` in this XML; expected an XES log")


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _trace(trace: Element, place: Place) -> Iterator[Record]:
    cells = _row(trace)
    order = {"order_id": cells.get("type")}
    if "facts" in cells:
        yield _record({**order, "type": FACTS_ROW, "facts": cells["facts"]}, place)
    events = (element for element in trace if _tag(element) == "event")
    for number, event in enumerate(events, 1):
        yield _record({**order, **_row(event)}, place.at(f"event[{number}]"))


def _row(element: Element) -> dict[str, object]:
    pairs = ((child.get("key"), child.get("value")) for child in element if child.get("key"))
    cells: dict[str, object] = {COLUMNS.get(str(key), str(key)): value for key, value in pairs}
    cells.pop("lifecycle:transition", None)
    return cells


def _record(row: Mapping[str, object], place: Place) -> Record:
    try:
        return read_row(row, place)
    except BadRecord as bad:
        return Record(SOURCE, place, rejected=bad.notice, raw=orjson.dumps(dict(row)).decode())
