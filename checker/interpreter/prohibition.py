"""Did the forbidden thing happen?"""

from datetime import datetime

from checker.interpreter.condition import all_hold, holds
from checker.interpreter.deadline import window_ends
from checker.interpreter.scene import Scene, final_at, unseen
from checker.interpreter.truth import Unknown, any_of
from checker.interpreter.verdict import Judgement, Window, absent, agreed, excluded, judged, undetermined, with_used
from checker.interpreter.walk import Role, walk
from checker.model.condition import Seen
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
    released = any_of(holds(scene, Seen(release), at) for release in rule.unless)
    if released.value:
        return judged(Verdict.NOT_APPLICABLE, Reason.RELEASED, Window(event), released.used[0])
    if released.cause is not None:
        return undetermined(released.cause, Window(event))
    return with_used(judged(Verdict.VIOLATED, Reason.HAPPENED, Window(event), event), given)


def judge_absence(rule: Prohibition, scene: Scene) -> Judgement:
    """The verdict on an order without the forbidden event: satisfied once the order is final, pending before."""
    return _not_seen(rule, scene, Window(), None)


def judge_aftermath(rule: Prohibition, scene: Scene, at: int) -> Judgement:
    """The verdict on the trigger in place `at`: no forbidden event after it and by the deadline (inclusive)."""
    trigger = scene.events[at]
    given = all_hold(scene, rule.given, at)
    if (out := excluded(given, Window(trigger))) is not None:
        return out
    windows = [Window(trigger, end) for end in window_ends(scene, rule.within, trigger)]
    start = trigger.occurred_at
    judgements = [_decided(rule, scene, at, window) or _not_seen(rule, scene, window, start) for window in windows]
    return with_used(agreed(judgements), given)


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
    releases = tuple(activity for release in rule.unless for activity in release.activities)
    hidden = unseen(scene, releases, scene.events[at].occurred_at, event.occurred_at)
    cause = window.end if isinstance(window.end, Unknown) else hidden
    if cause is not None:
        return undetermined(cause, window, event)
    return judged(Verdict.VIOLATED, Reason.HAPPENED, window, event)


def _not_seen(rule: Prohibition, scene: Scene, window: Window, start: datetime | None) -> Judgement:
    """Satisfied once the window is over, pending before - where absence proves anything.

    A window without a due time is over when the order is final.
    """
    end_at = final_at(scene) if window.due is None else window.due.due_at
    is_over = end_at is not None and (window.due is None or end_at < scene.as_of)
    hidden = unseen(scene, rule.forbid.activities, start, end_at if is_over else None)
    if hidden is not None:
        return undetermined(hidden, window)
    if is_over:
        return absent(Verdict.SATISFIED, Reason.DID_NOT_HAPPEN, scene, window, rule.forbid)
    if isinstance(window.end, Unknown):
        return undetermined(window.end, window)
    return absent(Verdict.PENDING, Reason.OPEN, scene, window, rule.forbid)
