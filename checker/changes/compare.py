"""Is a shop's own policy at least as favourable to the buyer as the platform's?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.changes.ordering import Order, order_of
from checker.model.comparison import Amount, Comparison, OwnPolicy, OwnValue, Point, Standing
from checker.model.deadline import ByFact, Duration
from checker.model.policy import BetterForBuyer, Codes, Count, Parameter, Percent, Policy

_STANDINGS = {
    (BetterForBuyer.MORE, Order.MORE): Standing.BETTER,
    (BetterForBuyer.MORE, Order.LESS): Standing.WORSE,
    (BetterForBuyer.LESS, Order.LESS): Standing.BETTER,
    (BetterForBuyer.LESS, Order.MORE): Standing.WORSE,
    (BetterForBuyer.MORE, Order.EQUAL): Standing.EQUAL,
    (BetterForBuyer.LESS, Order.EQUAL): Standing.EQUAL,
}

Case = tuple[str, str] | None


def compare(own: OwnPolicy, policies: Sequence[Policy]) -> Comparison:
    """The shop's values against those of the versions given, in the order of the platform's files.

    Parameters that can be ordered and that the shop does not state are there too: the platform's value applies.
    """
    points = (
        point
        for policy in policies
        for parameter in policy.parameters.values()
        for point in _points(policy, parameter, own.values.get(parameter.name))
    )
    return Comparison(own, tuple(policies), tuple(points))


def _points(policy: Policy, parameter: Parameter, own: OwnValue | None) -> Iterator[Point]:
    if own is None and parameter.better_for_buyer is None:
        return
    for case in _cases(parameter.value, None if own is None else own.value):
        platform = _in_case(parameter.value, case)
        ours = None if own is None else _in_case(own.value, case)
        yield Point(
            policy=policy.id,
            effective=policy.effective,
            parameter=parameter.name,
            standing=_standing(parameter, platform, ours),
            platform=platform,
            platform_at=parameter.location,
            own=ours,
            own_at=None if own is None else own.location,
            case=case,
        )


def _cases(platform: Amount, own: Amount | None) -> tuple[Case, ...]:
    """The kinds of order that either side tells apart; amounts by two different facts are not told apart."""
    facts = [v.amount for v in (platform, own) if isinstance(v, Duration) and isinstance(v.amount, ByFact)]
    if len({amount.fact for amount in facts}) != 1:
        return (None,)
    values = dict.fromkeys(value for amount in facts for value in amount.amounts)
    return tuple((facts[0].fact, value) for value in values)


def _in_case(amount: Amount, case: Case) -> Amount:
    """The amount for one kind of order; one that this side does not name is not known."""
    if case is None or not isinstance(amount, Duration) or not isinstance(amount.amount, ByFact):
        return amount
    return replace(amount, amount=amount.amount.amounts.get(case[1]))


def _standing(parameter: Parameter, platform: Amount, own: Amount | None) -> Standing:
    if own is None or not is_published(own):
        return Standing.UNSTATED
    if not is_published(platform):
        return Standing.UNPUBLISHED
    if parameter.better_for_buyer is None:
        return Standing.INCOMPARABLE
    return _STANDINGS.get((parameter.better_for_buyer, order_of(own, platform)), Standing.INCOMPARABLE)


def is_published(amount: Amount) -> bool:
    """Whether the value is known at all."""
    match amount:
        case Duration(amount=value):
            return value is not None
        case Codes(values=value) | Percent(value=value) | Count(value=value):
            return value is not None
