"""How is a phrase searched: RE2 over UTF-8, so that hostile text costs linear time."""

from collections.abc import Iterable, Iterator

import re2

_MEMORY = 64 << 20  # counted gaps over Chinese and Japanese make big automata; RE2 takes the memory only as needed


def compiled(pattern: str, memory: int = _MEMORY) -> "re2._Regexp[bytes]":
    """The pattern for bytes: positions are bytes, which spares a conversion at every search.

    Where its automaton outgrows the memory (in bytes) RE2 falls back to a slower one.
    """
    return re2.compile(pattern.encode(), _options(memory))


class Sieve:
    """Many patterns at once: which of them can match a text at all, by the words that they cannot do without."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._filter = re2.Filter()
        for pattern in patterns:
            self._filter.Add(pattern.encode(), _options())
        self._filter.Compile()

    def possible(self, text: bytes) -> Iterator[int]:
        """The places of the patterns that may match, in order; never leaves one out that does."""
        return iter(sorted(self._filter.Match(text, potential=True) or ()))


def _options(memory: int = _MEMORY) -> "re2.Options":
    options = re2.Options()
    options.max_mem = memory
    options.log_errors = False
    return options
