"""What do the sources, parameters and matchers of a policy file mean as values? Nodes have passed the schema."""

from datetime import date, time

from checker.loading.policies.rules import citation, text
from checker.loading.text.node import Node
from checker.model.deadline import ByFact, Duration, Unit
from checker.model.policy import BetterForBuyer, Codes, Confidence, Count, Matcher, Parameter, Percent, Source

UNITS = (*(unit.value for unit in Unit), "codes", "percent", "count")


def source(name: str, node: Node) -> Source:
    """A document that the policy cites."""
    address = node["address"].value
    return Source(
        id=name,
        title=str(node["title"].value),
        address=None if address is None else str(address),
        read_on=date.fromisoformat(str(node["read_on"].value)),
        confidence=Confidence(str(node["confidence"].value)),
    )


def parameter(name: str, node: Node, calendar: str | None) -> Parameter:
    """A named value; `calendar` is the market's, for working days that name none."""
    better, note, title = node.get("better_for_buyer"), node.get("note"), node.get("title")
    return Parameter(
        name=name,
        value=amount(node, calendar),
        citation=citation(node),
        location=node.key_location,
        better_for_buyer=None if better is None else BetterForBuyer(str(better.value)),
        note=None if note is None else text(note),
        title=None if title is None else text(title),
    )


def unit_of(node: Node) -> str:
    """The one unit key of a parameter."""
    return next(key for key, _ in node.items() if key in UNITS)


def amount(node: Node, calendar: str | None) -> Duration | Codes | Percent | Count:
    """The value in its unit; None inside means not published."""
    unit = unit_of(node)
    value = node[unit].value
    match unit:
        case "codes":
            return Codes(None if value is None else tuple(str(code.value) for code in node[unit]))
        case "percent":
            return Percent(None if value is None else str(value))
        case "count":
            return Count(None if value is None else int(str(value)))
        case _:
            return _duration(node, Unit(unit), calendar)


def _duration(node: Node, unit: Unit, calendar: str | None) -> Duration:
    own, cut_off, timezone = node.get("calendar"), node.get("cut_off"), node.get("timezone")
    named = calendar if own is None else str(own.value)
    return Duration(
        unit=unit,
        amount=_number(node[unit]),
        calendar=named if unit is Unit.WORKING_DAYS else None,
        cut_off=None if cut_off is None else time.fromisoformat(str(cut_off.value)),
        timezone=None if timezone is None else str(timezone.value),
    )


def _number(node: Node) -> int | ByFact | None:
    match node.value:
        case dict():
            amounts = {key: _whole(part) for key, part in node.items() if key != "by"}
            return ByFact(str(node["by"].value), amounts)
        case _:
            return _whole(node)


def _whole(node: Node) -> int | None:
    return node.value if isinstance(node.value, int) else None


def matcher(name: str, node: Node) -> Matcher:
    """A named text matcher."""
    none_of = node.get("none")
    return Matcher(
        name=name,
        any_of=tuple(str(pattern.value) for pattern in node["any"]),
        none_of=() if none_of is None else tuple(str(pattern.value) for pattern in none_of),
        location=node.key_location,
    )
