"""Which slips in a policy would its features notice?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from checker.engines.reference import findings as judged
from checker.harness.cases import Case
from checker.harness.mutants import changes
from checker.harness.runner import failures
from checker.harness.slips import Change, Ground, without
from checker.harness.world import judging
from checker.interpreter.parameters import named_parameters
from checker.model.condition import Matches
from checker.model.error import CheckerError
from checker.model.finding import Finding
from checker.model.policy import Policy
from checker.model.rule import Classification, Location, Rate, Rule

_DAY = timedelta(days=1)


class State(StrEnum):
    """What became of a mutant. EQUIVALENT ones were reviewed by a person: nothing can tell them apart."""

    KILLED = "killed"
    NOT_ASSERTED = "not asserted"
    NOT_DISTINGUISHED = "not distinguished"
    NO_COVERAGE = "no coverage"
    EQUIVALENT = "equivalent"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A policy with one slip. `rules` are the ids of the rules that it can bear on; `needle` helps to find its line."""

    id: str
    operator: str
    what: str
    policy: Policy
    rules: tuple[str, ...]
    location: Location
    needle: str


@dataclass(frozen=True, slots=True)
class Fate:
    """A mutant's state, the tests that could notice it, the one that did, and one where findings differ unnoticed."""

    mutant: Mutant
    state: State
    covered_by: tuple[Case, ...] = ()
    killed_by: Case | None = None
    differs_in: Case | None = None
    because: str = ""


def mutants(policy: Policy) -> Iterator[Mutant]:
    """Every mutant of a policy version, rules first; each differs from the policy."""
    ground = Ground(policy.market.states, next(iter(policy.calendars), None))
    for place, rule in enumerate(policy.rules):
        bearing = (rule.head.id, *_counted_by(policy, rule.head.id))
        dropped = replace(policy, rules=without(policy.rules, place))
        alone = (rule.head.id,)  # a rate that counts by its classes would not load without it
        yield _mutant(
            rule.head.id, Change("rule", "without the rule", rule.head.id, None), dropped, alone, rule.head.location
        )
        for change in changes(rule, ground):
            if change.operator == "severity" and isinstance(rule, Classification):
                continue  # a classification judges nobody
            changed = replace(policy, rules=(*policy.rules[:place], change.part, *policy.rules[place + 1 :]))
            yield _mutant(rule.head.id, change, changed, bearing, rule.head.location)
    yield from _of_parameters(policy, ground)
    yield from _of_days(policy)


def _mutant(name: str, change: Change, policy: Policy, rules: tuple[str, ...], location: Location) -> Mutant:
    place = f"{name} {change.where}".strip()
    return Mutant(f"{place}: {change.what}", change.operator, change.what, policy, rules, location, change.needle)


def _of_parameters(policy: Policy, ground: Ground) -> Iterator[Mutant]:
    for name, parameter in policy.parameters.items():
        for change in changes(parameter.value, ground):
            changed = {**policy.parameters, name: replace(parameter, value=change.part)}
            bearing = tuple(_naming(policy, name))
            yield _mutant(name, change, replace(policy, parameters=changed), bearing, parameter.location)
    for name, matcher in policy.matchers.items():
        for change in changes(matcher, ground):
            changed_matchers = {**policy.matchers, name: change.part}
            bearing = tuple(_matching(policy, name))
            yield _mutant(name, change, replace(policy, matchers=changed_matchers), bearing, matcher.location)


def _of_days(policy: Policy) -> Iterator[Mutant]:
    for days in (_DAY, -_DAY):
        moved = replace(policy, effective=policy.effective + days, effective_at=policy.effective_at + days)
        what = f"effective {moved.effective.isoformat()}"
        every = tuple(rule.head.id for rule in policy.rules)
        place = Location(policy.path, 1, 1)
        yield Mutant(f"effective: {what}", "effective date", what, moved, every, place, "effective:")


def _naming(policy: Policy, parameter: str) -> Iterator[str]:
    for rule in policy.rules:
        if parameter in named_parameters(rule):
            yield rule.head.id
            yield from _counted_by(policy, rule.head.id)


def _matching(policy: Policy, matcher: str) -> Iterator[str]:
    for rule in policy.rules:
        if repr(Matches(matcher)) in repr(rule):
            yield rule.head.id
            yield from _counted_by(policy, rule.head.id)


def _counted_by(policy: Policy, rule_id: str) -> tuple[str, ...]:
    """The rates that count by the classes of a rule."""
    rates = (rule for rule in policy.rules if isinstance(rule, Rate))
    return tuple(rate.head.id for rate in rates if rate.classified is not None and rate.classified[0] == rule_id)


def fates(policy: Policy, cases: Sequence[Case], equivalent: dict[str, str]) -> Iterator[Fate]:
    """What becomes of every mutant of a policy under these tests.

    `equivalent` gives the reviewed ones by id, with the reason.
    """
    mine = tuple(case for case in cases if any(one is policy for one in case.world.policies))
    usual: dict[tuple[str, tuple[str, ...]], tuple[Finding, ...]] = {}
    for mutant in mutants(policy):
        fate = _fate(mutant, policy, mine, usual)
        known = mutant.id in equivalent and fate.state is not State.KILLED
        yield replace(fate, state=State.EQUIVALENT, because=equivalent[mutant.id]) if known else fate


def _fate(
    mutant: Mutant,
    policy: Policy,
    cases: Sequence[Case],
    usual: dict[tuple[str, tuple[str, ...]], tuple[Finding, ...]],
) -> Fate:
    covering = tuple(case for case in cases if any(c.said.values["rule"] in mutant.rules for c in case.claims))
    bare, mutated = only(policy, mutant.rules), only(mutant.policy, mutant.rules)
    for case in covering:
        if _noticed(mutant, mutated, policy, case):
            return Fate(mutant, State.KILLED, covering, killed_by=case)
    if not covering:
        return Fate(mutant, State.NO_COVERAGE)
    for case in cases:
        key = (f"{case.feature.path}:{case.line}", mutant.rules)
        if key not in usual:
            usual[key] = found(bare, policy, case)
        if found(mutated, policy, case) != usual[key]:
            return Fate(mutant, State.NOT_ASSERTED, covering, differs_in=case)
    return Fate(mutant, State.NOT_DISTINGUISHED, covering)


def found(mutated: Policy, policy: Policy, case: Case) -> tuple[Finding, ...]:
    """What the definition finds in a test's orders with one policy in place of another."""
    chosen = tuple(mutated if one is policy else one for one in case.world.policies)
    return judged(case.orders, judging(case.world, chosen), case.as_of)


def _noticed(mutant: Mutant, mutated: Policy, policy: Policy, case: Case) -> bool:
    """Whether a claim of the test is untrue under the mutant."""
    try:
        findings = found(mutated, policy, case)
    except CheckerError:
        return True
    return any(failure.claim.said.values["rule"] in mutant.rules for failure in failures(case, findings))


def only(policy: Policy, rules: tuple[str, ...]) -> Policy:
    """The policy with just these rules and the tables that their rates count by."""
    wanted = {*rules, *(name for rule in policy.rules if rule.head.id in rules for name in _table(rule))}
    return replace(policy, rules=tuple(rule for rule in policy.rules if rule.head.id in wanted))


def _table(rule: Rule) -> tuple[str, ...]:
    return (rule.classified[0],) if isinstance(rule, Rate) and rule.classified is not None else ()
