"""Does a file have the shape that its schema asks for, and if not, where and why?"""

import json
from collections.abc import Callable, Iterator
from datetime import time
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from checker.loading.policies.conditions import comparable
from checker.loading.text.node import Node
from checker.loading.text.problem import Problem
from checker.loading.text.yaml_text import MAX_PROBLEMS, parsed

if TYPE_CHECKING:
    import jsonschema_rs

SCHEMA_FOLDER = Path(__file__).parents[1] / "schemas"
SCHEMAS = ("policy", "market", "calendar", "assumptions")


def schema_text(name: str = "policy") -> str:
    """The JSON Schema (2020-12) of `policy`, `market`, `calendar` or `assumptions` files."""
    return (SCHEMA_FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")


def document(path: Path, schema: str, name: str | None = None) -> tuple[Node | None, tuple[Problem, ...]]:
    """The document of a file if its text and shape are right, else None; and every problem of both."""
    node, problems = parsed(path, name)
    if node is not None and not problems:
        problems = shape_problems(node, schema)
    return (None if problems else node), problems


def shape_problems(node: Node, schema: str) -> tuple[Problem, ...]:
    """Every place where the document does not fit the schema."""
    floats = tuple(_floats(node))
    if not floats and _fast_validator(schema).is_valid(node.plain):
        return ()
    # The fast validator only says yes or no; the standard one, slow to import, tells what is wrong.
    from checker.loading.text.misfit import misfits

    told = {problem.location for problem in floats}
    shape = misfits(node, json.loads(schema_text(schema)), FORMATS)
    return (*floats, *islice((problem for problem in shape if problem.location not in told), MAX_PROBLEMS))


@lru_cache
def _fast_validator(schema: str) -> "jsonschema_rs.Draft202012Validator":
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(json.loads(schema_text(schema)), validate_formats=True, formats=FORMATS)


def _floats(node: Node) -> Iterator[Problem]:
    """Decimals, which nothing in the language takes: exact ones are text."""
    ahead = [node]
    while ahead:
        node = ahead.pop()
        match node.value:
            case dict() as parts:
                ahead.extend(parts.values())
            case list() as parts:
                ahead.extend(parts)
            case float():
                message = f"decimal `{node.text}`; expected quotes around it, or a whole number"
                yield Problem("P002", node.location, message)


def _holds(reads: Callable[[str], object]) -> Callable[[str], bool]:
    def fits(text: str) -> bool:
        try:
            reads(text)
        except (ValueError, KeyError, OSError):
            return False
        return True

    return fits


FORMATS: dict[str, Callable[[str], bool]] = {
    "timezone": _holds(ZoneInfo),
    "clock": lambda text: len(text) == len("14:00") and _holds(time.fromisoformat)(text),
    "comparable": _holds(comparable),
}
