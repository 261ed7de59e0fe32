"""One version of a topic's rules, and the market facts it stands on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from checker.model.deadline import Calendar, Duration
from checker.model.rule import Citation, Location, Rule, Text


class Confidence(StrEnum):
    """How well a fact is known, strongest first."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    WEAK = "weak"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Source:
    """A document that rules and numbers cite. `confidence` OWN is our own reading, not a published fact."""

    id: str
    title: str
    address: str | None
    read_on: date
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Codes:
    """A list of reason codes, or None where none is published."""

    values: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as the exact decimal string of the source ("2.5"), or None where none is published."""

    value: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things, or None where none is published."""

    value: int | None


class BetterForBuyer(StrEnum):
    """Which direction of a parameter favours the buyer; None means it cannot be ordered."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value with its source; `assumed` marks one that a shop supplied for an unpublished value.

    `title` is what readers call it; without one they see its name.
    """

    name: str
    value: Duration | Codes | Percent | Count
    citation: Citation
    location: Location
    better_for_buyer: BetterForBuyer | None = None
    note: Text | None = None
    assumed: bool = False
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Matcher:
    """A named text matcher: the normalised text matches one of `any_of` and none of `none_of` (RE2 patterns)."""

    name: str
    any_of: tuple[str, ...]
    none_of: tuple[str, ...]
    location: Location


class Change(StrEnum):
    """What a version is to the one before; `editorial` promises that no verdict changes."""

    INITIAL = "initial"
    SUBSTANTIVE = "substantive"
    EDITORIAL = "editorial"


class EffectiveBasis(StrEnum):
    """Where the first day in force comes from."""

    PUBLISHED = "published"
    SOURCE_DATE = "source_date"
    ASSUMED = "assumed"


class OpenWindows(StrEnum):
    """What happens to a window that was open when this version came into force."""

    KEEP_OLD = "keep_old"
    SWITCH_NEW = "switch_new"
    FAVOURABLE = "favourable"


@dataclass(frozen=True, slots=True)
class Market:
    """What all policies of one market share.

    `states` are in the order in which an order passes them; `final` ones end it, on the way (COMPLETED) or
    off it (CANCELLED). `lexicon` names the words by which chat messages are read. `orders` are the facts, and their
    values, of the orders that belong to it.
    """

    id: str
    timezone: str
    languages: tuple[str, ...]
    states: tuple[str, ...]
    final: tuple[str, ...]
    labels: Mapping[str, Text]
    lexicon: str | None = None
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Policy:
    """One version: in force from the local day `effective` until the next version's.

    `effective_at` is the first instant of that day in `timezone`, aware UTC. `published` is when it became known.
    """

    id: str
    effective: date
    effective_at: datetime
    effective_basis: EffectiveBasis
    published: date
    timezone: str
    change: Change
    open_windows: OpenWindows
    title: Text
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    matchers: Mapping[str, Matcher]
    rules: tuple[Rule, ...]
    market: Market
    calendars: Mapping[str, Calendar]
    digest: str
    path: str
    repealed: bool = False


def shared_zone(policies: Iterable[Policy]) -> str:
    """The zone that all of them are in, else UTC."""
    zones = {policy.timezone for policy in policies}
    return zones.pop() if len(zones) == 1 else "UTC"
