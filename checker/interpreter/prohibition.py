"""Did the forbidden thing happen?"""

from checker.interpreter.condition import all_hold
from checker.interpreter.deadline import window_end
from checker.interpreter.pattern import matches
from checker.interpreter.scene import Scene, is_final, unseen
from checker.interpreter.truth import Unknown, any_of
from checker.interpreter.verdict import Judgement, Window, absent, excluded, judged, undetermined, with_used
from checker.interpreter.walk import Role, walk
from checker.model.finding import Reason, Verdict
from checker.model.rule import Prohibition


def judge_forbidden_event(rule: Prohibition, scene: Scene, at: int) -> Judgement:
    """The verdict on one forbidden event, in place `at`.

    Violated, unless `given` excludes it or an earlier event released it.
    """
    event = scene.events[at]
    given = all_hold(scene, rule.given, at)
    if (out := excluded(given, Window(event))) is not None:
        return out
    earlier = scene.events[:at]
    released = any_of(matches(scene, release, before, event) for release in rule.unless for before in earlier)
    if released.value:
        return judged(Verdict.NOT_APPLICABLE, Reason.RELEASED, Window(event))
    if released.cause is not None:
        return undetermined(released.cause, Window(event))
    return with_used(judged(Verdict.VIOLATED, Reason.HAPPENED, Window(event), event), given)


def judge_absence(rule: Prohibition, scene: Scene) -> Judgement:
    """The verdict on an order without the forbidden event: satisfied once the order is final, pending before."""
    return _so_far(rule, scene, Window())


def judge_aftermath(rule: Prohibition, scene: Scene, at: int) -> Judgement:
    """The verdict on the trigger in place `at`: no forbidden event after it and by the deadline (inclusive)."""
    trigger = scene.events[at]
    given = all_hold(scene, rule.given, at)
    if (out := excluded(given, Window(trigger))) is not None:
        return out
    window = Window(trigger, window_end(scene, rule.within, trigger))
    return with_used(_decided(rule, scene, at, window) or _not_seen(rule, scene, at, window), given)


def _decided(rule: Prohibition, scene: Scene, at: int, window: Window) -> Judgement | None:
    until = None if window.due is None else window.due.due_at
    found = walk(scene, at, rule.forbid, rule.unless, until)
    if found.doubt is not None:
        return undetermined(found.doubt, window, found.steps[0].event)
    if found.decided is None:
        return None
    event = found.decided.event
    if found.decided.role is Role.RELEASE:
        return judged(Verdict.NOT_APPLICABLE, Reason.RELEASED, window, event)
    if isinstance(window.end, Unknown):
        return undetermined(window.end, window, event)
    return judged(Verdict.VIOLATED, Reason.HAPPENED, window, event)


def _not_seen(rule: Prohibition, scene: Scene, at: int, window: Window) -> Judgement:
    """Satisfied once the window is over, pending before - where absence proves anything."""
    over_at = None if window.due is None or window.due.due_at >= scene.as_of else window.due.due_at
    hidden = unseen(scene, rule.forbid.activities, scene.events[at].occurred_at, over_at)
    if hidden is not None:
        return undetermined(hidden, window)
    if over_at is not None:
        return absent(Verdict.SATISFIED, Reason.DID_NOT_HAPPEN, scene, window, rule.forbid)
    if window.due is not None:
        return absent(Verdict.PENDING, Reason.OPEN, scene, window, rule.forbid)
    return _so_far(rule, scene, window)


def _so_far(rule: Prohibition, scene: Scene, window: Window) -> Judgement:
    if is_final(scene):
        return absent(Verdict.SATISFIED, Reason.DID_NOT_HAPPEN, scene, window, rule.forbid)
    return absent(Verdict.PENDING, Reason.OPEN, scene, window, rule.forbid)
