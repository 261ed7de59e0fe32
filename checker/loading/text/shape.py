"""Which places of a document break its JSON Schema, as the standard validator finds them?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

Schema = Mapping[str, Any]
Path = tuple[str | int, ...]
Formats = Mapping[str, Callable[[str], bool]]


@dataclass(frozen=True, slots=True)
class ShapeError:
    """A value that breaks one keyword of the schema object `owner`; `operand` is what stands beside that keyword.

    `path` leads to the value; where a key itself is wrong, to its object. `missing` is the key that a value lacks.
    """

    keyword: str
    path: Path
    value: Any
    owner: Schema
    operand: Any
    missing: str | None


def shape_errors(document: object, schema: Schema, formats: Formats) -> Iterator[ShapeError]:
    """Every error in the document, in the validator's order."""
    validator = _Strict(schema, format_checker=_checker(formats))
    for error in validator.iter_errors(document):
        yield _shape_error(cast("ValidationError", error))


def _shape_error(error: ValidationError) -> ShapeError:
    found: Any = error  # its typed attributes say "or not set", which an error that was yielded never is
    keyword = "propertyNames" if "propertyNames" in found.schema_path else found.validator
    return ShapeError(
        keyword, tuple(found.absolute_path), found.instance, found.schema, found.validator_value, _lacks(found)
    )


def _lacks(found: Any) -> str | None:
    """The key that is missing; the validator tells which one in its message only."""
    if found.validator not in ("required", "dependentRequired"):
        return None
    needed = found.validator_value
    names = needed if found.validator == "required" else [name for group in needed.values() for name in group]
    return next((name for name in names if found.message.startswith(repr(name))), None)


def _checker(formats: Formats) -> FormatChecker:
    checker = FormatChecker(formats=("date",))
    for name, fits in formats.items():
        checker.checks(name)(partial(_fits, fits))
    return checker


def _fits(fits: Callable[[str], bool], value: object) -> bool:
    return not isinstance(value, str) or fits(value)


def _properties(validator: Any, parts: Schema, instance: Any, schema: Schema) -> Iterator[ValidationError]:
    """The errors of an object's values; a key that is forbidden here is told with its place, which `false` loses."""
    for key in parts if isinstance(instance, dict) else ():
        if key in instance and parts[key] is False:
            yield ValidationError("", validator="forbidden", path=[key], schema=schema, instance=instance[key])
        elif key in instance:
            yield from validator.descend(instance[key], parts[key], path=key, schema_path=key)


_Strict: Any = cast("Any", extend)(Draft202012Validator, {"properties": _properties})
