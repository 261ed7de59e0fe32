"""YAML 1.2 core, with places, and what is refused."""

import math
from pathlib import Path

import pytest

from checker.loading.text.yaml_text import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    MAX_SCALAR,
    parsed,
    parsed_text,
    read_yaml,
    resolved,
)
from checker.model.error import PolicyError
from checker.model.rule import Location


def problems(text: str | bytes) -> list[str]:
    raw = text.encode() if isinstance(text, str) else text
    return [str(problem) for problem in parsed_text(raw, "f.yaml")[1]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("off", "off"),
        ("yes", "yes"),
        ("NO", "NO"),
        ("y", "y"),
        ("14:00", "14:00"),
        ("2025-10-28", "2025-10-28"),
        ("2025-10-28T10:00:00Z", "2025-10-28T10:00:00Z"),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        ("0o17", 15),
        ("0x1F", 31),
        ("017", 17),
        ("+12", 12),
        ("-3", -3),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-.INF", -math.inf),
        ("true", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("~", None),
        ("Null", None),
        ("", None),
        ("=", "="),
    ],
)
def test_core_types(text: str, value: object) -> None:
    """Only null, true, false and plain numbers of YAML 1.2 core are not text."""
    assert resolved(text) == value
    assert type(resolved(text)) is type(value)


def test_not_a_number() -> None:
    """`.NaN` is a number that equals nothing."""
    assert resolved(".NaN") != resolved(".NaN")


def test_quotes_make_text() -> None:
    """A quoted scalar is text whatever it looks like."""
    node, _ = parsed_text(b"a: '1'\nb: \"true\"\nc: |\n  2\n", "f.yaml")
    assert node is not None
    assert node.plain == {"a": "1", "b": "true", "c": "2\n"}


def test_places_of_keys_and_values() -> None:
    """Line and column count from 1, in characters, for every key and value."""
    node, _ = parsed_text("日本: {市場: [x, 東京]}\n".encode(), "f.yaml")
    assert node is not None
    assert node["日本"].key_location == Location("f.yaml", 1, 1)
    assert node["日本"]["市場"].key_location == Location("f.yaml", 1, 6)
    assert node["日本"]["市場"][1].location == Location("f.yaml", 1, 14)


def test_decimals_stay_exact() -> None:
    """A decimal is a number as a value, and the text that was written in plain data."""
    node, _ = parsed_text(b"a: 2.50", "f.yaml")
    assert node is not None
    assert (node["a"].value, node.plain) == (2.5, {"a": "2.50"})


def test_byte_order_mark() -> None:
    """A byte order mark, as Windows editors write it, is no part of the text."""
    node, _ = parsed_text(b"\xef\xbb\xbfa: 1", "f.yaml")
    assert node is not None
    assert node.plain == {"a": 1}
    assert node["a"].key_location == Location("f.yaml", 1, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3:1: key `a` again; it already stands at line 1, column 1 [P001]"),
        ("a:\tb\n", 'f.yaml:1:3: a tab; expected spaces, or `"\\t"` in a quoted text [P001]'),
        ("a:\n\tb: 1\n", 'f.yaml:2:1: a tab; expected spaces, or `"\\t"` in a quoted text [P001]'),
        ("a: &x 1\n", "f.yaml:1:4: anchor `&x`; expected no anchors, each value written out [P001]"),
        ("a: *x\n", "f.yaml:1:4: alias `*x`; expected the value written out [P001]"),
        ("<<: {a: 1}\n", "f.yaml:1:1: merge key `<<`; expected the keys written out [P001]"),
        ("a: !!str 3\n", "f.yaml:1:4: tag `tag:yaml.org,2002:str`; expected no tags [P001]"),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            "f.yaml:1:4: tag `tag:yaml.org,2002:python/object",
        ),
        ("true: 1\n", "f.yaml:1:1: key `true` is not text; expected quotes around it [P001]"),
        ("? [a]\n: 1\n", "f.yaml:1:3: a key that is no text; expected a word [P001]"),
        ("--- 1\n--- 2\n", "f.yaml:2:1: a second document; expected one document a file [P001]"),
        ("", "f.yaml:1:1: an empty file; expected a mapping [P001]"),
        ("# nothing\n", "f.yaml:1:1: an empty file; expected a mapping [P001]"),
        ("a: [1, 2\n", "f.yaml:2:1: not YAML: "),
        ("a: b: c\n", "f.yaml:1:5: not YAML: mapping values are not allowed"),
        ("a: \x01\n", "f.yaml:1:4: character `U+0001` is not allowed in YAML [P001]"),
        ("a: 123456789012345678901\n", "f.yaml:1:4: `123456789012345678901` is too long a number; expected quotes"),
    ],
)
def test_refused(text: str, said: str) -> None:
    """What lets a file say something else than it seems to is refused, with its place and what was expected."""
    (problem,) = problems(text)
    assert problem.startswith(said)


