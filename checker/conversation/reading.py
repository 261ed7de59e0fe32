"""What does one text say by itself, whoever sent it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checker.conversation.language import language_of
from checker.conversation.normalisation import Normaliser, Plain
from checker.conversation.pattern import compiled
from checker.conversation.score import Scorer
from checker.model.lexicon import Lexicon, Phrase, Role, Solicits

_END = compiled(r"[。!?;…]+|\.(?:\s|$)")
_BLANK = "■"
_MASKED = (Role.ASK, Role.STEER)
_UNMASKED = (Role.PLEA, Role.HINT)
_ASKS = (*_MASKED, *_UNMASKED)
_CACHED = 100_000
_QUOTED = 80  # characters of a text that is quoted whole


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase that fired, and the words it found."""

    phrase: str
    words: str


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
        self._groups = {role: _Group(p for p in lexicon.phrases if p.role is role) for role in Role}
        self._scorer, self._weights = Scorer(lexicon), lexicon.weights
        self.plain = lru_cache(_CACHED)(self._normaliser.plain)
        self.sense = lru_cache(_CACHED)(self._sense)

    def follow_ups(self, plain: Plain) -> list[Sign]:
        """The asks of a text that name no act."""
        return self._groups[Role.FOLLOW_UP].signs(plain)

    def _sense(self, plain: Plain) -> Sense:
        roles = frozenset(role for role in Role if role not in _ASKS and self._groups[role].found(plain))
        language = language_of(plain.text)
        asks, against = self._asks(plain)
        answers = tuple(s.phrase for s in self._groups[Role.ANSWER].signs(plain))
        if answers:
            return Sense(Solicits.NO, (), (*against, *(a.phrase for a in asks), *answers), roles, language)
        open_to_asks = Role.TOPIC in roles and Role.EXCEPTION not in roles
        asks, learned_against = self._weighed(asks, plain, open_to_asks=open_to_asks)
        return Sense(_strongest(asks), tuple(asks), (*against, *learned_against), roles, language)

    def _weighed(self, asks: list[Sign], plain: Plain, *, open_to_asks: bool) -> tuple[list[Sign], tuple[str, ...]]:
        """The asks after the learned score: it can add one of its own, or take back all, with its reasons.

        What only the score finds is never more than indirect, and nothing where no order's end is spoken of or
        where an exception fired.
        """
        if self._weights is None or not (asks or open_to_asks):
            return asks, ()
        score = self._scorer.score(plain)
        if asks and score.value <= self._weights.no_to:
            return [], (*(a.phrase for a in asks), *(f"learned:{run}" for run in score.runs))
        if not asks and score.value >= self._weights.ask_from:
            words = plain.text[:_QUOTED]
            return [Sign(f"learned:{run}", words) for run in score.runs], ()
        return asks, ()

    def _asks(self, plain: Plain) -> tuple[list[Sign], list[str]]:
        asks: list[Sign] = []
        against: list[str] = []
        for sentence in _sentences(plain):
            masked, masks = self._groups[Role.MASK].blanked(sentence)
            found = [s for role in _MASKED for s in self._groups[role].signs(masked)]
            found += [s for role in _UNMASKED for s in self._groups[role].signs(sentence)]
            taken_back = [s.phrase for s in self._groups[Role.EXCEPTION].signs(sentence)] if found else []
            against += [*masks, *taken_back]
            asks += [] if taken_back else found
        return asks, against


class _Group:
    """The phrases of one role. One search of all together spares most single searches."""

    def __init__(self, phrases: Iterator[Phrase]) -> None:
        self._phrases = tuple((p, compiled(p.pattern)) for p in phrases)
        self._any = {
            chinese: compiled("|".join(p.pattern for p, _ in self._phrases if (p.language == "zh") is chinese) or "$^a")
            for chinese in (False, True)
        }

    def found(self, plain: Plain) -> bool:
        return bool(self._any[False].search(plain.text) or self._any[True].search(plain.simplified))

    def signs(self, plain: Plain) -> list[Sign]:
        if not self.found(plain):
            return []
        found = ((p, r.search(plain.simplified if p.language == "zh" else plain.text)) for p, r in self._phrases)
        return [Sign(p.id, plain.text[m.start() : m.end()].strip(" ,、。")) for p, m in found if m]

    def blanked(self, plain: Plain) -> tuple[Plain, list[str]]:
        """The text with every find replaced by as many blanks, and what fired."""
        text, simplified, fired = plain.text, plain.simplified, []
        for phrase, pattern in self._phrases if self.found(plain) else ():
            for match in pattern.finditer(simplified if phrase.language == "zh" else text):
                a, b = match.span()
                text, simplified = (t[:a] + _BLANK * (b - a) + t[b:] for t in (text, simplified))
                fired.append(phrase.id)
        return Plain(text, simplified), list(dict.fromkeys(fired))


def _sentences(plain: Plain) -> Iterator[Plain]:
    start = 0
    for match in _END.finditer(plain.text):
        end = match.end() if match[0][0] in "!?" else match.start()
        if end > start:
            yield Plain(plain.text[start:end].strip(), plain.simplified[start:end].strip())
        start = match.end()
    if start < len(plain.text):
        yield Plain(plain.text[start:].strip(), plain.simplified[start:].strip())


def _strongest(asks: list[Sign]) -> Solicits:
    if not asks:
        return Solicits.NO
    explicit = any(f".{role}." in sign.phrase for sign in asks for role in (Role.ASK, Role.PLEA))
    return Solicits.EXPLICIT if explicit else Solicits.INDIRECT


@lru_cache(maxsize=8)
def reader_of(lexicon: Lexicon) -> Reader:
    """The reader by a lexicon, compiled once."""
    return Reader(lexicon)
