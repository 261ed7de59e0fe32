"""What do all policies say of one order?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from checker.interpreter.instance import instances
from checker.interpreter.parameters import assumed_parameters
from checker.interpreter.scene import Scene, visible
from checker.interpreter.versions import Ruling, Timeline, rule_ruling, timelines
from checker.model.finding import Finding, RuleRef
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.rule import Rate, Subject


def judge(history: OrderHistory, policies: Sequence[Policy], as_of: datetime) -> tuple[Finding, ...]:
    """Every finding on one order, rates excepted: rule by rule as the policy has them, instances in canonical order.

    `as_of` is aware UTC; what happened or was recorded later is invisible.
    """
    events = visible(history, as_of)
    return tuple(
        finding
        for timeline in timelines(policies)
        for policy in timeline
        for finding in _findings(timeline, Scene(policy, history, events, as_of))
    )


def _findings(timeline: Timeline, scene: Scene) -> Iterator[Finding]:
    """The findings on the instances that this scene's version judges."""
    if not scene.events:
        return
    has_assumed = any(parameter.assumed for version in timeline for parameter in version.parameters.values())
    for rule in scene.policy.rules:
        if isinstance(rule, Rate):
            continue
        for instance in instances(rule, scene):
            ruling = rule_ruling(timeline, rule, scene, instance)
            if ruling is not None:
                assumed = assumed_parameters(ruling.policy, ruling.rule) if has_assumed else ()
                yield _finding(ruling, scene, assumed)


def _finding(ruling: Ruling, scene: Scene, assumed: tuple[str, ...]) -> Finding:
    head, judgement = ruling.rule.head, ruling.judgement
    return Finding(
        rule=RuleRef(ruling.policy.id, head.id, ruling.policy.effective),
        severity=head.severity,
        bearer=head.bearer,
        subject=Subject.ORDER,
        subject_id=scene.history.order_id,
        verdict=judgement.verdict,
        evidence=replace(judgement.evidence, assumed=assumed) if assumed else judgement.evidence,
        outcome=judgement.outcome,
        provisional=scene.provisional,
    )
