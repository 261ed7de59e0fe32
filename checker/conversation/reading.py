"""What does one text say by itself, whoever sent it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checker.conversation.language import language_of
from checker.conversation.normalisation import Normaliser, Plain, cut
from checker.conversation.pattern import compiled
from checker.conversation.phrasebook import Near, Passage, Phrasebook, Sign, blanked, signs
from checker.conversation.tokens import Cutter, Tokens
from checker.model.lexicon import Lexicon, Role, Solicits

_END = compiled(r"(?:[。!?;…]|\.(?:\s|$))+")
_MASKED = (Role.ASK, Role.STEER)
_UNMASKED = (Role.PLEA, Role.HINT)
_SILENT = frozenset({*_MASKED, *_UNMASKED, Role.MASK})  # what these find counts sentence by sentence only
_CACHED = 16_384
_LATELY = 64  # texts that phrases have just seen, and the score sees next
_SHORT = 500  # characters; longer texts do not come twice and would fill the memory


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
        self._plain = lru_cache(_LATELY)(Normaliser(lexicon).plain)
        self._book = Phrasebook(lexicon.phrases)
        self._cutter = Cutter(lexicon)
        self._remembered = lru_cache(_CACHED)(self._sense)
        self._tokens = lru_cache(_CACHED)(self._cut_up)

    def sense(self, text: str) -> Sense:
        """What a text says."""
        short = cut(text)
        return self._remembered(short) if len(short) <= _SHORT else self._sense(short)

    def plain(self, text: str) -> Plain:
        """The comparable form of a text."""
        return self._plain(text)

    def tokens(self, text: str) -> Tokens:
        """The text cut up for the learned score."""
        short = cut(text)
        return self._tokens(short) if len(short) <= _SHORT else self._cut_up(short)

    def _cut_up(self, text: str) -> Tokens:
        return self._cutter.tokens(self.plain(text))

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
        asks, against = _asks(passage, near)
        answers = tuple(s.phrase for s in signs(near.get(Role.ANSWER, ()), passage))
        if answers:
            return Sense(Solicits.NO, (), (*against, *(a.phrase for a in asks), *answers), roles, language)
        return Sense(_strongest(asks), tuple(asks), tuple(against), roles, language)


def _asks(whole: Passage, near: Near) -> tuple[list[Sign], list[str]]:
    """The asks that stand, sentence by sentence, and what spoke against others."""
    if not any(role in near for role in (*_MASKED, *_UNMASKED)):
        return [], []
    asks: list[Sign] = []
    against: list[str] = []
    for sentence in _sentences(whole):
        masked, masks = blanked(near.get(Role.MASK, ()), sentence)
        found = [s for role in _MASKED for s in signs(near.get(role, ()), masked)]
        found += [s for role in _UNMASKED for s in signs(near.get(role, ()), sentence)]
        taken_back = [s.phrase for s in signs(near.get(Role.EXCEPTION, ()), sentence)] if found else []
        against += [*masks, *taken_back]
        asks += [] if taken_back else found
    return asks, against


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
