"""What is a bulk audit asked?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from checker.engines.columnar.cancelled import FACTS, FIELDS
from checker.engines.needs import Needs, needs
from checker.engines.store import Store
from checker.model.event import Value
from checker.model.finding import Finding, RuleRef, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.rule import Obligation

Facts = Mapping[str, Value]
Accept = Callable[[Sequence[Finding], Sequence[OrderHistory]], tuple[Finding, ...]]
"""Marks those of some orders' violations that are waived or known."""
Most = Mapping[Verdict, int]
"""How many findings of one rule and verdict are listed at most; other verdicts are only counted."""

LISTED: Most = {Verdict.VIOLATED: 100, Verdict.PENDING: 100, Verdict.UNDETERMINED: 10}


@dataclass(frozen=True, slots=True)
class Group:
    """The policies of one market, and whether an order belongs to it by those of its facts that are named.

    Both must survive pickling.
    """

    policies: tuple[Policy, ...]
    claims: Callable[[Facts], bool]
    facts: tuple[str, ...] = ()

    @property
    def duties(self) -> frozenset[RuleRef]:
        """The obligations among the rules."""
        return frozenset(
            RuleRef(policy.id, rule.head.id, policy.effective)
            for policy in self.policies
            for rule in policy.rules
            if isinstance(rule, Obligation)
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """What a report asks besides counts. All of it must survive pickling.

    `timezone` tells on which day a cancellation was; `verdicts` is a folder for tables of all verdicts.
    """

    most: Most
    timezone: str
    accept: Accept | None = None
    verdicts: Path | None = None

    def verdicts_file(self, bucket: int) -> Path | None:
        """The verdicts on the orders of a bucket."""
        return None if self.verdicts is None else self.verdicts / f"{bucket:05}.parquet"


@dataclass(frozen=True)
class Task:
    """What a bulk audit asks: every finding is counted, those of the verdicts in `show` are made.

    `is_interpreted` says that the interpreter judges every order. Without a listing nothing is noted for a report.
    """

    store: Store
    groups: tuple[Group, ...]
    as_of: datetime
    show: frozenset[Verdict] = frozenset()
    listing: Listing | None = None
    is_interpreted: bool = False

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies of all markets."""
        return tuple(policy for group in self.groups for policy in group.policies)

    @cached_property
    def duties(self) -> frozenset[RuleRef]:
        """The obligations among the rules of all markets."""
        return frozenset(rule for group in self.groups for rule in group.duties)

    @cached_property
    def needs(self) -> Needs:
        """What has to be read."""
        found = needed(self.groups)
        return found if self.listing is None else Needs(found.fields | {*FIELDS}, found.facts | {*FACTS})


def needed(groups: Iterable[Group]) -> Needs:
    """What has to be read to judge by these."""
    found = [needs(group.policies, group.facts) for group in groups]
    return Needs(
        frozenset(name for part in found for name in part.fields),
        frozenset(name for part in found for name in part.facts),
    )
