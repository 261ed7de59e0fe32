"""How the values of the model are spelled in the cells of the canonical form, in both directions."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson
import re2

from checker.loading.logs.fields import from_unix
from checker.loading.logs.record import BadRecord
from checker.model.activity import Observable
from checker.model.event import SourceRef, Value
from checker.model.history import Span

DAY = re2.compile(r"\d{4}-\d{2}-\d{2}")
CLOCK = re2.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")
ZONE_HINT = "add Z for UTC or an offset such as +09:00"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def moment(value: object, name: str) -> datetime | None:
    """The instant in UTC of a text with a zone, an aware value, or Unix seconds; blank is absent."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            raise BadRecord(f"`{name}` is `{value}`, no time", "expected such as 2026-01-27T00:15:00Z") from None
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise BadRecord(f"`{name}` is the naive time `{value.isoformat()}`", ZONE_HINT)
        return value if value.tzinfo is UTC else value.astimezone(UTC)
    if isinstance(value, int) and not isinstance(value, bool):
        return from_unix(value)[0]
    raise BadRecord(f"`{name}` is `{value}`, no time", "expected such as 2026-01-27T00:15:00Z")


def instant_text(at: datetime) -> str:
    """The instant as text in UTC, with microseconds only where there are any."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def parse_value(name: str, value: object) -> Value | None:
    """A value of a `facts` object: texts that are a full date or a time with zone become one.

    `{"text": ...}` protects a text that only looks like a date.
    """
    match value:
        case bool() | int() | None:
            return value
        case str():
            return _parse_text(name, value)
        case list():
            return tuple(str(item) for item in value) or None
        case {"text": str(text)}:
            return text
        case float():
            return str(value)
    raise BadRecord(f"fact `{name}` is an object", "expected a text, a number, true, false or a list of texts")


def _parse_text(name: str, value: str) -> Value | None:
    if DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    if CLOCK.fullmatch(value):
        return moment(value, name)
    return value or None


def plain_value(value: Value) -> Any:
    """The same value as JSON has it; `parse_value` gives it back."""
    match value:
        case datetime():
            return instant_text(value)
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case str() if DAY.fullmatch(value) or CLOCK.fullmatch(value):
            return {"text": value}
    return value


def json_object(value: object, name: str) -> Mapping[str, Any]:
    """An object given as such or as JSON text; blank is an empty one."""
    if isinstance(value, str) and value.strip():
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError as error:
            raise BadRecord(f"`{name}` holds broken JSON: {error}", 'expected such as {"is_cod": false}') from None
    if value is None or value == "":
        return {}
    if not isinstance(value, Mapping):
        raise BadRecord(f"`{name}` is no JSON object", 'expected such as {"is_cod": false}')
    return value


def text_list(value: object) -> tuple[str, ...]:
    """A list of ids, given as a list, as JSON text, or separated by commas, semicolons or blanks."""
    if isinstance(value, str):
        if value.lstrip().startswith("["):
            try:
                value = orjson.loads(value)
            except orjson.JSONDecodeError as error:
                raise BadRecord(f"`{value}` is no list: {error}", 'expected such as ["1", "2"]') from None
        else:
            value = value.replace(",", " ").replace(";", " ").split()
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()


def parse_observes(value: object) -> dict[Observable, Span]:
    """What a coverage row declares: a list of names, or spans by name with `from` and `to`."""
    spans = value if isinstance(value, Mapping) else dict.fromkeys(text_list(value))
    found = {}
    for name, span in spans.items():
        if name not in Observable._value2member_map_:
            raise BadRecord(f"`{name}` is nothing a log can show", f"expected one of {', '.join(Observable)}")
        ends = span if isinstance(span, Mapping) else {}
        found[Observable(name)] = Span(moment(ends.get("from"), "from"), moment(ends.get("to"), "to"))
    return found


def plain_observes(observes: Mapping[Observable, Span]) -> dict[str, dict[str, str | None]]:
    """The same spans as JSON has them."""
    ends = {name: (span.start, span.end) for name, span in observes.items()}
    return {
        name.value: {"from": instant_text(start) if start else None, "to": instant_text(end) if end else None}
        for name, (start, end) in ends.items()
    }


def refs_text(refs: tuple[SourceRef, ...]) -> str:
    """Places as text: `order@file.json#/data/orders/0;webhook:1@file.jsonl#L3`."""
    return ";".join(
        f"{_quote(ref.source)}@{_quote(ref.path)}#{f'L{ref.line}' if ref.line else ''}{_quote(ref.pointer or '')}"
        for ref in refs
    )


def parse_refs(text: str, source: str) -> tuple[SourceRef, ...]:
    """The places that `refs_text` wrote; any other text is kept as a path."""
    found = []
    for part in text.split(";"):
        head, sharp, tail = part.rpartition("#")
        name, at, path = head.partition("@")
        line, slash, pointer = tail.partition("/")
        number = line.removeprefix("L")
        if not (sharp and at and (not line or number.isdecimal())):
            return (SourceRef(source, text),)
        found.append(SourceRef(_bare(name), _bare(path), int(number) if line else None, _bare(slash + pointer) or None))
    return tuple(found)


def _quote(text: str) -> str:
    for char in "%;#@":
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def _bare(text: str) -> str:
    if "%" not in text:
        return text
    for char in "@#;%":
        text = text.replace(f"%{ord(char):02X}", char)
    return text


def guarded(text: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(FORMULA) else text


def unguarded(text: str) -> str:
    """The text that `guarded` protected."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
