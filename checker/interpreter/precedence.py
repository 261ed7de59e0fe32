"""Had what must come first come first?"""

from checker.interpreter.condition import all_hold, holds
from checker.interpreter.scene import Scene
from checker.interpreter.verdict import Judgement, Window, excluded, judged, undetermined, with_used
from checker.model.finding import Reason, Verdict
from checker.model.rule import Precedence


def judge_precedence(rule: Precedence, scene: Scene, at: int) -> Judgement:
    """The verdict on the trigger in place `at`: satisfied if `needs` already held."""
    window = Window(scene.events[at])
    given = all_hold(scene, rule.given, at)
    if (out := excluded(given, window)) is not None:
        return out
    needed = holds(scene, rule.needs, at)
    if needed.value is None and needed.cause is not None:
        judgement = undetermined(needed.cause, window)
    elif needed.value:
        judgement = judged(Verdict.SATISFIED, Reason.PRECEDED, window)
    else:
        judgement = judged(Verdict.VIOLATED, Reason.NOT_PRECEDED, window)
    return with_used(judgement, needed, given)
