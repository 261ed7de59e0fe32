"""A verdict and its proof, before it is known which version of the rule gave it."""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Window:
    """The time in which an instance is decided: its trigger, if it has one, and its due time as far as it is known."""

    trigger: Event | None = None
    end: Due | Unknown | None = None

    @property
    def due(self) -> Due | None:
        """The due time, None where there is none or it cannot be known."""
        return self.end if isinstance(self.end, Due) else None


def judged(verdict: Verdict, reason: Reason, window: Window, decisive: Event | None = None) -> Judgement:
    """A verdict with the events that gave it."""
    return Judgement(verdict, Evidence(reason, window.trigger, decisive, due=window.due))


def undetermined(cause: Unknown, window: Window, decisive: Event | None = None) -> Judgement:
    """A verdict that this log cannot give, with what is missing."""
    evidence = Evidence(cause.reason, window.trigger, decisive, due=window.due, missing=cause.missing)
    return Judgement(Verdict.UNDETERMINED, evidence)


def absent(verdict: Verdict, reason: Reason, scene: Scene, window: Window, pattern: EventPattern) -> Judgement:
    """A verdict from a search that found nothing, after the trigger and until the due time or `as_of`."""
    after = None if window.trigger is None else window.trigger.occurred_at
    until = scene.as_of if window.due is None else min(window.due.due_at, scene.as_of)
    evidence = Evidence(reason, window.trigger, due=window.due, search=Search((pattern,), after, until))
    return Judgement(verdict, evidence)


def excluded(given: Truth, window: Window) -> Judgement | None:
    """The judgement where `given` does not hold or is unknown, None where it holds."""
    if given.value:
        return None
    if given.value is None and given.cause is not None:
        return with_used(undetermined(given.cause, window), given)
    return with_used(judged(Verdict.NOT_APPLICABLE, Reason.GIVEN_EXCLUDES, window), given)


def agreed(judgements: Sequence[Judgement]) -> Judgement:
    """The one judgement to which every due time leads that a coarse trigger can have; undetermined where they differ.

    While it is open the earliest due time is shown, afterwards the latest.
    """
    first, last = judgements[0], judgements[-1]
    if first.verdict is last.verdict and first.evidence.reason is last.evidence.reason:
        return first if first.verdict is Verdict.PENDING else last
    cause = Unknown(Reason.TIME_TOO_COARSE, ("occurred_at",))
    return undetermined(cause, Window(last.evidence.trigger), last.evidence.decisive)


def with_used(judgement: Judgement, *truths: Truth) -> Judgement:
    """The same judgement, with the events that made these claims true; trigger and decisive event are not repeated."""
    evidence = judgement.evidence
    used = list(evidence.used)
    for event in (event for truth in truths for event in truth.used):
        if event not in (evidence.trigger, evidence.decisive, *used):
            used.append(event)
    if len(used) == len(evidence.used):
        return judgement
    return replace(judgement, evidence=replace(evidence, used=tuple(used)))
