"""Which violations has somebody taken upon themselves?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from checker.loading.text.node import Node
from checker.loading.text.problem import Problem, refuse, suggestion
from checker.loading.text.schema import document
from checker.model.policy import Policy
from checker.model.waiver import Waiver, WaiverMatch

LONGEST = timedelta(days=180)
_END_OF_DAY = time(23, 59, 59, 999999)


def load_waivers(path: Path, policies: Sequence[Policy]) -> tuple[Waiver, ...]:
    """The waivers of one file. `from` and `expires` are whole local days of the file's zone, both inclusive.

    Raises: PolicyError with every problem, also a rule that `policies` lack; other policies' are not looked at.
    """
    node, problems = document(path, "waivers", str(path))
    refuse(problems)
    assert node is not None  # noqa: S101 - no node always comes with a problem
    refuse(_problems(node, policies))
    zone = ZoneInfo(str(node["timezone"].value))
    return tuple(_waiver(body, zone) for body in node["waivers"])


def _problems(node: Node, policies: Sequence[Policy]) -> Iterator[Problem]:
    ids = Counter(str(body["id"].value) for body in node["waivers"])
    for body in node["waivers"]:
        at = body["id"]
        if ids[str(at.value)] > 1:
            yield Problem("W110", at.location, f"id `{at.value}` again; expected each waiver its own")
        yield from _time_problems(body)
        yield from _rule_problems(body, policies)


def _time_problems(body: Node) -> Iterator[Problem]:
    begins, ends = _day(body["from"]), _day(body["expires"])
    at = body["expires"].location
    if ends < begins:
        yield Problem("W120", at, f"expires `{ends}` before it begins, `{begins}`; expected a later day")
    elif ends - begins > LONGEST:
        last = begins + LONGEST
        message = f"lasts {(ends - begins).days} days; expected at most {LONGEST.days}, to `{last}`"
        yield Problem("W121", at, message)


def _rule_problems(body: Node, policies: Sequence[Policy]) -> Iterator[Problem]:
    rules = {rule.head.id for policy in policies if policy.id == body["policy"].value for rule in policy.rules}
    rule = str(body["rule"].value)
    if rules and rule not in rules:
        hint = suggestion(rule, rules) or "; `checker policies` lists them"
        yield Problem("W130", body["rule"].location, f"policy `{body['policy'].value}` has no rule `{rule}`{hint}")


def _waiver(body: Node, zone: ZoneInfo) -> Waiver:
    return Waiver(
        id=str(body["id"].value),
        policy=str(body["policy"].value),
        rule=str(body["rule"].value),
        match=_match(body["match"]),
        reason=str(body["reason"].value),
        approved_by=str(body["approved_by"].value),
        begins_at=datetime.combine(_day(body["from"]), time(), zone).astimezone(UTC),
        ends_at=datetime.combine(_day(body["expires"]), _END_OF_DAY, zone).astimezone(UTC),
        location=body["id"].location,
        ticket=str(body["ticket"].value) if "ticket" in body else None,
    )


def _match(body: Node) -> WaiverMatch:
    named = {name: str(body[name].value) for name in ("order_id", "shop_id", "product_id") if name in body}
    trigger = tuple((name, str(test.value)) for name, test in body["trigger"].items()) if "trigger" in body else ()
    return WaiverMatch(trigger=trigger, **named)


def _day(node: Node) -> date:
    return date.fromisoformat(str(node.value))
