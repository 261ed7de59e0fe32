"""Do all engines find the same in every test?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from checker.harness.cases import Case
from checker.harness.engines import Engine, engines
from checker.harness.world import judging
from checker.model.finding import Finding
from checker.model.history import OrderHistory
from checker.model.rule import Rate

Group = Sequence[tuple[str, Case]]


def disagreements(tests: Mapping[str, Case]) -> Mapping[str, str]:
    """What an engine finds otherwise than the definition, by the name of the test; empty where all agree.

    Tests of one time and the same assumptions are judged as one log, as the bulk engine is made for; tests that
    claim something of a rate are judged alone. Every time is explicit; no clock is read.
    """
    (_, definition), *others = engines()
    wrong: dict[str, str] = {}
    for group in _groups(tests) if others else ():
        orders = tuple(order for name, case in group for order in _named(name, case.orders))
        expected = _found(definition, group, orders)
        for engine, find in others:
            for name, what in _differences(expected, _found(find, group, orders), group):
                wrong.setdefault(name, f"engine `{engine}` differs from the definition: {what}")
    return wrong


def _groups(tests: Mapping[str, Case]) -> Iterable[Group]:
    groups: defaultdict[object, list[tuple[str, Case]]] = defaultdict(list)
    for name, case in tests.items():
        versions = tuple((policy.id, policy.effective) for policy in case.world.policies)
        alone = name if _counts(case) else ""
        groups[versions, case.world.assumptions, case.as_of, alone].append((name, case))
    return groups.values()


def _counts(case: Case) -> bool:
    """Whether the test claims something of a rate."""
    rates = {rule.head.id for policy in case.world.policies for rule in policy.rules if isinstance(rule, Rate)}
    return any(claim.said.values["rule"] in rates for claim in case.claims)


def _named(name: str, orders: Sequence[OrderHistory]) -> Iterable[OrderHistory]:
    """The orders under names that no other test of the log has."""
    for order in orders:
        order_id = f"{name}/{order.order_id}"
        events = tuple(replace(event, order_id=order_id) for event in order.events)
        yield replace(order, order_id=order_id, events=events)


def _found(engine: Engine, group: Group, orders: Sequence[OrderHistory]) -> tuple[Finding, ...]:
    case = group[0][1]
    return engine(orders, judging(case.world), case.as_of)


def _differences(expected: Sequence[Finding], actual: Sequence[Finding], group: Group) -> Iterable[tuple[str, str]]:
    """The first difference, with the test that it belongs to; every test of the log where it is not of one order."""
    if tuple(expected) == tuple(actual):
        return
    for one, other in zip(expected, actual, strict=False):
        if one != other:
            name, slash, _ = one.subject_id.rpartition("/")
            names = [name] if slash else [name for name, _ in group]
            yield from ((name, f"{one} against {other}") for name in names)
            return
    yield from ((name, f"{len(expected)} findings against {len(actual)}") for name, _ in group)
