"""Which class does the decision table give?"""

from dataclasses import replace

from checker.interpreter.condition import all_hold, holds
from checker.interpreter.scene import Scene
from checker.interpreter.verdict import Judgement, excluded, judged, undetermined, with_used
from checker.model.finding import Reason, Verdict
from checker.model.rule import Classification

UNCLASSIFIED = "undetermined"
"""The outcome where an unknown case stopped the search."""


def judge_classification(rule: Classification, scene: Scene, at: int) -> Judgement:
    """The class of the trigger in place `at`: the first case that holds; an unknown case leaves it undetermined."""
    trigger = scene.events[at]
    given = all_hold(scene, rule.given, at)
    if (out := excluded(given, trigger)) is not None:
        return replace(with_used(out, *given.used), outcome=UNCLASSIFIED)
    for index, case in enumerate(rule.cases):
        truth = holds(scene, case.when, at)
        if truth.value is None and truth.cause is not None:
            return replace(undetermined(truth.cause, trigger), outcome=UNCLASSIFIED)
        if truth.value:
            found = with_used(judged(Verdict.SATISFIED, Reason.CLASSIFIED, trigger), *truth.used)
            return replace(found, evidence=replace(found.evidence, case=index), outcome=case.outcome)
    return replace(judged(Verdict.SATISFIED, Reason.CLASSIFIED, trigger), outcome=rule.otherwise)
