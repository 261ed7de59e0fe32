"""How much does a message sound like an ask, by what was learned from labelled messages?

Nothing but readable features goes in, each counted once, so every score is explained by those that moved it most.
"""

from collections.abc import Iterable
from math import fsum

from checker.model.lexicon import Linear

_SHOWN = 3


def weight(features: Iterable[str], learned: Linear) -> float:
    """What features add to a score; those that were never learned say nothing."""
    weights = learned.weights
    return fsum(weights[name] for name in features if name in weights)  # exact: sets have no order of their own


def strongest(features: Iterable[str], learned: Linear, sign: int) -> tuple[str, ...]:
    """The features that moved a score most towards a sign (1 or -1), strongest first."""
    known = sorted((-sign * learned.weights[name], name) for name in features if name in learned.weights)
    return tuple(name for weight, name in known[:_SHOWN] if weight < 0)
