"""Which version of a policy judges an instance, and what does it say?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import assert_never

from checker.interpreter.instance import Instance, InstanceRule, in_version, judge_instance
from checker.interpreter.scene import Scene, final_at
from checker.interpreter.truth import Unknown
from checker.interpreter.verdict import Judgement, Window, judged, undetermined
from checker.model.activity import Activity
from checker.model.condition import EventPattern
from checker.model.finding import Reason, Verdict
from checker.model.policy import OpenWindows, Policy
from checker.model.rule import AppliesBy, Obligation, Prohibition, Rate

Timeline = tuple[Policy, ...]
"""All versions of one policy, oldest first."""

# What is better for whoever owes the duty, best first.
_FAVOUR = (Verdict.NOT_APPLICABLE, Verdict.SATISFIED, Verdict.PENDING, Verdict.UNDETERMINED, Verdict.VIOLATED)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement, with the version of the rule that gave it."""

    policy: Policy
    rule: InstanceRule
    judgement: Judgement


def timelines(policies: Sequence[Policy]) -> tuple[Timeline, ...]:
    """The versions of each policy, oldest first."""
    ordered = sorted(policies, key=lambda policy: (policy.id, policy.effective))
    return tuple(tuple(versions) for _, versions in groupby(ordered, key=lambda policy: policy.id))


def in_force(timeline: Timeline, at: datetime) -> Policy | None:
    """The version in force at an instant: the latest that had begun (inclusive); None before the first."""
    return next((policy for policy in reversed(timeline) if policy.effective_at <= at), None)


def rule_ruling(timeline: Timeline, rule: InstanceRule, scene: Scene, instance: Instance) -> Ruling | None:
    """The ruling on an instance if this scene's version is the one that judges it, None if another one is.

    Where no version can be chosen - none was in force, or the log does not show the order's beginning - the
    oldest version that has the rule says so, so that it is said once.
    """
    instant = _choosing_instant(rule, scene, instance)
    version = None if instant is None else in_force(timeline, instant)
    if version is None:
        oldest = _oldest_with(timeline, rule)
        return Ruling(oldest, rule, _unchosen(scene, instance, instant)) if oldest is scene.policy else None
    if version is not scene.policy:
        return None
    ruling = Ruling(version, rule, judge_instance(rule, scene, instance))
    return _across_changes(timeline, scene, instance, ruling)


def _unchosen(scene: Scene, instance: Instance, instant: datetime | None) -> Judgement:
    """What is said of an instance that no version judges."""
    window = Window(instance.trigger(scene))
    if instant is None:
        return undetermined(Unknown(Reason.HISTORY_INCOMPLETE, (Activity.ORDER_CREATED.value,)), window)
    return judged(Verdict.NOT_APPLICABLE, Reason.NO_VERSION_IN_FORCE, window)


def _choosing_instant(rule: InstanceRule, scene: Scene, instance: Instance) -> datetime | None:
    """The instant that chooses the version, None where the log does not show it.

    An order judged as a whole has no trigger and is placed at the order's time.
    """
    trigger = instance.trigger(scene)
    match rule.head.applies_by:
        case AppliesBy.EVALUATION_TIME:
            return scene.as_of
        case AppliesBy.TRIGGER_TIME if trigger is not None:
            return trigger.occurred_at
        case AppliesBy.TRIGGER_TIME | AppliesBy.ORDER_TIME:
            return scene.began_at
        case _:
            assert_never(rule.head.applies_by)


def _oldest_with(timeline: Timeline, rule: InstanceRule) -> Policy | None:
    return next((policy for policy in timeline if _same_rule(policy, rule) is not None), None)


def _same_rule(policy: Policy, rule: InstanceRule) -> InstanceRule | None:
    """The rule of that id in another version."""
    return next((r for r in policy.rules if r.head.id == rule.head.id and not isinstance(r, Rate)), None)


def _across_changes(timeline: Timeline, scene: Scene, instance: Instance, ruling: Ruling) -> Ruling:
    """The ruling after every change that came into force, by `as_of`, while the window was open."""
    for newer in timeline[timeline.index(scene.policy) + 1 :]:
        if not _is_open(newer.effective_at, scene, ruling):
            break
        ruling = _handed_over(newer, scene, instance, ruling)
    return ruling


def _is_open(at: datetime, scene: Scene, ruling: Ruling) -> bool:
    """Whether the instance had a window that was open at an instant, `as_of` or earlier: not decided and not over."""
    evidence = ruling.judgement.evidence
    decided_at = None if evidence.decisive is None else evidence.decisive.occurred_at
    ends = (scene.as_of, decided_at, _over_at(scene, ruling))
    return _has_window(ruling) and all(end is None or at <= end for end in ends)


def _has_window(ruling: Ruling) -> bool:
    """Whether an answer, or the forbidden event, was waited for; a due time that cannot be known opens none."""
    match ruling.rule:
        case Obligation() | Prohibition(trigger=EventPattern()):
            verdict, evidence = ruling.judgement.verdict, ruling.judgement.evidence
            unknown = verdict is Verdict.UNDETERMINED and evidence.due is None
            return evidence.reason is not Reason.GIVEN_EXCLUDES and not unknown
        case _:
            return False


def _over_at(scene: Scene, ruling: Ruling) -> datetime | None:
    due = ruling.judgement.evidence.due
    if due is not None:
        return due.due_at
    return final_at(scene) if isinstance(ruling.rule, Prohibition) else None


def _handed_over(newer: Policy, scene: Scene, instance: Instance, old: Ruling) -> Ruling:
    """What becomes of an open window when a newer version comes into force: the newer version says."""
    if newer.open_windows is OpenWindows.KEEP_OLD:
        return old
    new = _ruled_by(newer, scene, instance, old)
    match newer.open_windows:
        case OpenWindows.SWITCH_NEW:
            return new
        case OpenWindows.FAVOURABLE:
            return min(old, new, key=lambda ruling: _FAVOUR.index(ruling.judgement.verdict))
        case _:
            assert_never(newer.open_windows)


def _ruled_by(newer: Policy, scene: Scene, instance: Instance, old: Ruling) -> Ruling:
    rule = _same_rule(newer, old.rule)
    if rule is None:
        repealed = judged(Verdict.NOT_APPLICABLE, Reason.REPEALED, Window(instance.trigger(scene)))
        return Ruling(newer, old.rule, repealed)
    later = replace(scene, policy=newer)
    return Ruling(newer, rule, judge_instance(rule, later, in_version(rule, later, instance)))
