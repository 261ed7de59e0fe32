"""Which scenario would notice a slip that lives?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from checker.engines.reference import findings as judged
from checker.harness.cases import Case
from checker.harness.catalogue import catalogue
from checker.harness.checks import truth
from checker.harness.feature import Feature, Line, Scenario
from checker.harness.gherkin_text import gherkin_text, keyword
from checker.harness.mutation import Fate, State, only
from checker.harness.sentence import Said, write_sentence
from checker.harness.setup import applied
from checker.harness.variations import Ground, told, variations
from checker.harness.world import World, histories, judging
from checker.model.deadline import Duration, Unit
from checker.model.error import CheckerError
from checker.model.finding import Finding
from checker.model.policy import Policy
from checker.model.rule import Rule

_BASES, _TRIES = 40, 2000
_CLAIMS = ("verdict_reason", "verdict_severity", "outcome", "due", "counts")
_TITLES = {"zh": "待核对", "ja": "要確認", "en": "to be compared with the source"}
_NAMES = {"zh": "建议补充的场景", "ja": "追加が望まれるシナリオ", "en": "Scenarios worth adding"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A story that tells a mutant from the policy, and what the policy says at its end."""

    fate: Fate
    story: tuple[Said, ...]
    claim: Said


def suggestion(fate: Fate, policy: Policy, cases: Sequence[Case]) -> Suggestion | None:
    """The first story near an existing test whose findings the slip changes; None where none was found."""
    near = ([fate.differs_in] if fate.differs_in else []) + list(fate.covered_by) + list(cases)
    pair = only(policy, fate.mutant.rules), only(fate.mutant.policy, fate.mutant.rules)
    rules = [rule for rule in policy.rules if rule.head.id in fate.mutant.rules]
    for story, case in islice(_stories(near[:_BASES], policy, rules), _TRIES):
        claim = _telling(story, case, policy, pair)
        if claim is not None:
            return Suggestion(fate, story, claim)
    return None


def _stories(bases: Iterable[Case], policy: Policy, rules: Sequence[Rule]) -> Iterator[tuple[tuple[Said, ...], Case]]:
    for case in bases:
        yield from (
            (story, case) for story in variations(told(case), Ground(case, policy, rules, _instants(case, policy)))
        )


def _instants(case: Case, policy: Policy) -> tuple[datetime, ...]:
    """Where the scenario's deadlines lie, and every moment that lies an hour parameter after one of its events."""
    findings = judged(case.orders, judging(case.world), case.as_of)
    dues = {finding.evidence.due.due_at for finding in findings if finding.evidence.due is not None}
    hours = {
        p.value.amount
        for p in policy.parameters.values()
        if isinstance(p.value, Duration) and p.value.unit is Unit.HOURS
    }
    spans = [timedelta(hours=amount) for amount in hours if isinstance(amount, int)]
    after = {event.occurred_at + span for event in case.world.events for span in spans}
    return tuple(sorted(dues | after))


def _telling(story: Sequence[Said], case: Case, policy: Policy, pair: tuple[Policy, Policy]) -> Said | None:
    """A claim that is true of the policy and untrue of the mutant, None where no claim is."""
    try:
        world = World(case.world.pool)
        for said in story:
            world = applied(world, said)
        usual, changed = (_found(world, policy, one) for one in pair)
    except CheckerError:
        return None
    if usual == changed:
        return None
    return next(_claims(usual, changed, world, pair[0]), None)


def _found(world: World, policy: Policy, instead: Policy) -> tuple[Finding, ...]:
    if world.as_of is None:
        return ()
    chosen = tuple(instead if one is policy else one for one in world.policies)
    return judged(histories(world), judging(world, chosen), world.as_of)


def _claims(usual: Sequence[Finding], changed: Sequence[Finding], world: World, policy: Policy) -> Iterator[Said]:
    checks = catalogue().sentences["check"]
    for rule in policy.rules:
        name = rule.head.id
        for kind in (*_CLAIMS, "no_finding"):
            blank = Said(checks[kind], {"rule": name, **dict.fromkeys(_slots(kind), "?")})
            claim = truth(blank, usual, world.zone)
            is_sound = claim.step.id == kind and "?" not in claim.values.values()
            if is_sound and truth(claim, usual, world.zone) == claim != truth(claim, changed, world.zone):
                yield claim


def _slots(kind: str) -> tuple[str, ...]:
    return {
        "verdict_reason": ("verdict", "reason"),
        "verdict_severity": ("verdict", "severity"),
        "outcome": ("outcome",),
        "due": ("due",),
        "counts": ("count", "total"),
    }.get(kind, ())


def suggestions(
    results: Sequence[tuple[Policy, Sequence[Fate]]], cases: Sequence[Case], rules: Sequence[str] = ()
) -> tuple[list[Suggestion], list[Fate]]:
    """A suggestion for every slip that lives, each story once, and the slips for which none was found.

    `rules` are the only ones asked for, all where there are none.
    """
    made, open_ = list[Suggestion](), list[Fate]()
    for policy, fates in results:
        for fate in fates:
            if fate.state in (State.KILLED, State.EQUIVALENT) or (rules and not set(rules) & set(fate.mutant.rules)):
                continue
            found = suggestion(fate, policy, cases)
            if found is None:
                open_.append(fate)
            elif not any((found.story, found.claim) == (one.story, one.claim) for one in made):
                made.append(found)
    return made, open_


def as_feature(found: Sequence[Suggestion], language: str) -> str:
    """The suggestions as a feature, tagged `@suggested` until a person has compared them with the source."""
    scenarios = tuple(_scenario(one, language) for one in found)
    return gherkin_text(Feature("", language, _NAMES[language], "", (), (), scenarios, ()))


def _scenario(found: Suggestion, language: str) -> Scenario:
    lines = [Line("", write_sentence(said, language), 0) for said in (*found.story, found.claim)]
    kinds = ["given", *("and" for _ in lines[2:]), "then"]
    steps = tuple(Line(keyword(kind, language), line.text, 0) for kind, line in zip(kinds, lines, strict=True))
    name = f"{_TITLES[language]} - {found.fate.mutant.id}"
    return Scenario(name, "", ("suggested",), steps, (), 0)
