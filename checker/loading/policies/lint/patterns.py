"""Can every text pattern of a policy match what it should?"""

from collections.abc import Iterator

import re2

from checker.interpreter.text import normalised
from checker.loading.policies.drafts import Draft
from checker.loading.text.node import Node
from checker.loading.text.problem import Level, Problem

_QUIET = re2.Options()
_QUIET.log_errors = False
# What stands for other characters than its own: escapes, classes, groups with a name or flags.
_SYNTAX = re2.compile(r"\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\.|\[:\^?[a-z]+:\]|\(\?P?<[^>]*>|\(\?[imsU-]+[:)]")
# Texts in which a pattern that needs no character shows itself.
_PROBES = ("", "a", "あ a")
_IGNORES_CASE = re2.compile(r"\(\?[msU]*i")


def pattern_problems(draft: Draft) -> Iterator[Problem]:
    """Patterns that RE2 refuses, that match the empty string, or that no normalised text can hold."""
    for matcher in draft.node.entries("matchers").values():
        for patterns in matcher.values():
            for pattern in patterns:
                yield from _problems(pattern)


def _problems(node: Node) -> Iterator[Problem]:
    pattern = str(node.value)
    try:
        compiled = re2.compile(pattern, _QUIET)
    except re2.error as error:
        yield Problem("P131", node.location, f"pattern `{pattern}`: {_said(error)}; expected RE2 syntax")
        return
    if any((match := compiled.search(text)) and not match.group() for text in _PROBES):
        message = f"pattern `{pattern}` matches the empty string, so any text; expected one that needs a character"
        yield Problem("P132", node.location, message)
    elif (plain := _literal(pattern)) != (reads := normalised(plain)):
        message = f"pattern `{pattern}` never matches: texts are compared in normal form; did you mean `{reads}`?"
        yield Problem("P134", node.location, message, Level.WARNING)


def _said(error: Exception) -> str:
    text = error.args[0] if error.args else ""
    return text.decode(errors="replace") if isinstance(text, bytes) else str(text)


def _literal(pattern: str) -> str:
    """The characters of a pattern that stand for themselves."""
    plain = str(_SYNTAX.sub("", pattern)).strip()
    return plain.casefold() if _IGNORES_CASE.search(pattern) else plain
