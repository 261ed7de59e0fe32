"""What are all verdicts on a bucket of orders?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from checker.engines.columnar.bucket import Bucket
from checker.engines.columnar.instance import ruled
from checker.engines.columnar.probe import Flags, Ints
from checker.engines.columnar.rate import rate_sums
from checker.engines.columnar.sheet import Sheet
from checker.engines.columnar.stage import Stage, stages
from checker.engines.columnar.truths import Causes
from checker.interpreter.counting import RateKey, Sums
from checker.interpreter.instance import InstanceRule
from checker.interpreter.versions import Timeline, in_force, timelines
from checker.model.finding import Counts
from checker.model.policy import Policy
from checker.model.rule import Rate


@dataclass(frozen=True, slots=True)
class Part:
    """Verdicts by one version's rule: the number of each instance's order in the bucket, and what is said of it.

    A rule has a part for its triggers and one for orders as a whole; no order is in both.
    """

    policy: Policy
    rule: InstanceRule
    orders: Ints
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Audit:
    """The verdicts on a bucket, rule by rule in the sequence in which the interpreter asks them.

    Orders that are `hard` are left to the interpreter: what stands here of them does not count, and they have no part
    in `sums`.
    """

    bucket: Bucket
    policies: Sequence[Policy]
    as_of: datetime
    causes: Causes
    parts: tuple[Part, ...]
    hard: Flags
    sums: Sums


def audit(bucket: Bucket, policies: Sequence[Policy], as_of: datetime) -> Audit:
    """All verdicts, and the partial counts of all rates."""
    shared = Stage(policies[0], bucket, as_of, Causes(), bucket.is_coarse.copy())
    parts: list[Part] = []
    current: list[Stage] = []
    for timeline in timelines(policies):
        of_versions = stages(timeline, shared)
        current += [stage for stage in of_versions if stage.policy is in_force(timeline, as_of)]
        parts += [part for stage in of_versions for part in _parts(timeline, stage)]
    sums: dict[RateKey, Counts] = {}
    for stage in current:
        sums.update(_sums(stage, ~shared.hard))
    return Audit(bucket, policies, as_of, shared.causes, tuple(parts), shared.hard, sums)


def _parts(timeline: Timeline, stage: Stage) -> Iterator[Part]:
    for rule in stage.policy.rules:
        if not isinstance(rule, Rate):
            yield from (Part(stage.policy, rule, orders, sheet) for orders, sheet in ruled(timeline, stage, rule))


def _sums(stage: Stage, counted: Flags) -> Sums:
    return rate_sums(stage, [rule for rule in stage.policy.rules if isinstance(rule, Rate)], counted)
