"""An order while it is made up: what is known of it, what has happened, and what a check of it must find."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from checker.generating.moments import SECOND, UNTIL
from checker.generating.words import Shop
from checker.model.activity import RANK, Activity, Observable
from checker.model.event import Actor, Event, Value
from checker.model.finding import Verdict
from checker.model.history import OrderHistory, Span

_OBSERVES = dict.fromkeys(Observable, Span(end=UNTIL))


@dataclass(frozen=True, slots=True)
class Expected:
    """What a rule must say of an order, and why: what was done."""

    order_id: str
    rule: str
    verdict: Verdict
    done: str


@dataclass(slots=True)
class Draft:
    """One order; until it is paid, `paid_at` is the end of the log."""

    rng: Random
    order_id: str
    shop: Shop
    created_at: datetime
    facts: dict[str, Value]
    paid_at: datetime = UNTIL
    happened: list[tuple[datetime, Activity, Actor, dict[str, Value]]] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)

    def add(self, activity: Activity, at: datetime, actor: Actor, **attributes: Value) -> None:
        """One thing more happened."""
        self.happened.append((at, activity, actor, attributes))

    def number(self, first: str) -> str:
        """An id of 19 digits."""
        return f"{first}{self.rng.randrange(10**15):0{19 - len(first)}d}"

    def expect(self, rule: str, verdict: Verdict, done: str) -> None:
        """A check must find this."""
        self.expected.append(Expected(self.order_id, rule, verdict, done))

    def history(self) -> OrderHistory:
        """The order as the log tells it: in canonical order, as far as the log goes."""
        self.happened.sort(key=lambda one: (one[0], RANK[one[1]]))
        events = []
        for place, (at, activity, actor, attributes) in enumerate(self.happened):
            seen_at = at + timedelta(seconds=self.rng.randrange(1, 40))
            if seen_at <= UNTIL:
                event_id = f"{self.order_id}-{place:02d}"
                events.append(Event(event_id, self.order_id, activity, at, actor, attributes, seen_at))
        return OrderHistory(self.order_id, self.facts, _OBSERVES, tuple(events))


def edge(slip: bool) -> timedelta:
    """A second too late, or exactly in time."""
    return SECOND if slip else 0 * SECOND
