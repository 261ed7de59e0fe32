"""What of a message, and of the lines before it, does the learned score count?

Every feature can be read: a run of words and characters, in which `<cancel>` stands for every word of that concept;
`<a>~<b>` are two concepts of a sentence in this order; `buyer:` and `seller:` precede what stood in the last line of
each; a name in brackets is a role whose phrases were found, or what the conversation has come to.
"""

from collections.abc import Iterable, Iterator, Sequence

from checker.conversation.tokens import Tokens

_WRITTEN, _MEANT, _BEFORE = 4, 3, 2
_APART = 8  # concepts of a pair stand at most so far from each other: hostile texts must not cost their square


def own(tokens: Tokens) -> set[str]:
    """The features of a text by itself."""
    found = {*_runs(tokens.written, _WRITTEN), *_runs(tokens.meant, _MEANT)}
    for concepts in tokens.concepts:
        found.update(f"{one}~{two}" for one, two in _pairs(concepts))
    return found


def before(speaker: str, tokens: Tokens) -> Iterator[str]:
    """The features that the last line of a speaker gives to the message after it."""
    return (f"{speaker}: {run}" for run in {*_runs(tokens.meant, _BEFORE), *_runs(tokens.written, _BEFORE)})


def claims(names: Iterable[str]) -> Iterator[str]:
    """The features of what is known: roles found, what the conversation has come to."""
    return (f"[{name}]" for name in names)


def _runs(tokens: Sequence[str], longest: int) -> Iterator[str]:
    yield from tokens[1:-1]  # an end alone says nothing
    for length in range(2, longest + 1):
        for start in range(len(tokens) - length + 1):
            yield " ".join(tokens[start : start + length])


def _pairs(concepts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(concepts):
        for two in concepts[place + 1 : place + 1 + _APART]:
            yield one, two
