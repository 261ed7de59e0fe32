"""What do shops, parcels and messages of a Japanese marketplace look like?"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from checker.loading.logs.reasons import published_reasons

MARKET = "JP"
_LANGUAGES = ("ja", "zh", "en")


@dataclass(frozen=True, slots=True)
class Shop:
    """A seller: who, how parcels travel, and in which language it writes by itself."""

    id: str
    name: str
    shipping: str
    carrier: str
    language: str


@cache
def shop(number: int) -> Shop:
    """The shop of that number; every fifth ships from abroad."""
    words, abroad = _words()["shops"], number % 5 == 4
    name = words["first"][number % len(words["first"])] + words["second"][number // 7 % len(words["second"])]
    carriers = words["carriers_abroad" if abroad else "carriers"]
    language = "zh" if abroad else "en" if number % 20 == 11 else "ja"
    shipping = "cross_border" if abroad else "local"
    return Shop(f"7495{number:015d}", name, shipping, carriers[number % len(carriers)], language)


def buyer_language(rng: Random) -> str:
    """Most buyers write Japanese."""
    return rng.choices(_LANGUAGES, (92, 5, 3))[0]


def text(rng: Random, topic: str, language: str) -> str:
    """What somebody says on a topic."""
    return str(rng.choice(_words()["messages"][topic][language]))


def reason(rng: Random, initiator: str, status: str = "") -> str:
    """A code that the published list of the market has for who cancels, and in which status where lists differ."""
    return rng.choice(_codes(initiator, status))


@cache
def _codes(initiator: str, status: str) -> tuple[str, ...]:
    listed = (row for row in published_reasons() if row.market == MARKET and row.initiator == initiator)
    return tuple(row.code for row in listed if not status or status in row.status.split("+"))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((files("checker.generating") / "japan.toml").read_text("utf-8"))
