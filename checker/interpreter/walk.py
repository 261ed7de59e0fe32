"""What decides an instance: the first event after its trigger that answers it or releases it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from checker.interpreter.pattern import matches, readings
from checker.interpreter.scene import Scene, is_after, order_unclear
from checker.interpreter.truth import YES, Truth, Unknown, all_of, negated, unknown
from checker.model.condition import EventPattern
from checker.model.event import Event
from checker.model.finding import Reason


class Role(Enum):
    """What an event does to an instance."""

    ANSWER = "answer"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Step:
    """An event that decides, or may decide, an instance."""

    role: Role
    event: Event
    truth: Truth


@dataclass(frozen=True, slots=True)
class Walk:
    """The certain decision, if any, and why an earlier or uncertain event leaves it open."""

    decided: Step | None
    doubt: Unknown | None
    steps: tuple[Step, ...]


def walk(scene: Scene, at: int, answer: EventPattern, releases: Sequence[EventPattern], until: datetime | None) -> Walk:
    """What decides the trigger in place `at` among the events after it and not later than `until` (inclusive).

    Events that only may decide leave a doubt, unless every possible decision is the same answer.
    """
    steps: list[Step] = []
    for step in _steps(scene, at, answer, releases, until):
        steps.append(step)
        if step.truth.value:
            break
    decided = steps[-1] if steps and steps[-1].truth.value else None
    doubtful = [step for step in steps if step.truth.value is None]
    agreed = decided is not None and all(step.role is decided.role for step in doubtful)
    doubt = None if agreed or not doubtful else doubtful[0].truth.cause
    return Walk(decided, doubt, tuple(steps))


def _steps(
    scene: Scene, at: int, answer: EventPattern, releases: Sequence[EventPattern], until: datetime | None
) -> list[Step]:
    """Every event after the trigger that decides or may decide it in time; one that certainly does both answers."""
    trigger = scene.events[at]
    patterns = ((Role.ANSWER, answer), *((Role.RELEASE, release) for release in releases))
    wanted = readings(answer.activities).union(*(readings(release.activities) for release in releases))
    found: list[Step] = []
    if wanted.isdisjoint(scene.activities):
        return found
    for event in (*_maybe_after(scene, at), *scene.events[at + 1 :]):
        if until is not None and event.occurred_at > until:
            break
        if event.activity not in wanted:
            continue
        for role, pattern in patterns:
            truth = matches(scene, pattern, event, trigger)
            if truth.value is not False:
                found.append(Step(role, event, all_of([truth, _after(event, trigger), _in_time(event, until)])))
            if truth.value:
                break
    return found


def _maybe_after(scene: Scene, at: int) -> Iterator[Event]:
    """Events in places before the trigger that a coarse stamp may have put there wrongly."""
    return (event for event in scene.events[:at] if order_unclear(event, scene.events[at]))


def _after(event: Event, trigger: Event) -> Truth:
    return unknown(Reason.TIME_TOO_COARSE, "occurred_at") if order_unclear(event, trigger) else YES


def _in_time(event: Event, until: datetime | None) -> Truth:
    return YES if until is None else negated(is_after(event, until))


def first_after(scene: Scene, at: int, pattern: EventPattern, start: datetime) -> Event | None:
    """The first event after the trigger that certainly matches and came after `start` (strictly)."""
    return next(
        (
            event
            for event in scene.events[at + 1 :]
            if event.occurred_at > start and matches(scene, pattern, event, scene.events[at]).value
        ),
        None,
    )
