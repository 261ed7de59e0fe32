"""Did the forbidden thing happen?"""

from checker.interpreter.condition import all_hold
from checker.interpreter.deadline import window_end
from checker.interpreter.pattern import matches
from checker.interpreter.scene import Scene, is_final, unseen
from checker.interpreter.truth import Unknown, any_of
from checker.interpreter.verdict import (
    Judgement,
    excluded,
    judged,
    undetermined,
    with_due,
    with_search,
    with_used,
)
from checker.interpreter.walk import Role, walk
from checker.model.finding import Due, Reason, Verdict
from checker.model.rule import Prohibition


def judge_forbidden_event(rule: Prohibition, scene: Scene, at: int) -> Judgement:
    """The verdict on one forbidden event, in place `at`.

    Violated, unless `given` excludes it or an earlier event released it.
    """
    event = scene.events[at]
    given = all_hold(scene, rule.given, at)
    if (out := excluded(given, event)) is not None:
        return with_used(out, *given.used)
    released = any_of(
        matches(scene, release, earlier, event) for release in rule.unless for earlier in scene.events[:at]
    )
    if released.value:
        return judged(Verdict.NOT_APPLICABLE, Reason.RELEASED, event)
    if released.cause is not None:
        return undetermined(released.cause, event)
    return with_used(judged(Verdict.VIOLATED, Reason.HAPPENED, event, event), *given.used)


def judge_absence(rule: Prohibition, scene: Scene) -> Judgement:
    """The verdict on an order without the forbidden event: satisfied once the order is final, pending before."""
    return with_search(_so_far(scene, None), scene, None, rule.forbid)


def judge_aftermath(rule: Prohibition, scene: Scene, at: int) -> Judgement:
    """The verdict on the trigger in place `at`: no forbidden event after it and by the deadline (inclusive)."""
    trigger = scene.events[at]
    given = all_hold(scene, rule.given, at)
    if (out := excluded(given, trigger)) is not None:
        return with_used(out, *given.used)
    ends = window_end(scene, rule.within, trigger)
    return with_used(with_due(_aftermath(rule, scene, at, ends), ends), *given.used)


def _aftermath(rule: Prohibition, scene: Scene, at: int, ends: Due | Unknown | None) -> Judgement:
    trigger = scene.events[at]
    until = ends.due_at if isinstance(ends, Due) else None
    found = walk(scene, at, rule.forbid, rule.unless, until)
    if found.doubt is not None:
        return undetermined(found.doubt, trigger, found.steps[0].event)
    if found.decided is None:
        return _not_seen(rule, scene, at, ends)
    event = found.decided.event
    if found.decided.role is Role.RELEASE:
        return judged(Verdict.NOT_APPLICABLE, Reason.RELEASED, trigger, event)
    if isinstance(ends, Unknown):
        return undetermined(ends, trigger, event)
    return judged(Verdict.VIOLATED, Reason.HAPPENED, trigger, event)


def _not_seen(rule: Prohibition, scene: Scene, at: int, ends: Due | Unknown | None) -> Judgement:
    """Satisfied once the window is over, pending before - where absence proves anything."""
    trigger = scene.events[at]
    over_at = ends.due_at if isinstance(ends, Due) and ends.due_at < scene.as_of else None
    hidden = unseen(scene, rule.forbid.activities, trigger.occurred_at, over_at)
    if hidden is not None:
        return undetermined(hidden, trigger)
    if over_at is not None:
        judgement = judged(Verdict.SATISFIED, Reason.DID_NOT_HAPPEN, trigger)
    elif isinstance(ends, Due):
        judgement = judged(Verdict.PENDING, Reason.OPEN, trigger)
    else:
        judgement = _so_far(scene, at)
    return with_search(judgement, scene, ends, rule.forbid)


def _so_far(scene: Scene, at: int | None) -> Judgement:
    trigger = None if at is None else scene.events[at]
    if is_final(scene):
        return judged(Verdict.SATISFIED, Reason.DID_NOT_HAPPEN, trigger)
    return judged(Verdict.PENDING, Reason.OPEN, trigger)
