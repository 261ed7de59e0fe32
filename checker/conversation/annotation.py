"""What do the messages of an order mean, as fields that rules can test?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from checker.conversation.thread import Reading, Turn, readings
from checker.model.activity import Activity
from checker.model.event import Actor, Event, Value
from checker.model.history import OrderHistory
from checker.model.lexicon import Lexicon, Role

_BUYER_LANGUAGE = "buyer_language"
_ASKED_OUT = frozenset({Activity.CANCEL_REQUESTED, Activity.RETURN_REQUESTED})


def annotate(history: OrderHistory, lexicon: Lexicon) -> OrderHistory:
    """The history with the meaning of every readable message among its fields.

    Adds `solicits`, `solicits_words`, `solicits_because`, `gives_reason`, `confirms_order`, `states_ship_date`,
    `states_cancellation` and `lang`; what the log already gives stays. A message without text gets none: unknown.
    The fact `buyer_language` is inferred from the buyer's own messages where it is not given.
    """
    if not any(event.activity is Activity.MESSAGE_SENT for event in history.events):
        return history
    read = tuple(readings(map(_turn, history.events), lexicon))
    events = tuple(_annotated(event, reading) for event, reading in zip(history.events, read, strict=True))
    return replace(history, events=events, facts=_with_language(history.facts, events))


def _turn(event: Event) -> Turn:
    match event.activity:
        case Activity.MESSAGE_SENT:
            text = event.attributes.get("text")
            return Turn(event.actor, text if isinstance(text, str) else None)
        case Activity.CANCEL_WITHDRAWN:
            return Turn(event.actor, wants_out=False)
        case activity if activity in _ASKED_OUT:
            return Turn(event.actor, wants_out=True)
        case _:
            return Turn(Actor.PLATFORM)


def _annotated(event: Event, reading: Reading) -> Event:
    if event.activity is not Activity.MESSAGE_SENT or not isinstance(event.attributes.get("text"), str):
        return event
    return replace(event, attributes={**_fields(event, reading), **event.attributes})


def _fields(event: Event, reading: Reading) -> dict[str, Value]:
    seller = event.actor is Actor.SELLER
    cancels = Role.CANCELLATION in reading.roles
    fields: dict[str, Value] = {
        "gives_reason": _yes(seller and Role.REASON in reading.roles),
        "states_cancellation": _yes(seller and cancels),
        "confirms_order": _yes(seller and {Role.ORDER_RECEIVED, Role.ORDER_DETAIL} <= reading.roles),
        "states_ship_date": _yes(seller and Role.SHIP_DATE in reading.roles),
    }
    if reading.solicits is not None:
        fields |= {"solicits": reading.solicits.value}
    if reading.words:
        fields |= {"solicits_words": reading.words}
    if reading.because:
        fields |= {"solicits_because": reading.because}
    if reading.language is not None:
        fields |= {"lang": reading.language}
    return fields


def _yes(claim: bool) -> str:
    return "yes" if claim else "no"


def _with_language(facts: Mapping[str, Value], events: Iterable[Event]) -> Mapping[str, Value]:
    """The facts with the language that most of the buyer's messages are in; the earlier one where two are level."""
    if _BUYER_LANGUAGE in facts:
        return facts
    spoken = Counter(
        str(event.attributes["lang"])
        for event in events
        if event.actor is Actor.BUYER and event.activity is Activity.MESSAGE_SENT and "lang" in event.attributes
    )
    return {**facts, _BUYER_LANGUAGE: spoken.most_common(1)[0][0]} if spoken else facts
