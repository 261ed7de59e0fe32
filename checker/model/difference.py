"""What differs between two versions of a policy, by meaning."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from checker.model.comparison import Amount
from checker.model.condition import Condition, EventPattern
from checker.model.deadline import Deadline
from checker.model.policy import Policy
from checker.model.rule import Case, Limit, Location


class Direction(StrEnum):
    """What a difference does to whoever owes the duty. UNCLEAR: the text does not tell, only real orders do."""

    STRICTER = "stricter"
    LOOSER = "looser"
    UNCLEAR = "unclear"
    NEUTRAL = "neutral"


class Kind(StrEnum):
    """What happened to a rule, a parameter or the version as a whole."""

    RULE_ADDED = "rule_added"
    RULE_REMOVED = "rule_removed"
    RULE_RENAMED = "rule_renamed"
    RULE_CHANGED = "rule_changed"
    VALUE_CHANGED = "value_changed"
    VERSION_CHANGED = "version_changed"


Part = (
    Amount
    | Deadline
    | EventPattern
    | tuple[EventPattern, ...]
    | tuple[Condition, ...]
    | tuple[Case, ...]
    | tuple[Limit, ...]
    | tuple[str, ...]
    | str
    | None
)
"""One side of a difference; None: that side has no such part."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `rule` is the rule's id in the newer version, where it has one, else in the older.

    `part` names what differs: a key of the rule, a parameter, a key of the version.
    """

    kind: Kind
    direction: Direction
    part: str
    old: Part
    new: Part
    rule: str | None = None
    old_at: Location | None = None
    new_at: Location | None = None


@dataclass(frozen=True, slots=True)
class PolicyDifference:
    """Everything that differs, rule by rule as the newer version has them. `renamed` maps new rule ids to old ones."""

    old: Policy
    new: Policy
    differences: tuple[Difference, ...]
    renamed: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether the two mean the same."""
        return all(difference.direction is Direction.NEUTRAL for difference in self.differences)
