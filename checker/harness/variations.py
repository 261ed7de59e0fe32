"""Which worlds lie near a test: a time moved, another actor, a remark dropped?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, timedelta

from checker.harness.cases import Case
from checker.harness.catalogue import catalogue, kind_of
from checker.harness.instants import instant, written
from checker.harness.sentence import Said, read_sentence
from checker.model.activity import Activity
from checker.model.event import Actor
from checker.model.policy import Codes, Policy
from checker.model.rule import Rule

_SHIFTS = tuple(timedelta(seconds=sign * seconds) for seconds in (1, 60, 3600, 86400) for sign in (1, -1))
_SWAPPED = ("actor", "state", "activity", "value", "language", "channel")
_KEPT = ("policy", "zone")


def told(case: Case) -> tuple[Said, ...]:
    """The sentences of a test, its claims left out."""
    said = (read_sentence(line.text, case.feature.language) for line in case.lines)
    return tuple(one for one in said if one is not None and one.step.role == "world")


@dataclass(frozen=True, slots=True)
class Ground:
    """What variations draw on: the test, the policy and the rules in question, and the instants worth standing at."""

    case: Case
    policy: Policy
    rules: Sequence[Rule]
    instants: Sequence[datetime]


def variations(story: Sequence[Said], ground: Ground) -> Iterator[tuple[Said, ...]]:
    """The story itself, then with one thing changed, one left out, one more event."""
    yield tuple(story)
    for place, said in enumerate(story):
        if said.step.id in _KEPT:
            continue
        for other in _others(said, ground):
            yield (*story[:place], other, *story[place + 1 :])
        yield (*story[:place], *story[place + 1 :])
    yield from ((*story[:-1], event, story[-1]) for event in (*_more_statuses(ground), *_more_events(ground)))


def _more_statuses(ground: Ground) -> Iterator[Said]:
    """Each state of an order, reached a second before one of the events."""
    sentence = catalogue().sentences["world"]["status"]
    for event in ground.case.world.events:
        at = written(event.occurred_at - _SHIFTS[0], ground.case.world.zone)
        yield from (Said(sentence, {"at": at, "state": state}) for state in ground.policy.market.states)


def _more_events(ground: Ground) -> Iterator[Said]:
    """Each event that the rules speak of, by each actor, an hour before the check and around the instants."""
    activities = [name for name in Activity if any(name in _activities(rule) for rule in ground.rules)]
    moments = [ground.case.as_of - timedelta(hours=1)]
    moments += [due + shift for due in ground.instants for shift in (timedelta(), *_SHIFTS[:2])]
    sentence = catalogue().sentences["world"]["event"]
    request = Said(catalogue().sentences["detail"]["request"], {"token": "R1"})
    for moment in moments:
        at = written(moment, ground.case.world.zone)
        for activity in activities:
            for actor in (Actor.BUYER, Actor.SELLER, Actor.PLATFORM):
                values = {"at": at, "actor": actor.value, "activity": activity.value}
                yield Said(sentence, values, (request,))


def _activities(part: object) -> frozenset[Activity]:
    """Every activity that a rule names."""
    if isinstance(part, Activity):
        return frozenset({part})
    children = part if isinstance(part, tuple) else ()
    if is_dataclass(part):
        children = tuple(getattr(part, field.name) for field in fields(part))
    return frozenset(name for child in children for name in _activities(child))


def _others(said: Said, ground: Ground) -> Iterator[Said]:
    for slot, value in said.values.items():
        for other in _values(kind_of(slot), value, ground):
            yield replace(said, values={**said.values, slot: other})
    for place, detail in enumerate(said.details):
        rest = (*said.details[:place], *said.details[place + 1 :])
        yield replace(said, details=rest)
        for other_detail in _other_details(detail, ground.policy):
            yield replace(said, details=(*rest, other_detail))


def _values(kind: str, value: str, ground: Ground) -> Iterator[str]:
    if kind == "at":
        zone = ground.case.world.zone
        moments = [instant(value, zone) + shift for shift in _SHIFTS]
        moments += [due + shift for due in ground.instants for shift in (timedelta(), _SHIFTS[0], _SHIFTS[1])]
        yield from (written(moment, zone) for moment in moments)
    elif kind == "count":
        yield from (str(int(value) + 1), str(max(int(value) - 1, 0)))
    elif kind in _SWAPPED:
        yield from (name for name in catalogue().words[kind] if name != value)


def _other_details(detail: Said, policy: Policy) -> Iterator[Said]:
    if detail.step.id == "request":
        yield replace(detail, values={"token": f"{detail.values['token']}X"})
    if detail.step.id == "reason":
        lists = (p.value.values or () for p in policy.parameters.values() if isinstance(p.value, Codes))
        yield from (replace(detail, values={"token": code}) for codes in lists for code in codes)
    family = catalogue().sentences["detail"].values()
    yield from (
        Said(sentence, {})
        for sentence in family
        if sentence.sets is not None and sentence.field == detail.step.field and sentence != detail.step
    )
