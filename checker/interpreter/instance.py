"""What makes an instance of a rule, and what does one version say of it?"""

from dataclasses import dataclass
from typing import assert_never

from checker.interpreter.classification import judge_classification
from checker.interpreter.obligation import judge_obligation
from checker.interpreter.pattern import candidates, matches
from checker.interpreter.precedence import judge_precedence
from checker.interpreter.prohibition import judge_absence, judge_aftermath, judge_forbidden_event
from checker.interpreter.scene import Scene, unseen
from checker.interpreter.truth import Unknown
from checker.interpreter.verdict import Judgement, Window, undetermined
from checker.model.condition import EventPattern
from checker.model.event import Event
from checker.model.rule import Classification, Obligation, Precedence, Prohibition

InstanceRule = Obligation | Prohibition | Precedence | Classification
"""The kinds that judge single instances; a rate counts over many orders."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One application of a rule: the place of its trigger among the visible events, None for the order as a whole.

    `doubt` is why the event may be no trigger.
    """

    at: int | None
    doubt: Unknown | None = None

    def trigger(self, scene: Scene) -> Event | None:
        """The event that made the instance."""
        return None if self.at is None else scene.events[self.at]


def trigger_pattern(rule: InstanceRule) -> EventPattern:
    """The events that make an instance of the rule: its trigger, or what it forbids."""
    if not isinstance(rule, Prohibition):
        return rule.trigger
    return rule.forbid if rule.trigger is None else rule.trigger


def instances(rule: InstanceRule, scene: Scene) -> tuple[Instance, ...]:
    """An instance per event that is or may be a trigger.

    An order without one is itself an instance where the rule forbids something, or where the log cannot show triggers.
    """
    pattern = trigger_pattern(rule)
    found = []
    for at, event in candidates(scene, pattern):
        truth = matches(scene, pattern, event, None)
        if truth.value is not False:
            found.append(Instance(at, truth.cause))
    if found:
        return tuple(found)
    forbids = isinstance(rule, Prohibition) and rule.trigger is None
    return (Instance(None),) if forbids or unseen(scene, pattern.activities, None, None) else ()


def in_version(rule: InstanceRule, scene: Scene, instance: Instance) -> Instance:
    """The same instance as this scene's version of the rule sees its trigger."""
    if instance.at is None:
        return instance
    return Instance(instance.at, matches(scene, trigger_pattern(rule), scene.events[instance.at], None).cause)


def judge_instance(rule: InstanceRule, scene: Scene, instance: Instance) -> Judgement:
    """What this scene's version of the rule says of one instance."""
    at = instance.at
    if at is None:
        return _judge_order(rule, scene)
    if instance.doubt is not None:
        return undetermined(instance.doubt, Window(scene.events[at]))
    match rule:
        case Obligation():
            return judge_obligation(rule, scene, at)
        case Prohibition(trigger=None):
            return judge_forbidden_event(rule, scene, at)
        case Prohibition():
            return judge_aftermath(rule, scene, at)
        case Precedence():
            return judge_precedence(rule, scene, at)
        case Classification():
            return judge_classification(rule, scene, at)
        case _:
            assert_never(rule)


def _judge_order(rule: InstanceRule, scene: Scene) -> Judgement:
    hidden = unseen(scene, trigger_pattern(rule).activities, None, None)
    if hidden is not None:
        return undetermined(hidden, Window())
    if isinstance(rule, Prohibition):
        return judge_absence(rule, scene)
    raise AssertionError("an order in which no trigger came and none was hidden is no instance")
