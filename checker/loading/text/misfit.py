"""How is a place that does not fit its schema told to the person who wrote it?

Objects are told apart by `if`/`then`, never `oneOf`, so every error the validator finds is one that the writer made;
of an unknown key and the missing key that it probably stands for, only the first is told.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from zoneinfo import available_timezones

from checker.loading.text.node import Node
from checker.loading.text.problem import CUTOFF, Problem, listed, suggestion
from checker.loading.text.shape import Formats, Path, Schema, ShapeError, shape_errors
from checker.loading.text.yaml_text import MAX_PROBLEMS, resolved
from checker.model.rule import Location

MANY = 12


def misfits(node: Node, schema: Schema, formats: Formats) -> Iterator[Problem]:
    """One problem for each error, unless another error of the same object already says it."""
    groups: dict[Path, list[ShapeError]] = defaultdict(list)
    for error in islice(shape_errors(node.plain, schema, formats), MAX_PROBLEMS):
        groups[error.path].append(error)
    misspelt = {path: _misspelt(_at(node, path), group, schema) for path, group in groups.items()}
    under = {(*path, stray) for path, words in misspelt.items() for stray in words}
    for path, group in groups.items():
        if not any(path[: len(prefix)] == prefix for prefix in under):
            yield from _of_object(_at(node, path), group, schema, misspelt[path])


def _of_object(place: Node, group: list[ShapeError], schema: Schema, misspelt: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with one value: each stray key once, then what no stray key explains."""
    strays = list(dict.fromkeys(key for error in group for key in _unexpected(error)))
    lacking = next((error.owner for error in group if error.keyword == "anyOf"), {})
    free = _free(place, group, schema)
    for key in dict.fromkeys([*strays, *misspelt]):
        meant = f"; did you mean `{misspelt[key]}`?" if key in misspelt else suggestion(key, free)
        hint = meant or _expected(lacking, schema) or _options(free)
        yield Problem("P002", (place.get(key) or place).key_location, f"unknown key `{key}`{hint}")
    for error in group:
        explained = error.keyword == "anyOf" and strays
        if not _unexpected(error) and not explained and error.missing not in misspelt.values():
            yield _told(error, place, schema)


def _misspelt(place: Node, group: list[ShapeError], schema: Schema) -> dict[str, str]:
    """The keys that probably stand for a key that is missing, each with that key."""
    declared = {key for error in group if error.missing for key in error.owner.get("properties", {})}
    missing = [name for error in group if (name := error.missing)]
    odd = [key for key, _ in place.items() if key not in declared]
    near = {key: get_close_matches(key, missing, n=1, cutoff=CUTOFF) for key in odd}
    return {key: found[0] for key, found in near.items() if found}


def _free(place: Node, group: list[ShapeError], schema: Schema) -> list[str]:
    """The keys that the object could have and does not."""
    owners = [error.owner for error in group if error.keyword == "additionalProperties"]
    return [key for owner in owners for key in owner.get("properties", {}) if key not in place]


def _at(node: Node, path: Path) -> Node:
    for step in path:
        node = node[step]
    return node


def _unexpected(error: ShapeError) -> list[str]:
    if error.keyword != "additionalProperties":
        return []
    return [key for key in error.value if key not in error.owner.get("properties", {})]


def _told(error: ShapeError, place: Node, schema: Schema) -> Problem:
    """The error in words, at its place."""
    owner = error.owner
    word = _WORDS.get(error.keyword, _unfit)
    return Problem("P002", _where(error, place), word(error, place, owner, schema))


def _where(error: ShapeError, place: Node) -> Location:
    """The value that is wrong; the key, where something is missing or the key itself is wrong."""
    match error.keyword:
        case "required" | "dependentRequired" | "anyOf" | "forbidden":
            return place.key_location
        case "propertyNames":
            return place[str(error.value)].key_location
        case _:
            return place.location


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


def _unfit(_: ShapeError, place: Node, owner: Schema, schema: Schema) -> str:
    return f"{_written(place)} does not fit{_expected(owner, schema)}"


def _required(error: ShapeError, _: Node, owner: Schema, schema: Schema) -> str:
    name = error.missing or ""
    needing = [key for key, needed in owner.get("dependentRequired", {}).items() if name in needed]
    if needing:
        return f"missing key `{name}`, which {listed(needing)} needs"
    said = owner.get("properties", {}).get(name)
    if said in (None, True):
        said = schema.get("$defs", {}).get("rule", {}).get("properties", {}).get(name, {})
    return f"missing key `{name}`{_expected(said, schema) or _expected(owner, schema)}"


def _enum(error: ShapeError, place: Node, owner: Schema, schema: Schema) -> str:
    options = [str(option) for option in error.operand]
    hint = suggestion(place.text, options)
    return f"{_written(place)} is not known{hint or _options(options) or _expected(owner, schema)}"


def _options(options: list[str]) -> str:
    return f"; expected {listed(options)}" if 0 < len(options) <= MANY else ""


def _constant(error: ShapeError, place: Node, owner: Schema, schema: Schema) -> str:
    return f"{_written(place)} does not fit; expected `{error.operand}`"


def _forbidden(error: ShapeError, place: Node, owner: Schema, schema: Schema) -> str:
    return f"key `{error.path[-1]}` does not belong here{_expected(owner, schema)}"


def _missing_one(_: ShapeError, place: Node, owner: Schema, schema: Schema) -> str:
    return f"missing key{_expected(owner, schema)}"


def _format(error: ShapeError, place: Node, owner: Schema, schema: Schema) -> str:
    zone = error.operand == "timezone"
    hint = suggestion(place.text, available_timezones()) if zone else ""
    return f"{_written(place)} does not fit{hint or _expected(owner, schema)}"


def _bound(error: ShapeError, place: Node, owner: Schema, schema: Schema) -> str:
    side = "least" if error.keyword == "minimum" else "most"
    return f"{_written(place)} is out of range; expected at {side} `{error.operand}`"


def _keys(_: ShapeError, place: Node, owner: Schema, schema: Schema) -> str:
    keys = [f"`{key}`" for key, _ in place.items()]
    return f"{' and '.join(keys) + ' together' if keys else 'an empty mapping'}{_expected(owner, schema)}"


def _length(error: ShapeError, place: Node, owner: Schema, schema: Schema) -> str:
    what = "an empty list" if error.keyword == "minItems" else "too many entries"
    return f"{what}{_expected(owner, schema)}"


def _twice(_: ShapeError, place: Node, owner: Schema, schema: Schema) -> str:
    texts = [part.text for part in place]
    again = next((text for number, text in enumerate(texts) if text in texts[:number]), "")
    return f"`{again}` twice; expected each entry once"


def _name(error: ShapeError, place: Node, owner: Schema, schema: Schema) -> str:
    return f"key `{error.value}` does not fit{_expected(owner, schema)}"


_WORDS: Mapping[str, Callable[[ShapeError, Node, Schema, Schema], str]] = {
    "required": _required,
    "dependentRequired": _required,
    "enum": _enum,
    "const": _constant,
    "forbidden": _forbidden,
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
