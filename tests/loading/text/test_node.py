"""A node gives its parts, and plain data without places."""

from checker.loading.text.node import Node
from checker.loading.text.yaml_text import parsed_text
from checker.model.rule import Location


def root() -> Node:
    node, _ = parsed_text(b"a: {b: [1, x], c: null}\n", "f")
    assert node is not None
    return node


def test_parts() -> None:
    """Mappings give entries in the order of the file, lists their items; other nodes give none."""
    body = root()["a"]
    assert [key for key, _ in body.items()] == ["b", "c"]
    assert [node.text for node in body["b"]] == ["1", "x"]
    assert [node.value for node in body.values()][1] is None
    assert list(body["c"].items()) == list(body["c"]) == []


def test_absent_keys() -> None:
    """An absent key is None to `get` and empty to `entries`."""
    assert root().get("z") is None
    assert root().entries("z") == {}
    assert set(root().entries("a")) == {"b", "c"}
    assert "a" in root()
    assert "b" not in root()["a"]["b"]


def test_plain() -> None:
    """Plain data has no places."""
    assert root().plain == {"a": {"b": [1, "x"], "c": None}}
    assert root()["a"]["b"].key_location == Location("f", 1, 5)
