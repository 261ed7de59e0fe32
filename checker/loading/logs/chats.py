"""Which order a chat message is about, and for which orders the chats are complete."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from checker.loading.logs.collection import Buyers, Collection, Told
from checker.loading.logs.coverage import is_complete, paged
from checker.loading.logs.record import Link, Notice, Place
from checker.model.event import Event

Card = tuple[datetime, str]


class Chats:
    """The conversations of a log, tied to orders by cards, else by a buyer with a single order."""

    def __init__(self, collection: Collection) -> None:
        self.cards: dict[str, list[Card]] = defaultdict(list)
        self.buyers: dict[str, str] = {}
        self.listed: set[str] = set()
        self.loose_buyers: set[str] = set()
        self.loose = collection.has_loose_chats
        for link in collection.links:
            self._learn(link)
        for cards in self.cards.values():
            cards.sort()
        self.orders_of = orders_of_buyers(collection.facts) if collection.buyers is None else collection.buyers

    def _learn(self, link: Link) -> None:
        if link.order_id and link.at:
            self.cards[link.conversation_id].append((link.at, link.order_id))
        else:
            self.listed.add(link.conversation_id)
        if link.buyer_id:
            self.buyers[link.conversation_id] = link.buyer_id

    def attach(self, collection: Collection) -> None:
        """Gives each message its order; those of a conversation that no order can claim are reported and ignored."""
        for event, counted in sorted(collection.unlinked, key=_sent):
            conversation = str(event.attributes.get("conversation_id"))
            order_id, certain = self._order(conversation, event.occurred_at)
            if order_id is None:
                self._give_up(collection, event, conversation)
                collection.used -= counted
                collection.ignored += counted
                continue
            told = replace(event, order_id=order_id, inferred=event.inferred or not certain)
            collection.events[order_id].append(told)

    def _order(self, conversation: str, at: datetime) -> tuple[str | None, bool]:
        """The order of the latest card before a message, else of the first card; and whether it is the only order."""
        cards = self.cards.get(conversation)
        if cards:
            before = [order_id for shown_at, order_id in cards if shown_at <= at]
            return (before[-1] if before else cards[0][1]), len({order_id for _, order_id in cards}) == 1
        orders = self.orders_of.get(self.buyers.get(conversation, ""), ())
        return (orders[0], False) if len(orders) == 1 else (None, False)

    def _give_up(self, collection: Collection, event: Event, conversation: str) -> None:
        buyer = self.buyers.get(conversation)
        self.loose |= buyer is None
        self.loose_buyers |= {buyer} if buyer else set()
        reason = f"messages of conversation `{conversation}` belong to no known order"
        hint = "no order card ties them to one; add the orders of this buyer, or an order card"
        ref = event.refs[0]
        collection.note(Place(ref.path, ref.line, ref.pointer), Notice(reason, hint))

    def complete(self, collection: Collection) -> tuple[bool, set[str]]:
        """Whether all chats of the shop are there, and the orders whose own chat is there in full."""
        lists = paged(collection)
        whole = {
            source.partition(":")[2] for (source, _), pages in lists.items() if _is_chat(source) and is_complete(pages)
        }
        shop = any(source == "conversation" and is_complete(pages) for (source, _), pages in lists.items())
        linked = {order_id for conversation in whole for _, order_id in self.cards.get(conversation, ())}
        return shop and self.listed <= whole and not self.loose, linked

    def unclear(self) -> set[str]:
        """Orders of buyers with a conversation that could be about any of them."""
        return {order_id for buyer in self.loose_buyers for order_id in self.orders_of.get(buyer, ())}


def _is_chat(source: str) -> bool:
    return source.startswith("message:")


def _sent(item: tuple[Event, bool]) -> tuple[datetime, int, str]:
    event = item[0]
    return event.occurred_at, len(event.event_id), event.event_id


def orders_of_buyers(facts: Mapping[str, list[Told]]) -> Buyers:
    """The orders of each buyer that the facts name."""
    orders: dict[str, dict[str, None]] = defaultdict(dict)
    for order_id, told in facts.items():
        for _, _, known in told:
            buyer = known.values.get("buyer_id")
            if isinstance(buyer, str):
                orders[buyer][order_id] = None
    return {buyer: tuple(ids) for buyer, ids in orders.items()}
