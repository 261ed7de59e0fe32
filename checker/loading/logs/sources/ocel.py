"""The canonical log as OCEL 2.0 (JSON), in both directions: orders, requests, products and shops are its objects."""

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

import orjson

from checker.loading.logs.cells import instant_text
from checker.loading.logs.record import BadRecord, Place, Record
from checker.loading.logs.sources.canonical import FACTS_ROW, SOURCE, read_row

Row = dict[str, Any]
Json = dict[str, Any]

ORDER, REQUEST, PRODUCT, SHOP = "order", "request", "product", "shop"
PARTS = frozenset({"objectTypes", "eventTypes", "objects", "events"})
BEGINNING = "1970-01-01T00:00:00Z"
"""OCEL's instant for what has always held."""

_OWN = frozenset({"event_id", "order_id", "type", "ts"})
_JSON = frozenset({"facts", "line_item_ids"})


def write_ocel(rows: Iterable[Row], stream: IO[bytes]) -> None:
    """Writes one document. An id is `type:id`, as ids of different types may be equal."""
    objects: dict[str, Json] = {}
    events: list[Json] = []
    columns: dict[str, dict[str, str]] = {}
    for row in rows:
        order = _object(objects, ORDER, row["order_id"])
        if row["type"] == FACTS_ROW:
            _add_facts(objects, order, row["facts"])
        else:
            event = _event(row, objects)
            events.append(event)
            kinds = {cell["name"]: _kind(row[cell["name"]]) for cell in event["attributes"]}
            columns.setdefault(event["type"], {}).update(kinds)
    types = [{"name": name, "attributes": _named(kinds)} for name, kinds in columns.items()]
    stream.write(
        orjson.dumps(
            {"objectTypes": _object_types(), "eventTypes": types, "objects": list(objects.values()), "events": events}
        )
        + b"\n"
    )


def _object_types() -> list[Json]:
    facts = {"name": "facts", "type": "string"}
    return [{"name": name, "attributes": [facts] if name == ORDER else []} for name in (ORDER, REQUEST, PRODUCT, SHOP)]


def _object(objects: dict[str, Json], kind: str, name: str) -> Json:
    key = f"{kind}:{name}"
    return objects.setdefault(key, {"id": key, "type": kind, "attributes": [], "relationships": []})


def _add_facts(objects: dict[str, Json], order: Json, facts: Mapping[str, Any]) -> None:
    """The facts as JSON text, and the shop and the products as objects related to the order."""
    text = orjson.dumps(facts).decode()
    order["attributes"].append({"name": "facts", "time": BEGINNING, "value": text})
    shops = [(SHOP, facts["shop_id"])] if isinstance(facts.get("shop_id"), str) else []
    products = facts.get("product_ids")
    for kind, name in (*shops, *((PRODUCT, str(name)) for name in (products if isinstance(products, list) else ()))):
        related = _object(objects, kind, name)
        order["relationships"].append({"objectId": related["id"], "qualifier": kind})


def _event(row: Row, objects: dict[str, Json]) -> Json:
    related = [{"objectId": f"{ORDER}:{row['order_id']}", "qualifier": ORDER}]
    if "request_id" in row:
        request = _object(objects, REQUEST, row["request_id"])
        related.append({"objectId": request["id"], "qualifier": REQUEST})
    cells = [{"name": name, "value": _plain(name, value)} for name, value in row.items() if name not in _OWN]
    return {
        "id": f"{row['order_id']}/{row['event_id']}",
        "type": row["type"],
        "time": instant_text(row["ts"]),
        "attributes": cells,
        "relationships": related,
    }


def _plain(name: str, value: Any) -> object:
    if name in _JSON:
        return orjson.dumps(value).decode()
    return value if isinstance(value, str | bool) else instant_text(value)


def _kind(value: object) -> str:
    return (
        "boolean" if isinstance(value, bool) else "string" if isinstance(value, str | dict | list | tuple) else "time"
    )


def _named(kinds: Mapping[str, str]) -> list[Json]:
    return [{"name": name, "type": kind} for name, kind in kinds.items()]


def is_ocel(data: object) -> bool:
    """Whether a JSON value is an OCEL 2.0 document."""
    return isinstance(data, dict) and data.keys() >= PARTS


def read_ocel(data: Mapping[str, Any], place: Place) -> Iterator[Record]:
    """A record for each order's facts and for each event and order; what is not canonical vocabulary is rejected."""
    objects = [thing for thing in _list(data["objects"]) if isinstance(thing, dict)]
    orders = {str(thing.get("id")) for thing in objects if thing.get("type") == ORDER}
    for number, thing in enumerate(objects):
        for cell in _cells(thing).get("facts", ()):
            if str(thing.get("id")) in orders:
                row = {"order_id": _order_id(str(thing["id"])), "type": FACTS_ROW, "facts": cell}
                yield _record(row, place.at(f"objects/{number}"))
    for number, event in enumerate(_list(data["events"])):
        yield from _events(event, orders, place.at(f"events/{number}"))


def _events(event: object, orders: set[str], place: Place) -> Iterator[Record]:
    if not isinstance(event, dict):
        yield _record({}, place)
        return
    related = [str(one.get("objectId")) for one in _list(event.get("relationships")) if isinstance(one, dict)]
    found = [one for one in dict.fromkeys(related) if one in orders]
    for name in found or [""]:
        order_id = _order_id(name)
        cells = {key: values[-1] for key, values in _cells(event).items()}
        event_id = str(event.get("id", "")).removeprefix(f"{order_id}/")
        own = {"event_id": event_id, "order_id": order_id, "type": event.get("type"), "ts": event.get("time")}
        yield _record(cells | own, place)


def _order_id(name: str) -> str:
    return name.removeprefix(f"{ORDER}:")


def _cells(thing: Mapping[str, Any]) -> dict[str, list[object]]:
    """The attributes by name; an object may have several values of one."""
    found: dict[str, list[object]] = {}
    for cell in _list(thing.get("attributes")):
        if isinstance(cell, dict):
            found.setdefault(str(cell.get("name")), []).append(cell.get("value"))
    return found


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _record(row: Mapping[str, object], place: Place) -> Record:
    try:
        return read_row(row, place)
    except BadRecord as bad:
        return Record(SOURCE, place, rejected=bad.notice, raw=orjson.dumps(dict(row)).decode())
