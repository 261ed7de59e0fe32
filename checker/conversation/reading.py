"""What does one text say by itself, whoever sent it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checker.conversation.language import language_of
from checker.conversation.normalisation import Normaliser, Plain, cut
from checker.conversation.pattern import compiled
from checker.conversation.phrasebook import Near, Passage, Phrasebook, Sign, blanked, signs
from checker.conversation.score import Scorer
from checker.model.lexicon import Lexicon, Role, Solicits

_END = compiled(r"(?:[。!?;…]|\.(?:\s|$))+")
_MASKED = (Role.ASK, Role.STEER)
_UNMASKED = (Role.PLEA, Role.HINT)
_SILENT = frozenset({*_MASKED, *_UNMASKED, Role.MASK})  # what these find counts sentence by sentence only
_CACHED = 16_384
_SHORT = 500  # characters; longer texts do not come twice and would fill the memory
_QUOTED = 80  # characters of a text that is quoted whole


@dataclass(frozen=True, slots=True)
class Sense:
    """What a text says: the asks that stand, what took others back, and the other roles that fired anywhere."""

    solicits: Solicits
    asks: tuple[Sign, ...]
    against: tuple[str, ...]
    roles: frozenset[Role]
    language: str | None


class Reader:
    """Reads texts by one lexicon; the same text always gives the same sense."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._normaliser = Normaliser(lexicon)
        self._book = Phrasebook(lexicon.phrases)
        self._scorer, self._weights = Scorer(lexicon), lexicon.weights
        self._remembered = lru_cache(_CACHED)(self._sense)

    def sense(self, text: str) -> Sense:
        """What a text says."""
        short = cut(text)
        return self._remembered(short) if len(short) <= _SHORT else self._sense(short)

    def plain(self, text: str) -> Plain:
        """The comparable form of a text."""
        return self._normaliser.plain(text)

    def follow_ups(self, text: str) -> tuple[Sign, ...]:
        """The asks of a text that name no act."""
        passage = _passage(self.plain(text))
        return tuple(signs(self._book.near(passage).get(Role.FOLLOW_UP, ()), passage))

    def _sense(self, text: str) -> Sense:
        plain = self.plain(text)
        passage = _passage(plain)
        near = self._book.near(passage)
        roles = frozenset(r for r in near if r not in _SILENT and any(e.found(passage) for e in near[r]))
        language = language_of(plain.text)
        asks, against, spoken = _asks(passage, near)
        answers = tuple(s.phrase for s in signs(near.get(Role.ANSWER, ()), passage))
        if answers:
            return Sense(Solicits.NO, (), (*against, *(a.phrase for a in asks), *answers), roles, language)
        open_to_asks = spoken and not against and Role.EXCEPTION not in roles
        asks, learned_against = self._weighed(asks, plain, open_to_asks=open_to_asks)
        return Sense(_strongest(asks), tuple(asks), (*against, *learned_against), roles, language)

    def _weighed(self, asks: list[Sign], plain: Plain, *, open_to_asks: bool) -> tuple[list[Sign], tuple[str, ...]]:
        """The asks after the learned score: it can add one of its own, or take back all, with its reasons.

        What only the score finds is never more than indirect, and nothing where no order's end is spoken of or where
        a mask or an exception fired.
        """
        if self._weights is None or not (asks or open_to_asks):
            return asks, ()
        score = self._scorer.score(plain)
        if asks and score.value <= self._weights.no_to:
            return [], (*(a.phrase for a in asks), *(f"learned:{run}" for run in score.runs))
        if not asks and score.value >= self._weights.ask_from:
            return [Sign(f"learned:{run}", plain.text[:_QUOTED]) for run in score.runs], ()
        return asks, ()


def _asks(whole: Passage, near: Near) -> tuple[list[Sign], list[str], bool]:
    """The asks that stand, sentence by sentence; what spoke against others; whether the topic comes up unmasked."""
    if not any(role in near for role in (*_MASKED, *_UNMASKED, Role.TOPIC)):
        return [], [], False
    asks: list[Sign] = []
    against: list[str] = []
    spoken = False
    for sentence in _sentences(whole):
        masked, masks = blanked(near.get(Role.MASK, ()), sentence)
        found = [s for role in _MASKED for s in signs(near.get(role, ()), masked)]
        found += [s for role in _UNMASKED for s in signs(near.get(role, ()), sentence)]
        taken_back = [s.phrase for s in signs(near.get(Role.EXCEPTION, ()), sentence)] if found else []
        against += [*masks, *taken_back]
        asks += [] if taken_back else found
        spoken = spoken or any(entry.found(masked) for entry in near.get(Role.TOPIC, ()))
    return asks, against, spoken


def _sentences(whole: Passage) -> Iterator[Passage]:
    """The sentences; a question or an exclamation keeps its mark."""
    start = 0
    for match in _END.finditer(whole.text):
        end = match.end() if match[0][:1] in b"!?" else match.start()
        yield whole.part(start, end)
        start = match.end()
    yield whole.part(start, len(whole.text))


def _passage(plain: Plain) -> Passage:
    return Passage(plain.text.encode(errors="replace"), plain.simplified.encode(errors="replace"))


def _strongest(asks: list[Sign]) -> Solicits:
    if not asks:
        return Solicits.NO
    explicit = any(f".{role}." in sign.phrase for sign in asks for role in (Role.ASK, Role.PLEA))
    return Solicits.EXPLICIT if explicit else Solicits.INDIRECT


@lru_cache(maxsize=8)
def reader_of(lexicon: Lexicon) -> Reader:
    """The reader by a lexicon, compiled once."""
    return Reader(lexicon)
