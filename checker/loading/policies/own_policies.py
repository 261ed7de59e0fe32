"""What does a shop promise its buyers?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from checker.loading.policies.parameters import amount
from checker.loading.text.node import Node
from checker.loading.text.problem import Problem, refuse, suggestion
from checker.loading.text.schema import document
from checker.model.comparison import Amount, OwnPolicy, OwnValue
from checker.model.deadline import Duration
from checker.model.policy import Policy


def load_own_policy(path: Path, policies: Sequence[Policy]) -> OwnPolicy:
    """The shop's own policy of one file, in the terms of the platform's policies that it is compared with.

    Raises: PolicyError with every problem, among them each name that no parameter of the platform has.
    """
    node, problems = document(path, "own_policy", str(path))
    refuse(problems)
    assert node is not None  # noqa: S101 - no node always comes with a problem
    refuse(_strangers(node["parameters"], policies))
    values = {name: OwnValue(_amount(name, body, policies), body.key_location) for name, body in _parameters(node)}
    return OwnPolicy(str(node["shop"].value), values, str(path))


def _parameters(node: Node) -> Iterator[tuple[str, Node]]:
    return node["parameters"].items()


def _strangers(parameters: Node, policies: Sequence[Policy]) -> Iterator[Problem]:
    known = {name: parameter for policy in policies for name, parameter in policy.parameters.items()}
    ordered = [name for name, parameter in known.items() if parameter.better_for_buyer is not None]
    for name, body in parameters.items():
        if name not in known:
            hint = suggestion(name, known) or f"; expected a parameter of the platform, such as `{ordered[0]}`"
            yield Problem("P101", body.key_location, f"unknown parameter `{name}`{hint}")


def _amount(name: str, body: Node, policies: Sequence[Policy]) -> Amount:
    """The value; working days are counted as the platform counts them for the same duty."""
    value = amount(body, None)
    theirs = next(p.parameters[name].value for p in policies if name in p.parameters)
    if isinstance(value, Duration) and isinstance(theirs, Duration) and value.unit is theirs.unit:
        return replace(theirs, amount=value.amount)
    return value
