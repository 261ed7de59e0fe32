"""Was the trigger answered in time?"""

from datetime import datetime

from checker.interpreter.condition import all_hold
from checker.interpreter.deadline import window_ends
from checker.interpreter.scene import Scene, unseen
from checker.interpreter.truth import Truth, Unknown
from checker.interpreter.verdict import Judgement, Window, absent, agreed, excluded, judged, undetermined, with_used
from checker.interpreter.walk import Role, first_after, walk
from checker.model.finding import Reason, Verdict
from checker.model.rule import Obligation


def judge_obligation(rule: Obligation, scene: Scene, at: int) -> Judgement:
    """The verdict on the trigger in place `at`.

    An answer at the very due instant is in time; a due time equal to `as_of` is still pending; of an answer and a
    release that both come in time the first decides.
    """
    trigger = scene.events[at]
    given = all_hold(scene, rule.given, at)
    if (out := excluded(given, Window(trigger))) is not None:
        return out
    windows = [Window(trigger, end) for end in window_ends(scene, rule.within, trigger)]
    judgements = [_decided(rule, scene, at, window) or _unanswered(rule, scene, at, window) for window in windows]
    return with_used(agreed(judgements), given)


def _decided(rule: Obligation, scene: Scene, at: int, window: Window) -> Judgement | None:
    until = None if window.due is None else window.due.due_at
    found = walk(scene, at, rule.must, rule.unless, until)
    if found.doubt is not None:
        return undetermined(found.doubt, window, found.steps[0].event)
    if found.decided is None:
        return None
    event = found.decided.event
    if isinstance(window.end, Unknown):
        # Without a due time even a release decides nothing: the duty may have been broken before it came.
        return undetermined(window.end, window, event)
    if found.decided.role is Role.RELEASE:
        return judged(Verdict.NOT_APPLICABLE, Reason.RELEASED, window, event)
    return judged(Verdict.SATISFIED, Reason.DONE, window, event)


def _unanswered(rule: Obligation, scene: Scene, at: int, window: Window) -> Judgement:
    """The verdict where nothing decided in time: pending, late, not done - or absence proves nothing."""
    overdue_at = None if window.due is None or window.due.due_at >= scene.as_of else window.due.due_at
    activities = (*rule.must.activities, *(a for release in rule.unless for a in release.activities))
    hidden = unseen(scene, activities, scene.events[at].occurred_at, overdue_at)
    if hidden is not None:
        return undetermined(hidden, window)
    if isinstance(window.end, Unknown):
        return undetermined(window.end, window)
    if overdue_at is None:
        return absent(Verdict.PENDING, Reason.OPEN, scene, window, rule.must)
    return _overdue(rule, scene, at, window, overdue_at)


def _overdue(rule: Obligation, scene: Scene, at: int, window: Window, overdue_at: datetime) -> Judgement:
    """Late or not done; what the platform then did by itself is shown as used."""
    late = first_after(scene, at, rule.must, overdue_at)
    if late is not None:
        judgement = judged(Verdict.VIOLATED, Reason.LATE, window, late)
    else:
        judgement = absent(Verdict.VIOLATED, Reason.NOT_DONE, scene, window, rule.must)
    consequence = None if rule.on_timeout is None else first_after(scene, at, rule.on_timeout, overdue_at)
    return judgement if consequence is None else with_used(judgement, Truth(True, used=(consequence,)))
