"""In which small ways could a rule be wrong?"""

from collections.abc import Iterator
from dataclasses import replace

from checker.harness.slips import Change, Ground, Operator, dropped, with_child, without
from checker.model.condition import Not
from checker.model.rule import Classification, Limit, Obligation, Precedence, Prohibition, Rate, RuleHead, Severity


def _head(head: RuleHead, ground: Ground) -> Iterator[Change]:
    worse = Severity(head.severity % len(Severity) + 1)
    yield Change("severity", f"severity {worse.name.lower()}", "severity", replace(head, severity=worse))


def _limit(limit: Limit, ground: Ground) -> Iterator[Change]:
    said = "not strict" if limit.strict else "strict"
    yield Change("strictness", f"limit {said}", "strict", replace(limit, strict=not limit.strict))
    worse = Severity(limit.severity % len(Severity) + 1)
    yield Change("severity", f"limit severity {worse.name.lower()}", "limits", replace(limit, severity=worse))


def _obligation(rule: Obligation, ground: Ground) -> Iterator[Change]:
    yield from dropped(rule, "given", "given")
    yield from dropped(rule, "unless", "unless")
    opposite = Prohibition(rule.head, rule.must, rule.trigger, rule.given, rule.within, rule.unless)
    yield Change("must", "must not", "must", opposite)


def _prohibition(rule: Prohibition, ground: Ground) -> Iterator[Change]:
    yield from dropped(rule, "given", "given")
    yield from dropped(rule, "unless", "unless")
    if rule.trigger is not None:
        opposite = Obligation(rule.head, rule.trigger, rule.forbid, rule.given, rule.within, rule.unless)
        yield Change("must", "must", "forbid", opposite)


def _precedence(rule: Precedence, ground: Ground) -> Iterator[Change]:
    yield from dropped(rule, "given", "given")
    yield Change("before", "must not come first", "needs", replace(rule, needs=Not(rule.needs)))


def _classification(rule: Classification, ground: Ground) -> Iterator[Change]:
    yield from dropped(rule, "given", "given")
    outcomes = list(dict.fromkeys((*(case.outcome for case in rule.cases), rule.otherwise)))
    for index, case in enumerate(rule.cases):
        said = f"without case {index + 1} `{case.outcome}`"
        yield Change("case", said, "first_match", replace(rule, cases=without(rule.cases, index)))
        other = next(outcome for outcome in outcomes if outcome != case.outcome)
        changed = with_child(rule.cases, index, replace(case, outcome=other))
        yield Change("class", f"case {index + 1} is `{other}`", "first_match", replace(rule, cases=changed))
    yield Change("class", f"otherwise `{outcomes[0]}`", "otherwise", replace(rule, otherwise=outcomes[0]))


def _rate(rule: Rate, ground: Ground) -> Iterator[Change]:
    yield from dropped(rule, "exclude", "exclude")
    if rule.classified is not None:
        yield Change("class", "whatever the class", "classified", replace(rule, classified=None))


RULE_SLIPS: dict[type, Operator] = {
    RuleHead: _head,
    Limit: _limit,
    Obligation: _obligation,
    Prohibition: _prohibition,
    Precedence: _precedence,
    Classification: _classification,
    Rate: _rate,
}
