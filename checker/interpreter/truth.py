"""What can be said of a claim: it holds, it does not, or this log cannot tell - and then why."""

from collections.abc import Iterable
from dataclasses import dataclass

from checker.model.event import Event
from checker.model.finding import Reason


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why something cannot be known, and the names of the data that would settle it."""

    reason: Reason
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Truth:
    """True, false, or (None) unknown with its cause. `used` are the events that made it so."""

    value: bool | None
    cause: Unknown | None = None
    used: tuple[Event, ...] = ()


YES = Truth(True)
NO = Truth(False)


def known(value: bool) -> Truth:
    """YES or NO."""
    return YES if value else NO


def unknown(reason: Reason, *missing: str) -> Truth:
    """A claim that this log cannot settle."""
    return Truth(None, Unknown(reason, missing))


def negated(truth: Truth) -> Truth:
    """The opposite; unknown stays unknown."""
    return truth if truth.value is None else Truth(not truth.value, used=truth.used)


def all_of(truths: Iterable[Truth]) -> Truth:
    """True if all are, false if any is, else unknown (Kleene's strong logic)."""
    return _combined(truths, absorbing=False)


def any_of(truths: Iterable[Truth]) -> Truth:
    """True if any is, false if all are, else unknown (Kleene's strong logic)."""
    return _combined(truths, absorbing=True)


def _combined(truths: Iterable[Truth], *, absorbing: bool) -> Truth:
    used: tuple[Event, ...] = ()
    causes: list[Unknown] = []
    for truth in truths:
        if truth.value is absorbing:
            return truth
        if truth.cause is not None:
            causes.append(truth.cause)
        if truth.used:
            used += truth.used
    if causes:
        return Truth(None, _merged(causes), used)
    return Truth(not absorbing, used=used) if used else known(not absorbing)


def _merged(causes: list[Unknown]) -> Unknown:
    """The first cause, with everything else that is missing for the same reason."""
    reason = causes[0].reason
    missing = dict.fromkeys(name for cause in causes if cause.reason is reason for name in cause.missing)
    return Unknown(reason, tuple(missing))
