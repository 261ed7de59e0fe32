"""How is a phrase searched: RE2, so that hostile text costs linear time."""

import re2

_MEMORY = 128 << 20  # counted gaps over Chinese and Japanese make big automata; RE2 takes the memory only as needed


def compiled(pattern: str) -> "re2._Regexp[str]":
    """The compiled pattern; where its automaton outgrows the memory RE2 falls back to a slower one, silently."""
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    return re2.compile(pattern, options)
