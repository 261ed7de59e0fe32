"""What are all verdicts on a bucket of orders?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from checker.engines.columnar.bucket import Bucket
from checker.engines.columnar.instance import ruled
from checker.engines.columnar.probe import Flags, Ints
from checker.engines.columnar.rate import rate_sums
from checker.engines.columnar.sheet import Sheet, blank, joined
from checker.engines.columnar.stage import Stage, stages
from checker.engines.columnar.truths import Causes
from checker.interpreter.counting import Sums
from checker.interpreter.instance import InstanceRule
from checker.interpreter.versions import in_force, timelines
from checker.model.policy import Policy
from checker.model.rule import Rate

Ruled = tuple[Policy, InstanceRule]


@dataclass(frozen=True, slots=True)
class Audit:
    """The verdicts on a bucket, order by order, each in the sequence in which the interpreter gives them.

    `rules` are the versions' rules and `rule` is the number of each verdict's; `orders` are numbers in the bucket.
    Orders that are `hard` have no verdicts and no part in `sums`: they are left to the interpreter.
    """

    bucket: Bucket
    causes: Causes
    rules: tuple[Ruled, ...]
    orders: Ints
    rule: Ints
    sheet: Sheet
    hard: Flags
    sums: Sums


def audit(bucket: Bucket, policies: Sequence[Policy], as_of: datetime) -> Audit:
    """All verdicts, and the partial counts of all rates."""
    any_stage = Stage(policies[0], bucket, as_of, Causes(), bucket.is_coarse.copy())
    rules: list[Ruled] = []
    parts: list[tuple[Ints, Sheet]] = []
    at_work: list[tuple[Stage, Policy | None]] = []
    for timeline in timelines(policies):
        of_versions = stages(timeline, any_stage)
        current = in_force(timeline, as_of)
        at_work += [(stage, current) for stage in of_versions]
        for stage in of_versions:
            for rule in stage.policy.rules:
                if not isinstance(rule, Rate):
                    rules.append((stage.policy, rule))
                    parts.append(ruled(timeline, stage, rule))
    sums = _sums(at_work, ~any_stage.hard)
    return _sorted(any_stage, tuple(rules), parts, sums)


def _sums(at_work: Sequence[tuple[Stage, Policy | None]], counted: Flags) -> Sums:
    return {
        key: counts
        for stage, current in at_work
        if stage.policy is current
        for key, counts in rate_sums(stage, [r for r in current.rules if isinstance(r, Rate)], counted).items()
    }


def _sorted(stage: Stage, rules: tuple[Ruled, ...], parts: Sequence[tuple[Ints, Sheet]], sums: Sums) -> Audit:
    """Order by order; of one order the rules, and of one rule the instances, keep their sequence."""
    orders = np.concatenate([orders for orders, _ in parts] or [np.empty(0, np.int64)])
    rule = np.repeat(np.arange(len(parts)), [len(orders) for orders, _ in parts])
    sheet = joined([sheet for _, sheet in parts] or [blank(orders)])
    place = np.argsort(orders, kind="stable")
    place = place[~stage.hard[orders[place]]]
    return Audit(stage.bucket, stage.causes, rules, orders[place], rule[place], sheet.at(place), stage.hard, sums)
