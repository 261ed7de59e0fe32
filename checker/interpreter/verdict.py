"""A verdict and its proof, before it is known which version of the rule gave it."""

from dataclasses import dataclass, replace

from checker.interpreter.scene import Scene
from checker.interpreter.truth import Truth, Unknown
from checker.model.condition import EventPattern
from checker.model.event import Event
from checker.model.finding import Due, Evidence, Reason, Search, Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one rule says of one instance. `outcome` is the class that a classification gave."""

    verdict: Verdict
    evidence: Evidence
    outcome: str | None = None


def judged(verdict: Verdict, reason: Reason, trigger: Event | None, decisive: Event | None = None) -> Judgement:
    """A verdict with the events that gave it."""
    return Judgement(verdict, Evidence(reason, trigger=trigger, decisive=decisive))


def undetermined(cause: Unknown, trigger: Event | None, decisive: Event | None = None) -> Judgement:
    """A verdict that this log cannot give, with what is missing."""
    return Judgement(
        Verdict.UNDETERMINED, Evidence(cause.reason, trigger=trigger, decisive=decisive, missing=cause.missing)
    )


def excluded(given: Truth, trigger: Event) -> Judgement | None:
    """The judgement where `given` does not hold or is unknown, None where it holds."""
    if given.value:
        return None
    if given.cause is not None and given.value is None:
        return undetermined(given.cause, trigger)
    return judged(Verdict.NOT_APPLICABLE, Reason.GIVEN_EXCLUDES, trigger)


def with_used(judgement: Judgement, *events: Event) -> Judgement:
    """The same judgement, with further events that counted; trigger and decisive event are not repeated."""
    evidence = judgement.evidence
    named = (evidence.trigger, evidence.decisive)
    used: list[Event] = []
    for event in (*evidence.used, *events):
        if event not in named and event not in used:
            used.append(event)
    return replace(judgement, evidence=replace(evidence, used=tuple(used)))


def with_due(judgement: Judgement, due: Due | Unknown | None) -> Judgement:
    """The same judgement, with its due time where it has one."""
    if not isinstance(due, Due):
        return judgement
    return replace(judgement, evidence=replace(judgement.evidence, due=due))


def with_search(judgement: Judgement, scene: Scene, due: Due | Unknown | None, *patterns: EventPattern) -> Judgement:
    """The same judgement, with the search that found nothing: after the trigger, until the due time or `as_of`."""
    trigger = judgement.evidence.trigger
    ends_at = min(due.due_at, scene.as_of) if isinstance(due, Due) else scene.as_of
    search = Search(patterns, None if trigger is None else trigger.occurred_at, ends_at)
    return replace(judgement, evidence=replace(judgement.evidence, search=search))
