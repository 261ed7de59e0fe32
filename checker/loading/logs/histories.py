"""The histories that the records of all files make up."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from checker.loading.logs.chats import Chats
from checker.loading.logs.collection import Collection, Told
from checker.loading.logs.coverage import Observes, add, note_cut_lists, shown_per_order, shown_to_all
from checker.loading.logs.inference import completed
from checker.loading.logs.merge import TOLERANCE, canonical_order, merged
from checker.loading.logs.options import LogOptions
from checker.loading.logs.record import WHOLE, Notice, Place
from checker.model.activity import Activity, Observable
from checker.model.event import Event, Value
from checker.model.history import OrderHistory

FACT_RANK = {"export": 0, "return": 2, "cancellation": 3, "order": 4, "canonical": 5}
WEBHOOK_RANK = 1
STABLE = ("market", "shop_id", "buyer_id", "shipping", "currency", "is_cod")


def histories(collection: Collection, options: LogOptions) -> tuple[OrderHistory, ...]:
    """One history per order, sorted by order id; contradictions are noted in the collection."""
    chats = Chats(collection)
    chats.attach(collection)
    note_cut_lists(collection)
    observes = _observes(collection, chats, options)
    return tuple(
        _history(order_id, collection, observes[order_id], options)
        for order_id in sorted(collection.events.keys() | collection.facts.keys())
    )


def _observes(collection: Collection, chats: Chats, options: LogOptions) -> dict[str, Observes]:
    """What the log shows of each order."""
    everywhere, own = shown_to_all(collection, options), shown_per_order(collection)
    shop, linked = chats.complete(collection)
    unclear = chats.unclear()
    found = {}
    for order_id in collection.events.keys() | collection.facts.keys():
        observes = dict(own.get(order_id, {}))
        add(observes, everywhere)
        if Observable.MESSAGES in options.observes:
            observes[Observable.MESSAGES] = WHOLE
        elif order_id in unclear or (chats.loose and order_id not in linked):
            observes.pop(Observable.MESSAGES, None)
        elif shop or order_id in linked:
            observes[Observable.MESSAGES] = WHOLE
        found[order_id] = observes
    return found


def _history(order_id: str, collection: Collection, observes: Observes, options: LogOptions) -> OrderHistory:
    facts = _facts(order_id, collection, options)
    events, contradictions = merged(collection.events.get(order_id, ()))
    for ref, notice in contradictions:
        collection.note(Place(ref.path, ref.line, ref.pointer), notice)
    for event in _before_creation(events):
        reason = f"order `{order_id}`: {event.activity} comes before the order was created"
        ref = event.refs[0]
        collection.note(Place(ref.path, ref.line, ref.pointer), Notice(reason, "is one of the two times wrong?"))
    events = sorted(completed(events, facts, options.response_hours), key=canonical_order)
    return OrderHistory(order_id, facts, observes, tuple(events))


def _before_creation(events: Sequence[Event]) -> Iterator[Event]:
    """What cannot have happened when it is said to; people may well talk before they order."""
    created_at = next((event.occurred_at for event in events if event.activity is Activity.ORDER_CREATED), None)
    if created_at is not None:
        early = (event for event in events if event.occurred_at < created_at - TOLERANCE)
        yield from (event for event in early if event.activity is not Activity.MESSAGE_SENT)


def _facts(order_id: str, collection: Collection, options: LogOptions) -> dict[str, Value]:
    """The facts of an order: of better sources before others, of later records before earlier; lists are united."""
    found: dict[str, Value] = {}
    for _, path, facts in sorted(collection.facts.get(order_id, ()), key=_weight):
        for name, value in facts.values.items():
            known = found.get(name)
            if name in STABLE and known is not None and known != value:
                reason = f"order `{order_id}`: {name} is `{known}` in one record and `{value}` in another"
                collection.note(Place(path), Notice(reason, f"`{value}` was used"))
            united = isinstance(known, tuple) and isinstance(value, tuple)
            found[name] = tuple(dict.fromkeys((*known, *value))) if united else value  # type: ignore[misc]
    return {**given_facts(options), **found}


def given_facts(options: LogOptions) -> dict[str, str]:
    """What the user said of every order that does not say it itself."""
    given = {"market": options.market, "shop_id": options.shop_id, "shipping": options.shipping}
    return {name: value for name, value in given.items() if value is not None}


def _weight(told: Told) -> tuple[int, datetime]:
    source, _, facts = told
    return FACT_RANK.get(source, WEBHOOK_RANK), facts.known_at
