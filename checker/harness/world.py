"""What does a scenario set up: an order, what its log can show, and under which policies it is judged?"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from checker.conversation import annotate
from checker.harness.quantities import assumed
from checker.loading.lexicons import load_lexicon
from checker.loading.policies import shipped_policies
from checker.model.activity import RANK, Observable
from checker.model.event import Event, Value
from checker.model.history import OrderHistory, Span
from checker.model.lexicon import Lexicon
from checker.model.policy import Policy

_UTC = ZoneInfo("UTC")
_SEES_ALL = {name: Span() for name in Observable}


@dataclass(frozen=True, slots=True)
class World:
    """What the steps so far have said.

    `pool` are the policies that a feature may name, `policies` those it named; `crowd` are other orders of the shop.
    """

    pool: tuple[Policy, ...]
    policies: tuple[Policy, ...] = ()
    zone: ZoneInfo = _UTC
    facts: Mapping[str, Value] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    observes: Mapping[Observable, Span] = field(default_factory=lambda: _SEES_ALL)
    assumptions: tuple[tuple[str, str], ...] = ()
    crowd: tuple[OrderHistory, ...] = ()
    as_of: datetime | None = None


def histories(world: World) -> tuple[OrderHistory, ...]:
    """The scenario's order, its events in canonical order and its messages read, then the crowd."""
    ordered = tuple(sorted(world.events, key=lambda event: (event.occurred_at, RANK[event.activity])))
    order = OrderHistory("order", world.facts, world.observes, ordered)
    lexicon = world.policies[0].market.lexicon if world.policies else None
    speaks = any("text" in event.attributes for event in ordered)
    if speaks and lexicon is not None:
        order = annotate(order, _lexicon(lexicon))
    return (order, *world.crowd)


@cache
def _lexicon(name: str) -> Lexicon:
    return load_lexicon(Path(shipped_policies()) / "lexicons" / f"{name}.yaml")


def judging(world: World, policies: tuple[Policy, ...] | None = None) -> tuple[Policy, ...]:
    """The policies - the world's own, or others in their place - with the shop's assumptions filled in."""
    chosen = world.policies if policies is None else policies
    for name, amount in world.assumptions:
        chosen = tuple(assumed(policy, name, amount) for policy in chosen)
    return chosen


def with_event(world: World, event: Event) -> World:
    """The world after one event more."""
    return replace(world, events=(*world.events, event))
