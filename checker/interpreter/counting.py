"""What do orders add to the counts of a rate?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from checker.interpreter.classification import judge_classification
from checker.interpreter.condition import holds
from checker.interpreter.pattern import candidates, matches
from checker.interpreter.scene import Scene, unseen, visible
from checker.interpreter.truth import NO, Truth, Unknown, all_of, any_of, known, negated
from checker.interpreter.versions import in_force, timelines
from checker.model.deadline import Duration
from checker.model.event import Event
from checker.model.finding import Counts, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.rule import Classification, Rate, Subject

Sums = Mapping["RateKey", Counts]
"""Partial counts; sums over parts of a log add up to the sum over the whole."""

UNKNOWN_SUBJECT = "?"
"""Whom orders count for that do not name their shop or products."""


# A tuple, because millions of them are looked up when parts of a log are added.
class RateKey(NamedTuple):
    """One rate of one subject. `shop_id` is the product's shop, where a limit asks for that shop's own rate too."""

    policy: str
    rule: str
    subject_id: str
    shop_id: str = ""


def rate_sums(histories: Iterable[OrderHistory], policies: Sequence[Policy], as_of: datetime) -> Sums:
    """What these orders contribute to every rate."""
    rules = tuple(rate_rules(policies, as_of))
    in_use = {policy.id: policy for policy, _ in rules}.values()
    sums: defaultdict[RateKey, Counts] = defaultdict(lambda: Counts(0, 0))
    for history in histories:
        events = visible(history, as_of)
        scenes = {policy.id: Scene(policy, history, events, as_of) for policy in in_use}
        for policy, rule in rules:
            counts = contribution(rule, scenes[policy.id])
            for key in rate_keys(policy, rule, history) if counts.denominator else ():
                sums[key] = add_counts(sums[key], counts)
    return dict(sums)


def add_counts(one: Counts, other: Counts) -> Counts:
    """The counts of both parts together."""
    return Counts(
        one.numerator + other.numerator,
        one.denominator + other.denominator,
        one.unknown + other.unknown,
        one.unsure + other.unsure,
    )


def rate_rules(policies: Sequence[Policy], as_of: datetime) -> Iterator[tuple[Policy, Rate]]:
    """The rate rules in force at `as_of`, each with its version."""
    for timeline in timelines(policies):
        policy = in_force(timeline, as_of)
        for rule in () if policy is None else policy.rules:
            if policy is not None and isinstance(rule, Rate):
                yield policy, rule


def rate_keys(policy: Policy, rule: Rate, history: OrderHistory) -> tuple[RateKey, ...]:
    """The rates that the order counts for."""
    shop = str(history.facts.get("shop_id", UNKNOWN_SUBJECT)) if any(limit.and_shop for limit in rule.limits) else ""
    return tuple(RateKey(policy.id, rule.head.id, subject_id, shop) for subject_id in subjects(rule, history))


def subjects(rule: Rate, history: OrderHistory) -> tuple[str, ...]:
    """Whom the order counts for; an order whose shop or products are unknown counts for `?`."""
    fact = history.facts.get("shop_id" if rule.per is Subject.SHOP else "product_ids")
    if fact is None:
        return (UNKNOWN_SUBJECT,)
    return tuple(dict.fromkeys(fact)) if isinstance(fact, tuple) else (str(fact),)


def contribution(rule: Rate, scene: Scene) -> Counts:
    """What one order adds: itself to the denominator, to the numerator, or to what is unknown."""
    member = _is_member(rule, scene)
    if member.value is False:
        return Counts(0, 0)
    counted = _counted(rule, scene)
    return Counts(
        numerator=int(bool(member.value and counted.value)),
        denominator=1,
        unknown=int(counted.value is None or (member.value is None and counted.value is True)),
        unsure=int(member.value is None and counted.value is False),
    )


def _is_member(rule: Rate, scene: Scene) -> Truth:
    """Whether the order belongs to the cohort; unknown where the log cannot show what would make it a member."""
    found = any_of(_member(rule, scene, at) for at, _ in candidates(scene, rule.cohort))
    hidden = unseen(scene, rule.cohort.activities, scene.as_of, None) if found.value is False else None
    return found if hidden is None else Truth(None, hidden)


def _member(rule: Rate, scene: Scene, at: int) -> Truth:
    event = scene.events[at]
    truth = matches(scene, rule.cohort, event, None)
    if truth.value is False or not _in_window(rule, scene, event):
        return NO
    return all_of([truth, *(negated(holds(scene, condition, at)) for condition in rule.exclude)])


def _in_window(rule: Rate, scene: Scene, event: Event) -> bool:
    """Whether the event's local day is among the window's, which end with the day of `as_of`, moved back by the lag.

    A window that is not published counts the whole log; its verdict is undetermined.
    """
    days, lag = _days(rule.window, scene.policy), _days(rule.lag, scene.policy) or 0
    if days is None:
        return True
    zone = ZoneInfo(scene.policy.timezone)
    last = scene.as_of.astimezone(zone).date() - timedelta(days=lag)
    return last - timedelta(days=days) < event.occurred_at.astimezone(zone).date() <= last


def _days(parameter: str | None, policy: Policy) -> int | None:
    value = None if parameter is None else policy.parameters[parameter].value
    return value.amount if isinstance(value, Duration) and isinstance(value.amount, int) else None


def _counted(rule: Rate, scene: Scene) -> Truth:
    """Whether one of the order's events belongs to the numerator."""
    found = any_of(_classified(rule, scene, at) for at, _ in candidates(scene, rule.numerator))
    if found.value is not False:
        return found
    hidden = unseen(scene, rule.numerator.activities, None, None)
    return NO if hidden is None else Truth(None, hidden)


def _classified(rule: Rate, scene: Scene, at: int) -> Truth:
    truth = matches(scene, rule.numerator, scene.events[at], None)
    if truth.value is False or rule.classified is None:
        return truth
    rule_id, outcome = rule.classified
    table = next(r for r in scene.policy.rules if r.head.id == rule_id and isinstance(r, Classification))
    judgement = judge_classification(table, scene, at)
    if judgement.verdict is Verdict.UNDETERMINED:
        cause = Unknown(judgement.evidence.reason, judgement.evidence.missing)
        return all_of([truth, Truth(None, cause)])
    return all_of([truth, known(judgement.outcome == outcome)])
