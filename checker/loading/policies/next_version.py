"""With what text does the next version of a policy begin, and where must its author fill it in?"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from checker.loading.policies.parameters import unit_of
from checker.loading.text.node import Node
from checker.loading.text.yaml_text import read_yaml
from checker.model.rule import Location

_HEAD = ("effective", "effective_basis", "published", "change", "open_windows")


@dataclass(frozen=True, slots=True)
class Blank:
    """A place that the author must look at: what stands there now and what it is."""

    location: Location
    name: str
    now: str


def next_version(old: Path, effective: date) -> str:
    """The old version's text with the new first day, also as the day of publication until the author knows better.

    `reviewed_on` goes, `change` becomes substantive; everything else stays until the author changes it.
    """
    text = old.read_text(encoding="utf-8")
    text = re.sub(r"^reviewed_on:.*\n", "", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^repealed:.*\n", "", text, count=1, flags=re.MULTILINE)
    day = effective.isoformat()
    for key, value in (("effective", day), ("published", day), ("change", "substantive")):
        text = re.sub(rf"^{key}:.*$", f"{key}: {value}", text, count=1, flags=re.MULTILINE)
    return text


def blanks(path: Path) -> tuple[Blank, ...]:
    """The places of a version that its author must compare with the source, in the order of the file."""
    node = read_yaml(path)
    found = (*_of(node, _HEAD), *_sources(node), *_parameters(node))
    return tuple(sorted(found, key=lambda blank: (blank.location.line, blank.location.column)))


def _of(node: Node, keys: tuple[str, ...]) -> Iterator[Blank]:
    yield from (Blank(node[key].location, key, node[key].text) for key in keys if key in node)


def _sources(node: Node) -> Iterator[Blank]:
    for name, source in node["sources"].items():
        yield Blank(source["read_on"].location, f"sources.{name}.read_on", source["read_on"].text)


def _parameters(node: Node) -> Iterator[Blank]:
    for name, parameter in node.entries("parameters").items():
        unit = unit_of(parameter)
        value = parameter[unit]
        yield Blank(value.location, f"parameters.{name}.{unit}", value.text or json.dumps(value.plain))
