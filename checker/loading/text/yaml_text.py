"""What does a YAML file say, and where does it say it?

YAML 1.2 core: only null, true, false and plain numbers are not text, so `on`, `NO`, `14:00` and dates are.
The parser is PyYAML's (libyaml where available); types, limits and refusals are decided here.
"""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import yaml

from checker.loading.text.node import Node, Scalar
from checker.loading.text.problem import Problem, refuse
from checker.model.rule import Location

__all__ = ["MAX_PROBLEMS", "Node", "parsed", "parsed_text", "read_yaml", "resolved"]

MAX_BYTES = 1_000_000
MAX_DEPTH = 32
MAX_SCALAR = 10_000
MAX_NODES = 20_000
MAX_PROBLEMS = 200

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read_yaml(path: Path, name: str | None = None) -> Node:
    """The one document of a file; `name` is what messages call it.

    Raises: PolicyError with every problem of the text.
    """
    node, problems = parsed(path, name)
    refuse(problems)
    assert node is not None  # noqa: S101 - no node always comes with a problem
    return node


def parsed(path: Path, name: str | None = None) -> tuple[Node | None, tuple[Problem, ...]]:
    """The document of a file and the problems of its text; None where the text cannot be read to its end."""
    name = name or str(path)
    try:
        raw = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        return None, (_problem(name, 1, 1, f"cannot be read: {(error.strerror or str(error)).lower()}"),)
    if raw is None:
        return None, (_problem(name, 1, 1, f"more than {MAX_BYTES} bytes; expected a smaller file"),)
    return parsed_text(raw, name)


def parsed_text(raw: bytes, name: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The same for bytes already in memory."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        return None, (_problem(name, line, column, f"byte `0x{raw[error.start]:02x}` is not UTF-8; expected UTF-8"),)
    tabs = tuple(_tabs(text, name))
    if tabs:
        return None, tabs
    return _composed(text, name)


def _composed(text: str, name: str) -> tuple[Node | None, tuple[Problem, ...]]:
    composer = _Composer(name, yaml.parse(text, Loader=_PARSER))
    try:
        node = composer.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = f"not YAML: {error.problem}" + (f" ({error.context})" if error.context else "")
        return None, (*composer.problems, _problem(name, line, column, message))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - text.rfind("\n", 0, error.position)
        return None, (_problem(name, line, column, f"character `U+{error.character:04X}` is not allowed in YAML"),)
    except _Stop as stop:
        return None, (*composer.problems, stop.problem)
    return node, tuple(composer.problems)


def _tabs(text: str, name: str) -> Iterator[Problem]:
    """Tabs look like spaces and are not: refused wherever they stand."""
    tabbed = ((number, line.index("\t") + 1) for number, line in enumerate(text.split("\n"), 1) if "\t" in line)
    for line, column in islice(tabbed, MAX_PROBLEMS):
        yield _problem(name, line, column, 'a tab; expected spaces, or `"\\t"` in a quoted text')


def _problem(name: str, line: int, column: int, message: str) -> Problem:
    return Problem("P001", Location(name, line, column), message)


class _Stop(Exception):  # noqa: N818 - not an error, the end of reading
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Composer:
    """Builds nodes from parser events; keeps problems that reading can go on after."""

    def __init__(self, name: str, events: Iterator[yaml.Event]) -> None:
        self.name = name
        self.events = events
        self.problems: list[Problem] = []
        self.count = 0

    def document(self) -> Node:
        """The only document."""
        next(self.events)
        if isinstance(event := next(self.events), yaml.StreamEndEvent):
            raise _Stop(_problem(self.name, 1, 1, "an empty file; expected a mapping"))
        node = self.value(next(self.events), None, 0)
        next(self.events)
        if not isinstance(event := next(self.events), yaml.StreamEndEvent):
            raise _Stop(self.told(event, "a second document; expected one document a file"))
        return node

    def value(self, event: yaml.Event, key: Location | None, depth: int) -> Node:
        at = self.at(event)
        if depth > MAX_DEPTH:
            raise _Stop(self.told(event, f"nested more than {MAX_DEPTH} deep; expected a flatter file"))
        self.count += 1
        if self.count > MAX_NODES:
            raise _Stop(self.told(event, f"more than {MAX_NODES} values; expected a smaller file"))
        self.check(event)
        match event:
            case yaml.ScalarEvent():
                return Node(self.scalar(event), at, key or at, event.value)
            case yaml.MappingStartEvent():
                return Node(self.mapping(depth), at, key or at)
            case yaml.SequenceStartEvent():
                return Node(self.sequence(depth), at, key or at)
        return Node(None, at, key or at)

    def check(self, event: yaml.Event) -> None:
        """Notes what YAML can and a policy must not."""
        if isinstance(event, yaml.AliasEvent):
            self.note(event, f"alias `*{event.anchor}`; expected the value written out")
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            self.note(event, f"anchor `&{event.anchor}`; expected no anchors, each value written out")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            self.note(event, f"tag `{event.tag}`; expected no tags")

    def mapping(self, depth: int) -> dict[str, Node]:
        result: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.key(event, depth)
            node = self.value(next(self.events), self.at(event), depth + 1)
            if key in result:
                first = result[key].key_location
                self.note(event, f"key `{key}` again; it already stands at line {first.line}, column {first.column}")
            elif key is not None:
                result[key] = node
        return result

    def sequence(self, depth: int) -> list[Node]:
        result = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            result.append(self.value(event, None, depth + 1))
        return result

    def key(self, event: yaml.Event, depth: int) -> str | None:
        """The key's text, or None after noting why it is none."""
        node = self.value(event, None, depth + 1)
        if isinstance(event, yaml.ScalarEvent) and event.value == "<<" and event.implicit[0]:
            self.note(event, "merge key `<<`; expected the keys written out")
        elif not isinstance(event, yaml.ScalarEvent):
            self.note(event, "a key that is no text; expected a word")
        elif isinstance(node.value, str):
            return node.value
        else:
            self.note(event, f"key `{event.value}` is not text; expected quotes around it")
        return None

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        if len(event.value) > MAX_SCALAR:
            raise _Stop(self.told(event, f"a text of {len(event.value)} characters; expected at most {MAX_SCALAR}"))
        if not event.implicit[0]:
            return event.value
        if len(event.value) > 18 and _INTEGER.fullmatch(event.value):
            self.note(event, f"`{event.value[:40]}` is too long a number; expected quotes around an id")
            return event.value
        return resolved(event.value)

    def at(self, event: yaml.Event) -> Location:
        mark = event.start_mark
        return Location(self.name, mark.line + 1, mark.column + 1) if mark else Location(self.name, 1, 1)

    def told(self, event: yaml.Event, message: str) -> Problem:
        return Problem("P001", self.at(event), message)

    def note(self, event: yaml.Event, message: str) -> None:
        self.problems.append(self.told(event, message))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stop(self.told(event, f"more than {MAX_PROBLEMS} problems; the rest of the file was not read"))


def resolved(text: str) -> Scalar:
    """What a plain (unquoted) scalar means in YAML 1.2 core."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "0123456789+-.":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text
