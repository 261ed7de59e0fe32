"""What does each message say, given what came before it in the conversation?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from checker.conversation.normalisation import cut
from checker.conversation.phrasebook import Sign
from checker.conversation.reading import Reader, Sense, reader_of
from checker.model.event import Actor
from checker.model.lexicon import Lexicon, Role, Solicits

_RECENT = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of a conversation: a message, or an act of the buyer on the order between messages.

    `wants_out` says that the buyer asked the platform to end the order (True) or took that back (False);
    `arrived` that the parcel was delivered: from then on a refund is after-sales service, and nothing can be cancelled.
    """

    actor: Actor
    text: str | None = None
    wants_out: bool | None = None
    arrived: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says in its conversation. `solicits` is None where that cannot be known.

    `because` names the phrases and features for (`+`) and against (`-`).
    """

    solicits: Solicits | None
    words: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    language: str | None = None
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Mood:
    """What the conversation has come to: does the buyer want out, has the seller asked, what did he just say?"""

    wants_out: bool = False
    solicited: bool = False
    arrived: bool = False
    recent: tuple[str, ...] = ()


def readings(turns: Iterable[Turn], lexicon: Lexicon) -> Iterator[Reading]:
    """One reading for each turn, in order; a later turn never changes an earlier reading."""
    mood = Mood()
    for turn in turns:
        reading, mood = heard(turn, mood, lexicon)
        yield reading


def heard(turn: Turn, mood: Mood, lexicon: Lexicon) -> tuple[Reading, Mood]:
    """What a turn says in the mood so far, and the mood after it."""
    reader = reader_of(lexicon)
    reading = _reading(turn, mood, reader)
    return reading, _after(turn, reading, mood)


def _reading(turn: Turn, mood: Mood, reader: Reader) -> Reading:
    if turn.text is None:
        return Reading(None)
    sense = reader.sense(turn.text)
    plainly_no = Reading(Solicits.NO, (), (), sense.language, sense.roles)
    if turn.actor is Actor.UNKNOWN:
        return replace(plainly_no, solicits=None)
    if turn.actor is not Actor.SELLER:
        return replace(plainly_no, because=(f"-{turn.actor}_speaks",) if sense.asks else ())
    found = _found(turn.text, sense, mood, reader)
    against = tuple(f"-{name}" for name in found.against)
    because = (*(f"+{sign.phrase}" for sign in found.asks), *against)
    if found.asks and (mood.wants_out or mood.arrived):
        return replace(plainly_no, because=(*because, "-order_arrived" if mood.arrived else "-buyer_asked_first"))
    words = tuple(dict.fromkeys(sign.words for sign in found.asks))
    return Reading(found.solicits, words, because, sense.language, sense.roles)


def _found(text: str, sense: Sense, mood: Mood, reader: Reader) -> Sense:
    """The sense of the message, or - where it says nothing alone - of it and the lines just before together."""
    if sense.asks or not mood.recent:
        return _followed_up(text, sense, mood, reader)
    before = " ".join(mood.recent)
    if reader.sense(before).asks:
        return _followed_up(text, sense, mood, reader)
    joined = reader.sense(f"{before} {text}")
    if not joined.asks:
        return _followed_up(text, sense, mood, reader)
    return replace(joined, asks=(*joined.asks, Sign("split_message", joined.asks[0].words)))


def _followed_up(text: str, sense: Sense, mood: Mood, reader: Reader) -> Sense:
    """The sense with asks that name no act, where the seller's lines just before, or this one, speak of ending."""
    if sense.asks or sense.against or Role.FOLLOW_UP not in sense.roles:
        return sense
    spoken = any(Role.TOPIC in reader.sense(line).roles for line in mood.recent)
    if not spoken:
        return sense
    return replace(sense, solicits=Solicits.EXPLICIT, asks=reader.follow_ups(text))


def _after(turn: Turn, reading: Reading, mood: Mood) -> Mood:
    if turn.actor is Actor.SELLER and turn.text is not None:
        solicited = mood.solicited or reading.solicits in (Solicits.EXPLICIT, Solicits.INDIRECT)
        return replace(mood, solicited=solicited, recent=(*mood.recent, cut(turn.text))[-_RECENT:])
    if turn.actor is not Actor.BUYER:
        return replace(mood, arrived=mood.arrived or turn.arrived)
    wish = turn.wants_out if turn.text is None else _wish(reading)
    wants_out = mood.wants_out if wish is None else wish and not mood.solicited
    return replace(mood, wants_out=wants_out, recent=() if turn.text is not None else mood.recent)


def _wish(reading: Reading) -> bool | None:
    if Role.STAY in reading.roles:
        return False
    return True if Role.WISH in reading.roles else None
