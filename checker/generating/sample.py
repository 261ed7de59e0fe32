"""Which order has which number, and what must a check of it find?"""

from dataclasses import dataclass
from itertools import accumulate
from random import Random

from checker.generating.draft import Draft, Expected
from checker.generating.injections import INJECTIONS
from checker.generating.lives import LIVES
from checker.generating.moments import DAYS, ordered_at
from checker.generating.words import MARKET, buyer_language, shop
from checker.model.event import Value
from checker.model.history import OrderHistory

SHOPS = 3000
DAYS_OF_INJECTIONS = 45
"""They begin early enough to be over when the log ends."""

_LIVES, _SUMS = tuple(LIVES), tuple(accumulate(LIVES.values()))


@dataclass(frozen=True, slots=True)
class Sample:
    """A log to be made: the same for the same seed. `percent` of its orders are injections, half of these twins."""

    seed: int
    percent: int = 5


@dataclass(frozen=True, slots=True)
class Made:
    """One order of a made-up log, and what a check must find of it; an ordinary one breaks no rule."""

    history: OrderHistory
    expected: tuple[Expected, ...]


def order_id(sample: Sample, number: int) -> str:
    """18 digits, others for another seed."""
    return f"58{sample.seed % 10**5:05d}{number:011d}"


def made(sample: Sample, number: int) -> Made:
    """The order of that number, made without any other."""
    rng = Random(f"{sample.seed}:{number}")  # noqa: S311 - it must repeat itself
    injected = _injection(sample, number)
    draft = drafted(sample, number, rng, DAYS if injected is None else DAYS_OF_INJECTIONS)
    if injected is None:
        rng.choices(_LIVES, cum_weights=_SUMS)[0](draft)
    else:
        pair, twin = divmod(injected, 2)
        INJECTIONS[pair % len(INJECTIONS)].make(draft, slip=not twin)
    return Made(draft.history(), tuple(draft.expected))


def _injection(sample: Sample, number: int) -> int | None:
    """Which injection the order is, evenly spread over all; None for an ordinary one."""
    before, after = (place * sample.percent // 100 for place in (number, number + 1))
    return before if after > before else None


def drafted(sample: Sample, number: int, rng: Random, days: int) -> Draft:
    """An order of some shop, few of which have most orders."""
    of = shop(min(int(rng.paretovariate(0.6)), SHOPS))
    facts: dict[str, Value] = {
        "market": MARKET,
        "shop_id": of.id,
        "shop_name": of.name,
        "shipping": of.shipping,
        "buyer_language": buyer_language(rng),
        "is_cod": False,
        "product_ids": tuple(f"1729{rng.randrange(5000):015d}" for _ in range(rng.choice((1, 1, 1, 2)))),
    }
    return Draft(rng, order_id(sample, number), of, ordered_at(rng, days), facts)
