"""How much does a text sound like an ask, by what was learned from labelled messages?

The text is cut into words and CJK characters, words of one concept are made one, and every run of up to three
counts once. Nothing else goes in, so each score is explained by its runs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import re2

from checker.conversation.normalisation import Plain
from checker.conversation.pattern import compiled
from checker.model.lexicon import Lexicon

_TOKEN = re2.compile(r"<[a-z]+>|[a-z']+|[0-9]+|[^\sa-z0-9。.,、!~…:;]")  # full stops say only who likes to write them
_LONGEST = 3
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Score:
    """A score and the runs that moved it most, strongest first: those towards its own sign."""

    value: float
    runs: tuple[str, ...]


class Scorer:
    """Scores texts by the learned weights of a lexicon; without weights every score is zero."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = {ord(traditional): simple for traditional, simple in lexicon.simplified.items()}
        # Chinese and Japanese share one form here, so the patterns take the form of the text.
        self._concepts = tuple((f" {c.means} ", compiled(c.pattern.translate(table))) for c in lexicon.concepts)
        self._weights = lexicon.weights

    def runs(self, plain: Plain) -> frozenset[str]:
        """Every run of one to three words or characters of the text, once."""
        text = plain.simplified
        for means, pattern in self._concepts:
            text = str(pattern.sub(lambda _, means=means: means, text))
        return frozenset(_runs(["^", *_TOKEN.findall(text), "$"]))

    def score(self, plain: Plain) -> Score:
        """The score of a text and its strongest runs."""
        if self._weights is None:
            return Score(0.0, ())
        features = self._weights.features
        known = [(features[run], run) for run in self.runs(plain) if run in features]
        value = self._weights.bias + sum(weight for weight, _ in sorted(known))
        sign = 1 if value > 0 else -1
        strongest = sorted(known, key=lambda item: (-sign * item[0], item[1]))[:_SHOWN]
        return Score(value, tuple(run for weight, run in strongest if weight * sign > 0))


def _runs(tokens: list[str]) -> Iterator[str]:
    for length in range(1, _LONGEST + 1):
        for start in range(len(tokens) - length + 1):
            yield " ".join(tokens[start : start + length])
