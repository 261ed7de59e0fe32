"""How is a place that does not fit its schema told to the person who wrote it?

Objects are told apart by `if`/`then`, never `oneOf`, so every error the validator finds is one that the writer made;
of an unknown key and the missing key that it probably stands for, only the first is told.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Any
from zoneinfo import available_timezones

from jsonschema_rs import Draft202012Validator, ValidationError

from checker.loading.node import Node
from checker.loading.problem import CUTOFF, Problem, listed, suggestion
from checker.loading.yaml_text import MAX_PROBLEMS, resolved
from checker.model.rule import Location

MANY = 12

Schema = Mapping[str, Any]
Path = tuple[str | int, ...]


def misfits(node: Node, schema: Schema, validator: Draft202012Validator) -> Iterator[Problem]:
    """One problem for each error, unless another error of the same object already says it."""
    groups: dict[Path, list[ValidationError]] = defaultdict(list)
    for error in islice(validator.iter_errors(node.plain), MAX_PROBLEMS):
        groups[tuple(error.instance_path)].append(error)
    misspelt = {path: _misspelt(_at(node, path), group, schema) for path, group in groups.items()}
    under = {(*path, stray) for path, words in misspelt.items() for stray in words}
    for path, group in groups.items():
        if not any(path[: len(prefix)] == prefix for prefix in under):
            yield from _of_object(_at(node, path), group, schema, misspelt[path])


def _of_object(
    place: Node, group: list[ValidationError], schema: Schema, misspelt: Mapping[str, str]
) -> Iterator[Problem]:
    """What is wrong with one value: each stray key once, then what no stray key explains."""
    strays = list(dict.fromkeys(key for error in group for key in _unexpected(error)))
    lacking = next((_owner(error, schema) for error in group if error.kind.name == "anyOf"), {})
    free = _free(place, group, schema)
    for key in dict.fromkeys([*strays, *misspelt]):
        meant = f"; did you mean `{misspelt[key]}`?" if key in misspelt else suggestion(key, free)
        hint = meant or _expected(lacking, schema) or _options(free)
        yield Problem("P002", (place.get(key) or place).key_location, f"unknown key `{key}`{hint}")
    for error in group:
        explained = error.kind.name == "anyOf" and strays
        if not _unexpected(error) and not explained and _missing(error) not in misspelt.values():
            yield _told(error, place, schema)


def _misspelt(place: Node, group: list[ValidationError], schema: Schema) -> dict[str, str]:
    """The keys that probably stand for a key that is missing, each with that key."""
    declared = {key for error in group if _missing(error) for key in _owner(error, schema).get("properties", {})}
    missing = [name for error in group if (name := _missing(error))]
    odd = [key for key, _ in place.items() if key not in declared]
    near = {key: get_close_matches(key, missing, n=1, cutoff=CUTOFF) for key in odd}
    return {key: found[0] for key, found in near.items() if found}


def _free(place: Node, group: list[ValidationError], schema: Schema) -> list[str]:
    """The keys that the object could have and does not."""
    owners = [_owner(error, schema) for error in group if error.kind.name == "additionalProperties"]
    return [key for owner in owners for key in owner.get("properties", {}) if key not in place]


def _missing(error: ValidationError) -> str | None:
    return str(error.kind.as_dict()["property"]) if error.kind.name == "required" else None


def _at(node: Node, path: Path) -> Node:
    for step in path:
        node = node[step]
    return node


def _unexpected(error: ValidationError) -> list[str]:
    return list(error.kind.as_dict()["unexpected"]) if error.kind.name == "additionalProperties" else []


def _told(error: ValidationError, place: Node, schema: Schema) -> Problem:
    """The error in words, at its place."""
    owner = _owner(error, schema)
    word = _WORDS.get(error.kind.name, _unfit)
    return Problem("P002", _where(error, place), word(error, place, owner, schema))


def _where(error: ValidationError, place: Node) -> Location:
    """The value that is wrong; the key, where something is missing or the key itself is wrong."""
    match error.kind.name:
        case "required" | "anyOf" | "falseSchema":
            return place.key_location
        case "propertyNames":
            return place[str(error.kind.as_dict()["error"].instance)].key_location
        case _:
            return place.location


def _owner(error: ValidationError, schema: Schema) -> Schema:
    """The schema object in which the failing keyword stands; of a false schema, the one that forbids the key."""
    steps = error.schema_path[:-2] if error.kind.name == "falseSchema" else error.schema_path[:-1]
    owner: Any = schema
    for step in steps:
        owner = owner[step]
    return dict(owner)


def _expected(owner: Schema, schema: Schema) -> str:
    """What the schema object says of itself, through its reference if need be."""
    while "description" not in owner and "$ref" in owner:  # a reference without words of its own
        owner = schema["$defs"][owner["$ref"].rsplit("/", 1)[1]]
    return f"; expected {owner['description']}" if "description" in owner else ""


def _written(place: Node) -> str:
    match place.value:
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case None:
            return "an empty value"
        case str() if not isinstance(resolved(place.text), str):
            return f'`"{place.text}"`'
        case str() if len(place.text) > 60:
            return f"`{place.text[:60]}...`"
        case _:
            return f"`{place.text}`"


def _unfit(_: ValidationError, place: Node, owner: Schema, schema: Schema) -> str:
    return f"{_written(place)} does not fit{_expected(owner, schema)}"


def _required(error: ValidationError, _: Node, owner: Schema, schema: Schema) -> str:
    name = _missing(error) or ""
    needing = [key for key, needed in owner.get("dependentRequired", {}).items() if name in needed]
    if needing:
        return f"missing key `{name}`, which {listed(needing)} needs"
    said = owner.get("properties", {}).get(name)
    if said in (None, True):
        said = schema.get("$defs", {}).get("rule", {}).get("properties", {}).get(name, {})
    return f"missing key `{name}`{_expected(said, schema) or _expected(owner, schema)}"


def _enum(error: ValidationError, place: Node, owner: Schema, schema: Schema) -> str:
    options = [str(option) for option in error.kind.as_dict()["options"]]
    hint = suggestion(place.text, options)
    return f"{_written(place)} is not known{hint or _options(options) or _expected(owner, schema)}"


def _options(options: list[str]) -> str:
    return f"; expected {listed(options)}" if 0 < len(options) <= MANY else ""


def _constant(error: ValidationError, place: Node, owner: Schema, schema: Schema) -> str:
    return f"{_written(place)} does not fit; expected `{error.kind.as_dict()['expected_value']}`"


def _forbidden(error: ValidationError, place: Node, owner: Schema, schema: Schema) -> str:
    return f"key `{error.instance_path[-1]}` does not belong here{_expected(owner, schema)}"


def _missing_one(_: ValidationError, place: Node, owner: Schema, schema: Schema) -> str:
    return f"missing key{_expected(owner, schema)}"


def _format(error: ValidationError, place: Node, owner: Schema, schema: Schema) -> str:
    zone = error.kind.as_dict()["format"] == "timezone"
    hint = suggestion(place.text, available_timezones()) if zone else ""
    return f"{_written(place)} does not fit{hint or _expected(owner, schema)}"


def _bound(error: ValidationError, place: Node, owner: Schema, schema: Schema) -> str:
    side = "least" if error.kind.name == "minimum" else "most"
    return f"{_written(place)} is out of range; expected at {side} `{error.kind.as_dict()['limit']}`"


def _keys(_: ValidationError, place: Node, owner: Schema, schema: Schema) -> str:
    keys = [f"`{key}`" for key, _ in place.items()]
    return f"{' and '.join(keys) + ' together' if keys else 'an empty mapping'}{_expected(owner, schema)}"


def _length(error: ValidationError, place: Node, owner: Schema, schema: Schema) -> str:
    what = "an empty list" if error.kind.name == "minItems" else "too many entries"
    return f"{what}{_expected(owner, schema)}"


def _twice(_: ValidationError, place: Node, owner: Schema, schema: Schema) -> str:
    texts = [part.text for part in place]
    again = next((text for number, text in enumerate(texts) if text in texts[:number]), "")
    return f"`{again}` twice; expected each entry once"


def _name(error: ValidationError, place: Node, owner: Schema, schema: Schema) -> str:
    inner = error.kind.as_dict()["error"]
    return f"key `{inner.instance}` does not fit{_expected(owner, schema)}"


_WORDS: Mapping[str, Callable[[ValidationError, Node, Schema, Schema], str]] = {
    "required": _required,
    "enum": _enum,
    "const": _constant,
    "falseSchema": _forbidden,
    "anyOf": _missing_one,
    "format": _format,
    "minimum": _bound,
    "maximum": _bound,
    "minProperties": _keys,
    "maxProperties": _keys,
    "minItems": _length,
    "maxItems": _length,
    "uniqueItems": _twice,
    "propertyNames": _name,
}
