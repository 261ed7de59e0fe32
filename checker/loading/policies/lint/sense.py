"""Do the rules of a policy make sense as they are put together?"""

from collections.abc import Iterator
from typing import Any

from checker.loading.policies.drafts import Draft
from checker.loading.text.node import Node
from checker.loading.text.problem import Level, Problem, listed, suggestion

_REQUESTS = frozenset({"cancel_requested", "return_requested"})
_ANSWERS = frozenset(
    {"cancel_approved", "cancel_rejected", "cancel_withdrawn", "cancel_closed"}
    | {"return_approved", "return_rejected", "return_status_changed"}
)


def sense_problems(draft: Draft) -> Iterator[Problem]:
    """Rules given twice, texts not translated, wrong classes, cases never reached, answers not tied to requests."""
    rules = tuple(draft.node["rules"])
    yield from _twice(rules)
    for rule in rules:
        yield from _translations(rule)
        yield from _classified(rule, rules)
        yield from _shop_rates(rule, rules)
        yield from _unreachable(rule)
        yield from _ties(rule)


def _twice(rules: tuple[Node, ...]) -> Iterator[Problem]:
    first: dict[str, Node] = {}
    for rule in rules:
        known = first.setdefault(str(rule["id"].value), rule["id"])
        if known is not rule["id"]:
            message = f"rule `{known.value}` again; it already stands at line {known.location.line}"
            yield Problem("P117", rule["id"].location, message)


def _translations(rule: Node) -> Iterator[Problem]:
    for key in ("title", "note"):
        texts = rule.get(key)
        if texts is not None and texts["en"].value in (texts["zh"].value, texts["ja"].value):
            message = f"the English {key} is the same in another language; expected a translation"
            yield Problem("P141", texts["en"].location, message, Level.WARNING)


def _classified(rule: Node, rules: tuple[Node, ...]) -> Iterator[Problem]:
    classified = rule.get("classified")
    if classified is None:
        return
    tables = {str(other["id"].value): other for other in rules if other["kind"].value == "classification"}
    name, wanted = str(classified["rule"].value), str(classified["is"].value)
    if name not in tables:
        hint = suggestion(name, tables) or "; expected the id of a rule of kind `classification`"
        yield Problem("P140", classified["rule"].location, f"unknown classification `{name}`{hint}")
        return
    classes = {*(str(case["is"].value) for case in tables[name]["first_match"]), str(tables[name]["otherwise"].value)}
    if wanted not in classes:
        message = f"`{name}` never gives the class `{wanted}`; expected {listed(sorted(classes))}"
        yield Problem("P140", classified["is"].location, message)


def _shop_rates(rule: Node, rules: tuple[Node, ...]) -> Iterator[Problem]:
    """Limits that ask for the shop's own rate name a rate per shop, and stand in a rate per product."""
    rates = [str(other["id"].value) for other in rules if "per" in other and other["per"].value == "shop"]
    for limit in rule.get("limits") or ():
        shop = limit.get("and_shop")
        if shop is not None and shop["rule"].value not in rates:
            hint = suggestion(str(shop["rule"].value), rates) or "; expected the id of a rate per shop"
            yield Problem("P142", shop["rule"].location, f"unknown rate per shop `{shop['rule'].value}`{hint}")
        elif shop is not None and rule["per"].value != "product":
            yield Problem("P142", shop.key_location, "`and_shop` in a rate per shop; expected it per product")


def _unreachable(rule: Node) -> Iterator[Problem]:
    if "first_match" not in rule:
        return
    cases = tuple(rule["first_match"])
    for number, case in enumerate(cases):
        for earlier in cases[:number]:
            if implies(case["when"].plain, earlier["when"].plain):
                message = (
                    f"never reached: the case at line {earlier['when'].location.line} holds whenever this one does"
                )
                yield Problem("P181", case["when"].location, message)
                break


def implies(one: Any, other: Any, known: dict[tuple[int, int], bool] | None = None) -> bool:
    """Whether the first condition, as plain data, can be seen to hold only where the second does.

    `known` keeps answers about parts, so that nested conditions take no exponential time.
    """
    known = {} if known is None else known
    pair = id(one), id(other)
    if pair not in known:
        known[pair] = one == other or _implies(one, other, known)
    return known[pair]


def _implies(one: Any, other: Any, known: dict[tuple[int, int], bool]) -> bool:
    match one, other:
        case {"any": parts}, _:
            return all(implies(part, other, known) for part in parts)
        case _, {"all": parts}:
            return all(implies(one, part, known) for part in parts)
        case _, {"any": parts}:
            return any(implies(one, part, known) for part in parts) or _by_a_part(one, other, known)
        case {"all": _}, _:
            return _by_a_part(one, other, known)
        case ({"trigger": tests}, {"trigger": wanted}) | ({"order": tests}, {"order": wanted}):
            return all(name in tests and _narrower(tests[name], test) for name, test in wanted.items())
    return False


def _by_a_part(one: Any, other: Any, known: dict[tuple[int, int], bool]) -> bool:
    match one:
        case {"all": parts}:
            return any(implies(part, other, known) for part in parts)
    return False


def _narrower(test: Any, wanted: Any) -> bool:
    """Whether every value that passes the first test passes the second."""
    if test == wanted:
        return True
    if isinstance(test, dict) or isinstance(wanted, dict) or {"present", "missing"} & {str(test), str(wanted)}:
        return False
    return set(_several(test)) <= set(_several(wanted))


def _ties(rule: Node) -> Iterator[Problem]:
    """Where `same` is missing though several requests are normal, or stands though there is no trigger."""
    free = {"trigger", "cohort", "numerator", *(() if "trigger" in rule else ("forbid",))}
    for key in free & set(dict(rule.items())):
        if (same := rule[key].get("same")) is not None:
            message = "`same` where there is no trigger to be the same as; expected no `same`"
            yield Problem("P184", same.key_location, message)
    if "trigger" in rule and _REQUESTS & _activities(rule["trigger"]):
        for pattern in _answers(rule):
            if "same" not in pattern and _activities(pattern) <= _ANSWERS:
                message = "an answer that is not tied to its request; expected `same: [request_id]`"
                yield Problem("P180", pattern.location, message, Level.WARNING)


def _answers(rule: Node) -> Iterator[Node]:
    yield from (rule[key] for key in ("must", "forbid", "on_timeout") if key in rule)
    yield from rule.get("unless") or ()


def _activities(pattern: Node) -> set[str]:
    return {str(name) for name in _several(pattern["activity"].plain)}


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
