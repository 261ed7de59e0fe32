"""Is a rate within its limits?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from checker.interpreter.counting import RateKey, Sums, rate_rules, rate_sums
from checker.interpreter.parameters import assumed_parameters
from checker.interpreter.truth import NO, YES, Truth, Unknown, all_of, unknown
from checker.interpreter.verdict import Judgement, Window, judged, undetermined
from checker.model.deadline import Duration
from checker.model.finding import Counts, Evidence, Finding, Reason, RuleRef, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Count, Percent, Policy
from checker.model.rule import Limit, Rate


def rates(histories: Iterable[OrderHistory], policies: Sequence[Policy], as_of: datetime) -> tuple[Finding, ...]:
    """A finding per rate rule in force at `as_of` and per subject."""
    return rate_findings(rate_sums(histories, policies, as_of), policies, as_of)


def rate_findings(sums: Sums, policies: Sequence[Policy], as_of: datetime) -> tuple[Finding, ...]:
    """The findings on finished counts, in the order of policy, rule and subject."""
    rules = {(policy.id, rule.head.id): (policy, rule) for policy, rule in rate_rules(policies, as_of)}
    return tuple(_finding(*rules[key.policy, key.rule], key, sums) for key in sorted(sums))


def _finding(policy: Policy, rule: Rate, key: RateKey, sums: Sums) -> Finding:
    counts = sums[key]
    shops = {rule_id: sums.get(RateKey(key.policy, rule_id, key.shop_id)) for rule_id in _shop_rules(rule)}
    judgement = _judged(policy, rule, counts, shops)
    limit = judgement.evidence.limit
    return Finding(
        rule=RuleRef(policy.id, rule.head.id, policy.effective),
        severity=rule.head.severity if limit is None else rule.limits[limit].severity,
        bearer=rule.head.bearer,
        subject=rule.per,
        subject_id=key.subject_id,
        verdict=judgement.verdict,
        evidence=replace(judgement.evidence, counts=counts, assumed=assumed_parameters(policy, rule)),
    )


def _shop_rules(rule: Rate) -> tuple[str, ...]:
    return tuple(limit.and_shop[0] for limit in rule.limits if limit.and_shop is not None)


def _judged(policy: Policy, rule: Rate, counts: Counts, shops: Mapping[str, Counts | None]) -> Judgement:
    """Violated if a limit is certainly crossed (the gravest is named); undetermined if one may be or is unpublished."""
    if unpublished := _unpublished(policy, rule):
        return undetermined(Unknown(Reason.NOT_PUBLISHED, unpublished), Window())
    if rule.min_denominator is not None and counts.denominator < _count(policy, rule.min_denominator):
        return judged(Verdict.NOT_APPLICABLE, Reason.TOO_FEW, Window())
    unsure = Unknown(Reason.UNCLASSIFIED, (rule.numerator.activities[0].value,))
    if rule.min_denominator is not None and counts.denominator - counts.unsure < _count(policy, rule.min_denominator):
        return undetermined(unsure, Window())
    crossed = [all_of(_crossings(policy, limit, counts, shops)) for limit in rule.limits]
    certain = [place for place, truth in enumerate(crossed) if truth.value]
    if certain:
        gravest = max(certain, key=lambda place: rule.limits[place].severity)
        return Judgement(Verdict.VIOLATED, Evidence(Reason.OVER_LIMIT, limit=gravest))
    if any(truth.value is None for truth in crossed):
        return undetermined(unsure, Window())
    return judged(Verdict.SATISFIED, Reason.WITHIN_LIMIT, Window())


def _unpublished(policy: Policy, rule: Rate) -> tuple[str, ...]:
    """The parameters of window, lag, least denominator and limits that have no published value."""
    limits = (
        name
        for limit in rule.limits
        for name in (limit.parameter, limit.min_count, limit.and_shop[1] if limit.and_shop else None)
    )
    names = (rule.window, rule.lag, rule.min_denominator, *limits)
    return tuple(dict.fromkeys(name for name in names if name is not None and _value(policy, name) is None))


def _value(policy: Policy, name: str) -> object:
    match policy.parameters[name].value:
        case Duration(amount=amount):
            return amount
        case Percent(value=value) | Count(value=value):
            return value
        case other:
            return other


def _count(policy: Policy, name: str) -> int:
    value = _value(policy, name)
    if not isinstance(value, int):
        raise TypeError(f"`{name}` is no count; the linter lets none through")
    return value


def _crossings(policy: Policy, limit: Limit, counts: Counts, shops: Mapping[str, Counts | None]) -> Iterator[Truth]:
    """Whether the limit is crossed, and where it asks for that, the shop's own limit too."""
    yield _crossed(policy, limit, counts)
    if limit.and_shop is not None:
        rule_id, parameter = limit.and_shop
        of_shop = shops[rule_id]
        own = Limit(parameter, limit.strict, limit.severity)
        yield unknown(Reason.UNCLASSIFIED) if of_shop is None else _crossed(policy, own, of_shop)


def _crossed(policy: Policy, limit: Limit, counts: Counts) -> Truth:
    """Whether share (compared exactly) and count are over the limit; unknown members make a range of shares."""
    bound = Fraction(str(_value(policy, limit.parameter))) / 100
    most = counts.numerator + counts.unknown
    lowest = Fraction(counts.numerator, counts.denominator)
    highest = Fraction(most, max(counts.denominator - counts.unsure, 1))
    share = _between(_over(lowest, bound, limit), _over(highest, bound, limit))
    if limit.min_count is None:
        return share
    least = _count(policy, limit.min_count)
    return all_of([share, _between(counts.numerator >= least, most >= least)])


def _over(share: Fraction, bound: Fraction, limit: Limit) -> bool:
    return share >= bound if limit.strict else share > bound


def _between(at_least: bool, at_most: bool) -> Truth:
    if at_least == at_most:
        return YES if at_least else NO
    return unknown(Reason.UNCLASSIFIED)
