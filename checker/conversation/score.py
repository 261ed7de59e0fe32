"""How much does a text sound like an ask, by what was learned from labelled messages?

The text is cut into words and CJK characters, words of one concept are made one, and every run of up to three
counts once. Nothing else goes in, so each score is explained by its runs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from checker.conversation.normalisation import Plain
from checker.conversation.pattern import Sieve, compiled
from checker.model.lexicon import Lexicon

_LONGEST = 3
_SHOWN = 3
_PARTING = frozenset(" 。.,、!~…:;")  # stops say only who likes to write them
_WORD = frozenset("abcdefghijklmnopqrstuvwxyz'<>")
_DIGIT = frozenset("0123456789")


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
        patterns = [concept.pattern.translate(table) for concept in lexicon.concepts]
        means = [f" {concept.means} ".encode() for concept in lexicon.concepts]
        self._concepts = list(zip(means, map(compiled, patterns), strict=True))
        self._sieve = Sieve(patterns)
        self._weights = lexicon.weights

    def runs(self, plain: Plain) -> frozenset[str]:
        """Every run of one to three words or characters of the text, once."""
        text = plain.simplified.encode(errors="replace")
        for index in self._sieve.possible(text):
            means, pattern = self._concepts[index]
            text = pattern.sub(lambda _, means=means: means, text)
        return frozenset(_runs(["^", *_tokens(text.decode()), "$"]))

    def score(self, plain: Plain) -> Score:
        """The score of a text and its strongest runs."""
        if self._weights is None:
            return Score(0.0, ())
        features = self._weights.features
        known = sorted((features[run], run) for run in self.runs(plain) if run in features)
        value = self._weights.bias + sum(weight for weight, _ in known)
        towards = known[::-1] if value > 0 else known
        strongest = (run for weight, run in towards[:_SHOWN] if (weight > 0) is (value > 0))
        return Score(value, tuple(strongest))


def _tokens(text: str) -> Iterator[str]:
    """Latin words, numbers, and every other character that is not a stop."""
    held, kind = "", None
    for character in text:
        now = _WORD if character in _WORD else _DIGIT if character in _DIGIT else None
        if held and (now is not kind or character == "<"):
            yield held
            held = ""
        if now is not None:
            held += character
        elif character not in _PARTING:
            yield character
        kind = now
    if held:
        yield held


def _runs(tokens: list[str]) -> Iterator[str]:
    for length in range(1, _LONGEST + 1):
        for start in range(len(tokens) - length + 1):
            yield " ".join(tokens[start : start + length])
