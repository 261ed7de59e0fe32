"""Which parameters changed, and does that make a rule stricter or looser?"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from checker.changes.compare import is_published
from checker.changes.ordering import Order, order_of
from checker.interpreter.parameters import named_parameters
from checker.model.comparison import Amount
from checker.model.deadline import ByFact, Duration
from checker.model.difference import Difference, Direction, Kind
from checker.model.policy import Matcher, Parameter, Policy
from checker.model.rule import Obligation, Prohibition, Rate, Rule

_LESS_IS_STRICTER = {Order.LESS: Direction.STRICTER, Order.MORE: Direction.LOOSER, Order.EQUAL: Direction.NEUTRAL}
_MORE_IS_STRICTER = {Order.MORE: Direction.STRICTER, Order.LESS: Direction.LOOSER, Order.EQUAL: Direction.NEUTRAL}


def value_differences(old: Policy, new: Policy, rule: Rule | None, names: Sequence[str]) -> Iterator[Difference]:
    """The values of these names that differ, in the light of the rule that reads them; of none, they bind nobody."""
    for name in names:
        before, after = old.parameters.get(name), new.parameters.get(name)
        one, other = _value(before), _value(after)
        if one == other:
            continue
        yield Difference(
            Kind.VALUE_CHANGED,
            Direction.NEUTRAL if rule is None else _direction(rule, name, one, other),
            name,
            one,
            other,
            None if rule is None else rule.head.id,
            None if before is None else before.location,
            None if after is None else after.location,
        )


def matcher_differences(old: Policy, new: Policy) -> Iterator[Difference]:
    """The text matchers that differ; what they match, only real texts can tell."""
    for name in dict.fromkeys((*old.matchers, *new.matchers)):
        before, after = old.matchers.get(name), new.matchers.get(name)
        one, other = _patterns(before), _patterns(after)
        if one != other:
            places = (None if matcher is None else matcher.location for matcher in (before, after))
            yield Difference(Kind.VALUE_CHANGED, Direction.UNCLEAR, name, one, other, None, *places)


def _patterns(matcher: Matcher | None) -> tuple[str, ...]:
    return () if matcher is None else (*matcher.any_of, *(f"not {pattern}" for pattern in matcher.none_of))


def _value(parameter: Parameter | None) -> Amount | None:
    return None if parameter is None else parameter.value


def _direction(rule: Rule, name: str, old: Amount | None, new: Amount | None) -> Direction:
    """Where the name stands in the rule decides which way is stricter; in conditions only orders can tell."""
    if old is None or new is None or not is_published(old) or not is_published(new):
        return Direction.UNCLEAR
    meanings = _meanings(rule, name)
    directions = {meaning.get(order, Direction.UNCLEAR) for meaning in meanings for order in _orders(old, new)}
    directions -= {Direction.NEUTRAL} if len(directions) > 1 else set()
    return directions.pop() if len(directions) == 1 else Direction.UNCLEAR


def _meanings(rule: Rule, name: str) -> tuple[dict[Order, Direction], ...]:
    """For each place of the name in the rule what more and less of it mean; nothing can be said of conditions."""
    readers = [field.name for field in fields(rule) if name in named_parameters(getattr(rule, field.name))]
    if isinstance(rule, Rate):
        readers = [field for field in ("window", "lag", "min_denominator") if getattr(rule, field) == name]
        readers += ["limits"] if name in named_parameters(rule.limits) else []
        readers += ["exclude"] if name in named_parameters((rule.cohort, rule.numerator, rule.exclude)) else []
    known = {
        (Obligation, "within"): _LESS_IS_STRICTER,
        (Prohibition, "within"): _MORE_IS_STRICTER,
        (Rate, "limits"): _LESS_IS_STRICTER,
        (Rate, "min_denominator"): _LESS_IS_STRICTER,
    }
    return tuple(known.get((type(rule), reader), {}) for reader in readers) or ({},)


def _orders(old: Amount, new: Amount) -> tuple[Order, ...]:
    """How the new value stands to the old one, for each kind of order that both tell apart."""
    if isinstance(old, Duration) and isinstance(new, Duration):
        one, other = old.amount, new.amount
        if isinstance(one, ByFact) and isinstance(other, ByFact):
            if one.fact != other.fact or one.amounts.keys() != other.amounts.keys():
                return (Order.NONE,)
            pairs = ((one.amounts[key], other.amounts[key]) for key in one.amounts)
            return tuple(order_of(replace(new, amount=b), replace(old, amount=a)) for a, b in pairs if a != b)
    return (order_of(new, old),)
