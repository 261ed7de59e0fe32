"""Which versions would judge, had the audit been made at another moment or under another law?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from checker.interpreter.versions import in_force, timelines
from checker.model.policy import Policy

EVER = datetime.min.replace(tzinfo=UTC)


def known_at(policies: Sequence[Policy], at: datetime) -> tuple[Policy, ...]:
    """The versions that had been published by that local day; of what came later nobody knew."""
    return tuple(p for p in policies if p.published <= at.astimezone(ZoneInfo(p.timezone)).date())


def policy_at(policies: Sequence[Policy], at: datetime) -> tuple[Policy, ...]:
    """Of each policy the version in force at that instant, alone, as if it had always been and would always be."""
    found = (in_force(timeline, at) for timeline in timelines(policies))
    return tuple(always(policy) for policy in found if policy is not None)


def always(policy: Policy) -> Policy:
    """The version as if it had been in force for ever; its name and date stay."""
    return replace(policy, effective_at=EVER)


def upcoming(policies: Sequence[Policy], as_of: datetime) -> tuple[tuple[Policy, Policy], ...]:
    """The versions announced at `as_of` and not yet in force, each with the one that it will follow."""
    return tuple(
        (old, new)
        for timeline in timelines(known_at(policies, as_of))
        for old, new in pairwise(timeline)
        if new.effective_at > as_of
    )
