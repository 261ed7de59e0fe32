"""By which words is a chat message read?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Solicits(StrEnum):
    """Whether a message asks or steers the buyer to end the order, strongest first."""

    EXPLICIT = "explicit"
    INDIRECT = "indirect"
    NO = "no"


class Role(StrEnum):
    """What a phrase says about the message it stands in."""

    MASK = "mask"
    ASK = "ask"
    PLEA = "plea"
    STEER = "steer"
    HINT = "hint"
    FOLLOW_UP = "follow_up"
    EXCEPTION = "exception"
    ANSWER = "answer"
    WISH = "wish"
    STAY = "stay"
    TOPIC = "topic"
    REASON = "reason"
    CANCELLATION = "cancellation"
    ORDER_RECEIVED = "order_received"
    ORDER_DETAIL = "order_detail"
    SHIP_DATE = "ship_date"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One RE2 pattern over comparable text, its words filled in; `id` is language, role and name."""

    id: str
    language: str
    role: Role
    pattern: str


@dataclass(frozen=True, slots=True)
class Substitution:
    """What matches `pattern` reads as `means`: a disguised spelling, or a word of a wider concept."""

    means: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear score: `bias` plus the weights of the features that a message has."""

    weights: Mapping[str, float]
    bias: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned from labelled messages: whether a message solicits, and whether it does so explicitly.

    From `ask_from` on the first score speaks for an ask that no phrase found, up to `no_to` against those found;
    an ask that only the score found is explicit where the second is positive.
    """

    solicits: Linear
    explicit: Linear
    ask_from: float
    no_to: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that staff can change about reading messages; equal if read from the same bytes.

    `simplified` maps traditional Chinese characters to simplified ones; the letters of `spelled` words may stand apart.
    """

    id: str
    digest: str
    simplified: Mapping[str, str] = field(compare=False)
    spelled: tuple[str, ...] = field(compare=False)
    disguises: tuple[Substitution, ...] = field(compare=False)
    concepts: tuple[Substitution, ...] = field(compare=False)
    phrases: tuple[Phrase, ...] = field(compare=False)
    weights: Weights | None = field(default=None, compare=False)
