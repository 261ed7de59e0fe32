"""What does the learned score make of a message that phrases have judged?"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from checker.conversation.features import before, claims, own
from checker.conversation.normalisation import cut
from checker.conversation.phrasebook import Sign
from checker.conversation.reading import Reader, Sense, reader_of
from checker.conversation.score import strongest, weight
from checker.conversation.turn import Mood
from checker.model.lexicon import Lexicon, Linear, Role, Solicits, Weights

SPLIT = "split_message"
_QUOTED = 80  # characters of a sentence that is quoted
_CACHED = 65_536  # sums are small, and shops say the same things over and over


class Weigher:
    """Weighs messages by one lexicon's learned weights.

    A score is a sum over disjoint features - of the text, of the lines before, of what is known - so that the parts
    which come again are summed once.
    """

    def __init__(self, reader: Reader, weights: Weights) -> None:
        self._reader, self._weights = reader, weights
        self._of_text = lru_cache(_CACHED)(lambda text: weight(own(reader.tokens(text)), weights.solicits))
        self._of_line = lru_cache(_CACHED)(
            lambda speaker, line: weight(before(speaker, reader.tokens(line)), weights.solicits)
        )

    def weighed(self, text: str, sense: Sense, mood: Mood) -> Sense:
        """The sense after the score: it can add an ask that no phrase found, or take back all, with its reasons."""
        score = self._score(text, sense, mood)
        if sense.asks and score <= self._weights.no_to:
            against = (*(ask.phrase for ask in sense.asks), *self._reasons(text, sense, mood, -1))
            return replace(sense, solicits=Solicits.NO, asks=(), against=against)
        if not sense.asks and score >= self._weights.ask_from:
            words = self._strongest_sentence(text)
            asks = tuple(Sign(reason, words) for reason in self._reasons(text, sense, mood, 1))
            return replace(sense, solicits=self._strength(text, sense, mood), asks=asks)
        return sense

    def _score(self, text: str, sense: Sense, mood: Mood) -> float:
        """Above zero where the message sounds like an ask."""
        lines = sum(self._of_line(speaker, line) for speaker, line in _lines(mood))
        known = weight(set(claims(_known(sense, mood))), self._weights.solicits)
        return self._weights.solicits.bias + self._of_text(cut(text)) + lines + known

    def _strength(self, text: str, sense: Sense, mood: Mood) -> Solicits:
        learned = self._weights.explicit
        score = learned.bias + weight(features(text, sense, mood, self._reader), learned)
        return Solicits.EXPLICIT if score > 0 else Solicits.INDIRECT

    def _reasons(self, text: str, sense: Sense, mood: Mood, sign: int) -> Iterator[str]:
        seen = features(text, sense, mood, self._reader)
        return (f"learned:{name}" for name in strongest(seen, self._weights.solicits, sign))

    def _strongest_sentence(self, text: str) -> str:
        """The sentence that sounds most like an ask, for quoting."""
        learned: Linear = self._weights.solicits
        sentences = self._reader.tokens(text).sentences
        return max(sentences, key=lambda s: weight(own(self._reader.tokens(s)), learned), default="")[:_QUOTED]


def features(text: str, sense: Sense, mood: Mood, reader: Reader) -> set[str]:
    """Everything that the score may count of a message in its conversation."""
    seen = own(reader.tokens(text))
    for speaker, line in _lines(mood):
        seen.update(before(speaker, reader.tokens(line)))
    seen.update(claims(_known(sense, mood)))
    return seen


def _lines(mood: Mood) -> Iterator[tuple[str, str]]:
    """The last line of each speaker."""
    said = (("buyer", mood.buyer), ("seller", mood.seller))
    return ((speaker, line) for speaker, line in said if line is not None)


def _known(sense: Sense, mood: Mood) -> Iterator[str]:
    """The roles of the phrases that fired - not the phrases, so that a new one counts at once - and the mood."""
    for sign in sense.asks:
        yield f"stands {_role(sign.phrase)}"
    for phrase in sense.against:
        yield f"against {_role(phrase)}"
    yield from (role for role in sense.roles if role is not Role.WISH)  # a buyer's role
    if mood.buyer is not None:
        yield "answer" if not mood.recent else "buyer spoke before"
    if mood.seller is not None:
        yield "asked before" if mood.solicited else "seller spoke before"


def _role(phrase: str) -> str:
    return phrase if phrase == SPLIT else phrase.split(".")[1]


@lru_cache(maxsize=8)
def weigher_of(lexicon: Lexicon) -> Weigher | None:
    """The weigher by a lexicon; None where nothing was learned."""
    return None if lexicon.weights is None else Weigher(reader_of(lexicon), lexicon.weights)
