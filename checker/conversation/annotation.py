"""What do the messages of an order mean, as fields that rules can test?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from checker.conversation.thread import readings
from checker.conversation.turn import Reading, Turn
from checker.model.activity import Activity
from checker.model.event import Actor, Event, Value
from checker.model.history import OrderHistory
from checker.model.lexicon import Lexicon, Role

BUYER_LANGUAGE = "buyer_language"


def annotate(history: OrderHistory, lexicon: Lexicon) -> OrderHistory:
    """The history with the meaning of every readable message among its fields.

    Adds `solicits`, `solicits_words`, `solicits_because`, `gives_reason`, `confirms_order`, `states_ship_date`,
    `states_cancellation` and `lang`; what the log already gives stays. A message without text gets none: unknown.
    No later event changes what an earlier message means. The fact `buyer_language` is inferred from all of the buyer's
    own messages where it is not given.
    """
    if not any(event.activity is Activity.MESSAGE_SENT for event in history.events):
        return history
    events = tuple(_annotated(history.events, lexicon))
    return replace(history, events=events, facts=_with_language(history.facts, events))


def _annotated(events: tuple[Event, ...], lexicon: Lexicon) -> Iterator[Event]:
    """The events; `ended` and `reasoned` say whether the order's end, and a reason, came up before."""
    ended = reasoned = False
    for event, reading in zip(events, readings(map(_turn, events), lexicon), strict=True):
        ended = ended or event.activity is Activity.ORDER_CANCELLED
        if event.activity is not Activity.MESSAGE_SENT or not isinstance(event.attributes.get("text"), str):
            yield event
            continue
        if event.actor is Actor.SELLER:
            ended = ended or Role.CANCELLATION in reading.roles
            reasoned = reasoned or Role.REASON in reading.roles
        spoken = not {Role.REASON, Role.CANCELLATION}.isdisjoint(reading.roles)
        fields = _fields(event, reading, gives_reason=ended and reasoned and spoken)
        yield replace(event, attributes={**fields, **event.attributes})


def _turn(event: Event) -> Turn:
    match event.activity:
        case Activity.MESSAGE_SENT:
            text = event.attributes.get("text")
            return Turn(event.actor, text if isinstance(text, str) else None)
        case Activity.CANCEL_WITHDRAWN:
            return Turn(event.actor, wants_out=False)
        case Activity.CANCEL_REQUESTED | Activity.RETURN_REQUESTED:
            return Turn(event.actor, wants_out=True)
        case Activity.DELIVERED | Activity.COMPLETED:
            return Turn(Actor.PLATFORM, arrived=True)
        case _:
            return Turn(Actor.PLATFORM)


def _fields(event: Event, reading: Reading, *, gives_reason: bool) -> dict[str, Value]:
    """The fields of one message; claims that only a seller can make are `no` for others."""
    roles = reading.roles if event.actor is Actor.SELLER else frozenset()
    known: dict[str, Value | None] = {
        "gives_reason": _yes(gives_reason and bool(roles)),
        "states_cancellation": _yes(Role.CANCELLATION in roles),
        "confirms_order": _yes({Role.ORDER_RECEIVED, Role.ORDER_DETAIL} <= roles),
        "states_ship_date": _yes(Role.SHIP_DATE in roles),
        "solicits": reading.solicits.value if reading.solicits is not None else None,
        "solicits_words": reading.words or None,
        "solicits_because": reading.because or None,
        "lang": reading.language,
    }
    return {name: value for name, value in known.items() if value is not None}


def _yes(claim: bool) -> str:
    return "yes" if claim else "no"


def _with_language(facts: Mapping[str, Value], events: Iterable[Event]) -> Mapping[str, Value]:
    """The facts with the language that most of the buyer's messages are in; the earlier one where two are level."""
    if BUYER_LANGUAGE in facts:
        return facts
    spoken = Counter(
        str(event.attributes["lang"])
        for event in events
        if event.actor is Actor.BUYER and event.activity is Activity.MESSAGE_SENT and "lang" in event.attributes
    )
    return {**facts, BUYER_LANGUAGE: spoken.most_common(1)[0][0]} if spoken else facts
