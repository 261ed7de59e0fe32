"""What does each message say, given what came before it in the conversation?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checker.conversation.normalisation import cut
from checker.conversation.phrasebook import Sign
from checker.conversation.reading import Reader, Sense, reader_of
from checker.conversation.turn import Mood, Reading, Turn
from checker.conversation.weighing import SPLIT, Weigher, weigher_of
from checker.model.event import Actor
from checker.model.lexicon import Lexicon, Role, Solicits

_RECENT = 3


def readings(turns: Iterable[Turn], lexicon: Lexicon) -> Iterator[Reading]:
    """One reading for each turn, in order; a later turn never changes an earlier reading."""
    mood = Mood()
    for turn in turns:
        reading, mood = heard(turn, mood, lexicon)
        yield reading


def heard(turn: Turn, mood: Mood, lexicon: Lexicon) -> tuple[Reading, Mood]:
    """What a turn says in the mood so far, and the mood after it."""
    reader = reader_of(lexicon)
    reading = _reading(turn, mood, reader, weigher_of(lexicon))
    return reading, after(turn, reading, mood)


def _reading(turn: Turn, mood: Mood, reader: Reader, weigher: Weigher | None) -> Reading:
    if turn.text is None:
        return Reading(None)
    sense = reader.sense(turn.text)
    plainly_no = Reading(Solicits.NO, (), (), sense.language, sense.roles)
    if turn.actor is Actor.UNKNOWN:
        return replace(plainly_no, solicits=None)
    if turn.actor is not Actor.SELLER:
        return replace(plainly_no, because=(f"-{turn.actor}_speaks",) if sense.asks else ())
    found = phrased(turn.text, sense, mood, reader)
    if mood.wants_out or mood.arrived:
        excuse = "-order_arrived" if mood.arrived else "-buyer_asked_first"
        return replace(plainly_no, because=(*_because(found), excuse) if found.asks else _because(found))
    if weigher is not None:
        found = weigher.weighed(turn.text, found, mood)
    return Reading(found.solicits, _words(found), _because(found), sense.language, sense.roles)


def _words(found: Sense) -> tuple[str, ...]:
    """The deciding words, without those that stand in longer ones."""
    words = dict.fromkeys(sign.words for sign in found.asks)
    return tuple(word for word in words if not any(word != other and word in other for other in words))


def _because(found: Sense) -> tuple[str, ...]:
    return (*(f"+{sign.phrase}" for sign in found.asks), *(f"-{name}" for name in found.against))


def phrased(text: str, sense: Sense, mood: Mood, reader: Reader) -> Sense:
    """The sense of the message, or - where it says nothing alone - of it and the lines just before together."""
    if sense.asks or not mood.recent:
        return _followed_up(text, sense, mood, reader)
    before = " ".join(mood.recent)
    if reader.sense(before).asks:
        return _followed_up(text, sense, mood, reader)
    joined = reader.sense(f"{before} {text}")
    if not joined.asks:
        return _followed_up(text, sense, mood, reader)
    return replace(joined, asks=(*joined.asks, Sign(SPLIT, joined.asks[0].words)))


def _followed_up(text: str, sense: Sense, mood: Mood, reader: Reader) -> Sense:
    """The sense with asks that name no act, where the seller's lines just before, or this one, speak of ending."""
    if sense.asks or sense.against or Role.FOLLOW_UP not in sense.roles:
        return sense
    spoken = any(Role.TOPIC in reader.sense(line).roles for line in mood.recent)
    if not spoken:
        return sense
    return replace(sense, solicits=Solicits.EXPLICIT, asks=reader.follow_ups(text))


def after(turn: Turn, reading: Reading, mood: Mood) -> Mood:
    """The mood after a turn that was read so."""
    if turn.actor is Actor.SELLER and turn.text is not None:
        solicited = mood.solicited or reading.solicits in (Solicits.EXPLICIT, Solicits.INDIRECT)
        line = cut(turn.text)
        return replace(mood, solicited=solicited, recent=(*mood.recent, line)[-_RECENT:], seller=line)
    if turn.actor is not Actor.BUYER:
        return replace(mood, arrived=mood.arrived or turn.arrived)
    wish = turn.wants_out if turn.text is None else _wish(reading)
    wants_out = mood.wants_out if wish is None else wish and not mood.solicited
    mood = replace(mood, wants_out=wants_out)
    return mood if turn.text is None else replace(mood, recent=(), buyer=cut(turn.text))


def _wish(reading: Reading) -> bool | None:
    if Role.STAY in reading.roles:
        return False
    return True if Role.WISH in reading.roles else None
