"""With which scenarios does the feature of a rule begin?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from checker.engines.reference import findings as judged
from checker.harness.catalogue import catalogue
from checker.harness.checks import truth
from checker.harness.feature import Feature, Line, RuleBlock, Scenario
from checker.harness.gherkin_text import gherkin_text, keyword
from checker.harness.instants import written
from checker.harness.sentence import Said, write_sentence
from checker.harness.setup import applied
from checker.harness.world import World, histories, judging
from checker.model.activity import SHOWN_BY, Activity
from checker.model.condition import EventPattern, OneOf
from checker.model.event import Actor
from checker.model.policy import Policy
from checker.model.rule import Obligation, Prohibition, Rate, Rule

_TITLES = {
    "zh": ("日常情况", "到期之前", "正好到期", "到期之后", "还没有到期", "日志看不到就不下结论"),
    "ja": ("通常の場合", "期限の直前", "期限ちょうど", "期限の直後", "期限前", "記録に現れなければ判定しない"),
    "en": (
        "the usual case",
        "just before it is due",
        "at the due time",
        "just after",
        "not yet due",
        "what the log cannot show",
    ),
}
_USUAL_ACTOR = {Activity.COLLECTED: Actor.CARRIER, Activity.DELIVERED: Actor.CARRIER}
_TICK = timedelta(seconds=1)
_START_AFTER = timedelta(days=34, hours=10)


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario in the making; its claim is what the policy says."""

    title: str
    said: tuple[Said, ...]


def skeleton(policy: Policy, rule: Rule, language: str) -> str:
    """A feature of one rule: the usual case, before, at and after the due time, pending, and what the log hides.

    Every claim is what the policy says today; a person compares each with the source.
    """
    background = (
        _said("policy", policy=f"{policy.id}@{policy.effective.isoformat()}"),
        _said("zone", zone=policy.timezone),
    )
    stories = tuple(_stories(policy, rule, language))
    scenarios = tuple(_scenario(story, background, policy, rule, language) for story in stories)
    title = policy.title.get(language, policy.id)
    block = RuleBlock(f"{rule.head.id} {rule.head.title.get(language, '')}".strip(), "", (), (), scenarios, 0)
    lines = _lines(background, language)
    return gherkin_text(Feature("", language, f"{title} ({policy.effective})", "", (), lines, (), (block,)))


def _said(step: str, **values: str) -> Said:
    return Said(catalogue().sentences["world"][step], values)


def _stories(policy: Policy, rule: Rule, language: str) -> Iterator[Story]:
    usual, before, at, after, pending, hidden = _TITLES[language]
    zone, start = ZoneInfo(policy.timezone), policy.effective_at + _START_AFTER
    order = _said("event", at=written(start - timedelta(hours=2), zone), actor="buyer", activity="order_created")
    order = replace(
        order, details=(Said(catalogue().sentences["detail"]["status"], {"state": policy.market.states[0]}),)
    )
    trigger = _event(_trigger(rule), start, zone)
    check = _said("check", at=written(start + timedelta(days=40), zone))
    answer = _answer(rule)
    if answer is None:
        yield Story(usual, (order, trigger, check))
        return
    yield Story(usual, (order, trigger, _event(answer, start + timedelta(hours=1), zone), check))
    due_at = _due_at(policy, rule, (order, trigger, check))
    if due_at is not None:
        for title, moment in ((before, due_at - _TICK), (at, due_at), (after, due_at + _TICK)):
            yield Story(title, (order, trigger, _event(answer, moment, zone), check))
        yield Story(pending, (order, trigger, _said("check", at=written(due_at, zone))))
    yield Story(hidden, (_said("blind", observable=SHOWN_BY[answer.activities[0]].value), order, trigger, check))


def _trigger(rule: Rule) -> EventPattern:
    match rule:
        case Prohibition(trigger=None):
            return rule.forbid
        case Rate():
            return rule.numerator
        case _:
            assert rule.trigger is not None  # noqa: S101 - only a prohibition can be without
            return rule.trigger


def _answer(rule: Rule) -> EventPattern | None:
    match rule:
        case Obligation(must=must):
            return must
        case Prohibition(trigger=trigger, forbid=forbid) if trigger is not None:
            return forbid
        case _:
            return None


def _event(pattern: EventPattern, moment: datetime, zone: ZoneInfo) -> Said:
    """The event that a pattern asks for, as far as a sentence can say it."""
    activity, tests = pattern.activities[0], dict(pattern.tests)
    test = tests.pop("actor", None)
    actor = str(test.values[0]) if isinstance(test, OneOf) else _USUAL_ACTOR.get(activity, Actor.SELLER).value
    said = _said("event", at=written(moment, zone), actor=actor, activity=activity.value)
    return replace(said, details=tuple(_details(pattern)))


def _details(pattern: EventPattern) -> Iterator[Said]:
    family = catalogue().sentences["detail"]
    if "request_id" in pattern.same or any("request" in name.value for name in pattern.activities):
        yield Said(family["request"], {"token": "R1"})
    for name, test in pattern.tests:
        value = test.values[0] if isinstance(test, OneOf) else None
        yield from (Said(s, {}) for s in family.values() if value is not None and (s.field, s.sets) == (name, value))
        if name == "channel" and isinstance(value, str):
            yield Said(family["channel"], {"channel": value})


def _world(policy: Policy, said: Sequence[Said]) -> World:
    world = World((policy,), (policy,), ZoneInfo(policy.timezone))
    for one in said:
        world = applied(world, one)
    return world


def _due_at(policy: Policy, rule: Rule, said: Sequence[Said]) -> datetime | None:
    world = _world(policy, said)
    assert world.as_of is not None  # noqa: S101 - the story ends with a check
    found = judged(histories(world), judging(world), world.as_of)
    dues = (f.evidence.due.due_at for f in found if f.rule.rule == rule.head.id and f.evidence.due is not None)
    return next(dues, None)


def _scenario(story: Story, background: Sequence[Said], policy: Policy, rule: Rule, language: str) -> Scenario:
    world = _world(policy, story.said)
    assert world.as_of is not None  # noqa: S101 - the story ends with a check
    found = judged(histories(world), judging(world), world.as_of)
    blank = {"rule": rule.head.id, "verdict": "?", "reason": "?"}
    claim = truth(Said(catalogue().sentences["check"]["verdict_reason"], blank), found, world.zone)
    return Scenario(f"{rule.head.id} - {story.title}", "", (), _lines((*story.said, claim), language), (), 0)


def _lines(said: Sequence[Said], language: str) -> tuple[Line, ...]:
    kinds = ["when" if s.step.id == "check" else "then" if s.step.role == "check" else "and" for s in said]
    kinds[0] = "given"
    return tuple(
        Line(keyword(kind, language), write_sentence(one, language), 0) for kind, one in zip(kinds, said, strict=True)
    )
