"""Does a file have the shape that its schema asks for, and if not, where and why?"""

from pathlib import Path

from checker.loading.problem import Problem
from checker.loading.yaml_text import Node, parsed


def document(path: Path, schema: str, name: str | None = None) -> tuple[Node | None, tuple[Problem, ...]]:
    """The document of a file if its text and shape are right, else None; and its problems."""
    return parsed(path, name)
