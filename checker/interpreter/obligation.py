"""Was the trigger answered in time?"""

from datetime import datetime

from checker.interpreter.condition import all_hold
from checker.interpreter.deadline import window_end
from checker.interpreter.scene import Scene, unseen
from checker.interpreter.truth import Unknown
from checker.interpreter.verdict import (
    Judgement,
    excluded,
    judged,
    undetermined,
    with_due,
    with_search,
    with_used,
)
from checker.interpreter.walk import Role, Walk, first_after, walk
from checker.model.finding import Due, Reason, Verdict
from checker.model.rule import Obligation


def judge_obligation(rule: Obligation, scene: Scene, at: int) -> Judgement:
    """The verdict on the trigger in place `at`.

    An answer at the very due instant is in time; a due time equal to `as_of` is still pending; of an answer and a
    release that both come in time the first decides.
    """
    trigger = scene.events[at]
    given = all_hold(scene, rule.given, at)
    if (out := excluded(given, trigger)) is not None:
        return with_used(out, *given.used)
    ends = window_end(scene, rule.within, trigger)
    until = ends.due_at if isinstance(ends, Due) else None
    found = walk(scene, at, rule.must, rule.unless, until)
    judgement = _decided(found, ends, scene, at) or _unanswered(rule, scene, at, ends)
    return with_used(with_due(judgement, ends), *given.used)


def _decided(found: Walk, ends: Due | Unknown | None, scene: Scene, at: int) -> Judgement | None:
    trigger = scene.events[at]
    if found.doubt is not None:
        return undetermined(found.doubt, trigger, found.steps[0].event)
    if found.decided is None:
        return None
    event = found.decided.event
    if isinstance(ends, Unknown):
        # Without a due time even a release decides nothing: the duty may have been broken before it came.
        return undetermined(ends, trigger, event)
    if found.decided.role is Role.RELEASE:
        return judged(Verdict.NOT_APPLICABLE, Reason.RELEASED, trigger, event)
    return judged(Verdict.SATISFIED, Reason.DONE, trigger, event)


def _unanswered(rule: Obligation, scene: Scene, at: int, ends: Due | Unknown | None) -> Judgement:
    """The verdict where nothing decided in time: pending, late, not done - or absence proves nothing."""
    trigger = scene.events[at]
    overdue_at = ends.due_at if isinstance(ends, Due) and ends.due_at < scene.as_of else None
    activities = (*rule.must.activities, *(a for release in rule.unless for a in release.activities))
    hidden = unseen(scene, activities, trigger.occurred_at, overdue_at)
    if hidden is not None:
        return undetermined(hidden, trigger)
    if isinstance(ends, Unknown):
        return with_search(undetermined(ends, trigger), scene, ends, rule.must)
    if overdue_at is None:
        return with_search(judged(Verdict.PENDING, Reason.OPEN, trigger), scene, ends, rule.must)
    return _overdue(rule, scene, at, overdue_at, ends)


def _overdue(rule: Obligation, scene: Scene, at: int, overdue_at: datetime, ends: Due | None) -> Judgement:
    trigger = scene.events[at]
    late = first_after(scene, at, rule.must, overdue_at)
    if late is not None:
        judgement = judged(Verdict.VIOLATED, Reason.LATE, trigger, late)
    else:
        judgement = judged(Verdict.VIOLATED, Reason.NOT_DONE, trigger)
    judgement = with_search(judgement, scene, ends, rule.must)
    consequence = None if rule.on_timeout is None else first_after(scene, at, rule.on_timeout, overdue_at)
    return judgement if consequence is None else with_used(judgement, consequence)
