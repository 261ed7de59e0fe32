"""Which class does the decision table give?"""

from dataclasses import replace

from checker.interpreter.condition import all_hold, holds
from checker.interpreter.scene import Scene
from checker.interpreter.verdict import Judgement, Window, excluded, judged, undetermined, with_used
from checker.model.finding import Reason, Verdict
from checker.model.rule import Classification

UNCLASSIFIED = "undetermined"
"""The outcome where an unknown case stopped the search."""


def judge_classification(rule: Classification, scene: Scene, at: int) -> Judgement:
    """The class of the trigger in place `at`: the first case that holds; an unknown case leaves it undetermined."""
    window = Window(scene.events[at])
    given = all_hold(scene, rule.given, at)
    if (out := excluded(given, window)) is not None:
        return replace(out, outcome=UNCLASSIFIED)
    for index, case in enumerate(rule.cases):
        truth = holds(scene, case.when, at)
        if truth.value is None and truth.cause is not None:
            return replace(undetermined(truth.cause, window), outcome=UNCLASSIFIED)
        if truth.value:
            found = with_used(judged(Verdict.SATISFIED, Reason.CLASSIFIED, window), truth)
            return replace(found, evidence=replace(found.evidence, case=index), outcome=case.outcome)
    return replace(judged(Verdict.SATISFIED, Reason.CLASSIFIED, window), outcome=rule.otherwise)
