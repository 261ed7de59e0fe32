"""Which values does a shop give for parameters that nobody has published?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from checker.loading.policies.calendars import read_calendar
from checker.loading.policies.parameters import amount
from checker.loading.policies.policy_files import CALENDARS, found_upwards
from checker.loading.text.node import Node
from checker.loading.text.problem import Problem, refuse, suggestion
from checker.loading.text.schema import document
from checker.model.deadline import ByFact, Calendar, Duration
from checker.model.policy import Codes, Count, Parameter, Percent, Policy
from checker.model.rule import Location

Value = Duration | Codes | Percent | Count
Amount = int | ByFact | None


@dataclass(frozen=True, slots=True)
class Assumption:
    """A shop's value for one parameter, and why it takes that one."""

    parameter: str
    value: Value
    because: str
    location: Location


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The assumptions of one file about one policy, with the calendars that they name."""

    policy: str
    values: tuple[Assumption, ...]
    calendars: Mapping[str, Calendar]
    location: Location


def load_assumptions(path: Path) -> Assumptions:
    """The assumptions of a shop's file.

    Raises: PolicyError with every problem of the file.
    """
    node, problems = document(path, "assumptions")
    refuse(problems)
    assert node is not None  # noqa: S101 - no node always comes with a problem
    calendars, missing = _calendars(path, node)
    refuse(missing)
    return Assumptions(
        policy=str(node["policy"].value),
        values=tuple(
            Assumption(name, amount(body, None), str(body["because"].value), body.key_location)
            for name, body in node["assumptions"].items()
        ),
        calendars=calendars,
        location=node["policy"].location,
    )


def assume(policies: Iterable[Policy], assumptions: Assumptions) -> tuple[Policy, ...]:
    """The policies, those assumed about with the shop's values in place of unpublished ones, marked as assumed.

    A value goes into every version that has the parameter and does not publish it.
    Raises: PolicyError where the policy or the parameter is unknown, published everywhere, or in another unit.
    """
    given = tuple(policies)
    versions = [policy for policy in given if policy.id == assumptions.policy]
    refuse(_problems(versions, assumptions, {policy.id for policy in given}))
    return tuple(_assumed(policy, assumptions) if policy in versions else policy for policy in given)


def _assumed(policy: Policy, assumptions: Assumptions) -> Policy:
    taken = {
        assumption.parameter: replace(known, value=_filled(known.value, assumption.value), assumed=True)
        for assumption in assumptions.values
        if (known := policy.parameters.get(assumption.parameter)) is not None and not _published(known)
    }
    calendars = {**policy.calendars, **assumptions.calendars}
    return replace(policy, parameters={**policy.parameters, **taken}, calendars=calendars)


def _filled(known: Value, value: Value) -> Value:
    """The shop's value; what the policy says of amounts, calendar, cut-off and zone stays."""
    if not isinstance(known, Duration) or not isinstance(value, Duration):
        return value
    return replace(
        value,
        amount=_amount(known.amount, value.amount),
        calendar=value.calendar or known.calendar,
        cut_off=value.cut_off or known.cut_off,
        timezone=value.timezone or known.timezone,
    )


def _amount(known: Amount, assumed: Amount) -> Amount:
    """The shop's amount, except where the policy publishes the one for some value of a fact."""
    if not isinstance(known, ByFact) or (isinstance(assumed, ByFact) and assumed.fact != known.fact):
        return assumed
    assumed_for = assumed.amounts if isinstance(assumed, ByFact) else dict.fromkeys(known.amounts, assumed)
    published = {value: amount for value, amount in known.amounts.items() if amount is not None}
    return ByFact(known.fact, {**assumed_for, **published})


def _published(parameter: Parameter) -> bool:
    """Whether the policy itself gives the value, or each of the values chosen by a fact."""
    match parameter.value:
        case Duration(_, ByFact(_, amounts)):
            return None not in amounts.values()
        case Duration(_, number):
            return number is not None
        case Codes(values):
            return values is not None
        case Percent(value) | Count(value):
            return value is not None


def _problems(versions: list[Policy], assumptions: Assumptions, ids: set[str]) -> Iterator[Problem]:
    if not versions:
        hint = suggestion(assumptions.policy, ids) or "; expected the id of a policy in use"
        yield Problem("P101", assumptions.location, f"unknown policy `{assumptions.policy}`{hint}")
        return
    for assumption in assumptions.values:
        yield from _problem(assumption, versions)


def _problem(assumption: Assumption, versions: list[Policy]) -> Iterator[Problem]:
    """At most one problem: no such parameter, one that is published, or another unit."""
    name = assumption.parameter
    known = [version.parameters[name] for version in versions if name in version.parameters]
    if not known:
        names = sorted({key for version in versions for key, p in version.parameters.items() if not _published(p)})
        hint = suggestion(name, names) or f"; unpublished are {', '.join(f'`{key}`' for key in names)}"
        yield Problem("P101", assumption.location, f"undefined parameter `{name}`{hint}")
    elif all(_published(parameter) for parameter in known):
        cited = f"{known[-1].citation.source} {known[-1].citation.clause}"
        message = f"parameter `{name}` is published ({cited}); expected an unpublished one, a source is not overruled"
        yield Problem("P171", assumption.location, message)
    else:
        units = [unit(p.value) for p in known if not _published(p)]
        if unit(assumption.value) not in units:
            message = f"parameter `{name}` assumed in {unit(assumption.value)}; expected `{units[-1]}`"
            yield Problem("P103", assumption.location, message)


def unit(value: Value) -> str:
    """The unit key under which the value stands in a file."""
    match value:
        case Duration():
            return value.unit.value
        case Codes():
            return "codes"
        case Percent():
            return "percent"
        case Count():
            return "count"


def _calendars(path: Path, node: Node) -> tuple[dict[str, Calendar], tuple[Problem, ...]]:
    """The calendars named, from the nearest `calendars` folder above the file, else shipped; and those not found."""
    found: dict[str, Calendar] = {}
    problems: list[Problem] = []
    for body in node["assumptions"].values():
        named = body.get("calendar")
        if named is None:
            continue
        name = str(named.value)
        file = found_upwards(path, f"{CALENDARS}/{name}.yaml")
        if file is None:
            message = f"unknown calendar `{name}`; expected a file `calendars/{name}.yaml`"
            problems.append(Problem("P124", named.location, message))
            continue
        calendar, wrong = read_calendar(file)
        problems += wrong
        if calendar is not None:
            found[name] = calendar
    return found, tuple(problems)
