"""Of what steps is a conversation made, and what has it come to?"""

from dataclasses import dataclass

from checker.model.event import Actor
from checker.model.lexicon import Role, Solicits


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of a conversation: a message, or an act of the buyer on the order between messages.

    `wants_out` says that the buyer asked the platform to end the order (True) or took that back (False);
    `arrived` that the parcel was delivered: from then on a refund is after-sales service, and nothing can be cancelled.
    """

    actor: Actor
    text: str | None = None
    wants_out: bool | None = None
    arrived: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says in its conversation. `solicits` is None where that cannot be known.

    `because` names the phrases and features for (`+`) and against (`-`).
    """

    solicits: Solicits | None
    words: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    language: str | None = None
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Mood:
    """What the conversation has come to: does the buyer want out, has the seller asked, what was said last?

    `recent` are the seller's lines since the buyer last spoke; `buyer` and `seller` the last line of each.
    """

    wants_out: bool = False
    solicited: bool = False
    arrived: bool = False
    recent: tuple[str, ...] = ()
    buyer: str | None = None
    seller: str | None = None