def test_not_utf8() -> None:
    """A byte that is not UTF-8 is named with its place."""
    assert problems(b"a: 1\nb: \xff\n") == ["f.yaml:2:4: byte `0xff` is not UTF-8; expected UTF-8 [P001]"]


def test_recursive_alias() -> None:
    """A value inside itself is refused as the anchor and the alias that it takes."""
    assert problems("a: &a [*a]\n") == [
        "f.yaml:1:4: anchor `&a`; expected no anchors, each value written out [P001]",
        "f.yaml:1:8: alias `*a`; expected the value written out [P001]",
    ]


def test_exploding_aliases() -> None:
    """Aliases of aliases never multiply: each is refused where it stands, up to a limit."""
    lines = ["a: &a [x, x]", *(f"b{n}: &b{n} [*a, *a]" for n in range(200))]
    found = problems("\n".join(lines))
    assert len(found) == 201
    assert found[-1].endswith("more than 200 problems; the rest of the file was not read [P001]")


def test_many_values() -> None:
    """The number of values has a limit, keys included; the limit itself is allowed."""
    assert problems(f"[{', '.join(['x'] * (MAX_NODES - 1))}]") == []
    (problem,) = problems(f"[{', '.join(['x'] * MAX_NODES)}]")
    assert problem.endswith("more than 20000 values; expected a smaller file [P001]")


def test_every_problem_is_told() -> None:
    """Reading goes on after a problem that leaves the rest readable."""
    assert [problem.split(": ")[0] for problem in problems("a: 1\na: 2\nb: !x 3\nc: *d\n")] == [
        "f.yaml:2:1",
        "f.yaml:3:4",
        "f.yaml:4:4",
    ]


def test_depth() -> None:
    """Nesting has a limit; the limit itself is allowed."""
    assert problems("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == []
    (problem,) = problems("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2))
    assert problem == "f.yaml:1:34: nested more than 32 deep; expected a flatter file [P001]"


def test_long_text() -> None:
    """One scalar has a limit; the limit itself is allowed."""
    assert problems("a: " + "x" * MAX_SCALAR) == []
    assert problems("a: " + "x" * (MAX_SCALAR + 1)) == [
        "f.yaml:1:4: a text of 10001 characters; expected at most 10000 [P001]"
    ]


def test_large_file(tmp_path: Path) -> None:
    """A file over the limit is not read at all."""
    path = tmp_path / "large.yaml"
    path.write_text("a: " + "x" * MAX_BYTES, encoding="utf-8")
    with pytest.raises(PolicyError, match=r"large.yaml:1:1: more than 1000000 bytes; expected a smaller file"):
        read_yaml(path)


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is a problem like any other."""
    node, (problem,) = parsed(tmp_path / "none.yaml", "none.yaml")
    assert node is None
    assert str(problem) == "none.yaml:1:1: cannot be read: no such file or directory [P001]"


def test_folder_in_place_of_a_file(tmp_path: Path) -> None:
    """A folder is not a file."""
    assert "cannot be read: is a directory" in str(parsed(tmp_path, "here")[1][0])
