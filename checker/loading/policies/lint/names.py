"""Does every name in a policy stand for something, of the right unit, and is everything named used?"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from checker.loading.policies.drafts import Draft
from checker.loading.policies.lint.references import Reference, Target, references
from checker.loading.policies.parameters import unit_of
from checker.loading.text.node import Node
from checker.loading.text.problem import Level, Problem, listed, suggestion
from checker.loading.text.schema import schema_text

_CLOCK = ("minutes", "hours", "calendar_days", "working_days")
_UNITS = {
    Target.DURATION: _CLOCK,
    Target.DAYS: ("calendar_days",),
    Target.CODES: ("codes",),
    Target.PERCENT: ("percent",),
    Target.COUNT: ("count",),
}
_RECORDED = frozenset(
    {"shipping_due", "collection_due", "delivery_due", "delivery_sla", "rts_sla", "tts_sla", "cancel_order_sla"}
    | {"seller_respond_cancel", "seller_respond_return"}
)


def name_problems(draft: Draft) -> Iterator[Problem]:
    """Names that stand for nothing, stand for another unit, or are never used."""
    uses = tuple(references(draft.node))
    for use in uses:
        yield from _unknown(use, draft)
    yield from _unused(uses, draft)
    yield from _calendars(draft)


def _unknown(use: Reference, draft: Draft) -> Iterator[Problem]:
    node = draft.node
    match use.target:
        case Target.SOURCE:
            yield from _undefined(use, "P104", "source", node.entries("sources"))
        case Target.MATCHER:
            yield from _undefined(use, "P130", "matcher", node.entries("matchers"))
        case Target.STATE | Target.STATE_ON_THE_WAY:
            yield from _state(use, draft)
        case Target.FIELD:
            yield from _unlisted(use, "field", known_names("event"))
        case Target.FACT:
            yield from _unlisted(use, "fact", known_names("order"))
        case Target.RECORDED:
            yield from _unlisted(use, "deadline of the platform", _RECORDED)
        case _:
            yield from _parameter(use, node.entries("parameters"))


def _undefined(use: Reference, number: str, what: str, known: Mapping[str, Node]) -> Iterator[Problem]:
    if use.name not in known:
        hint = suggestion(use.name, known) or f"; expected one that stands under `{what}s`"
        yield Problem(number, use.location, f"undefined {what} `{use.name}`{hint}")


def _parameter(use: Reference, known: Mapping[str, Node]) -> Iterator[Problem]:
    if use.name not in known:
        yield from _undefined(use, "P101", "parameter", known)
    elif (unit := unit_of(known[use.name])) not in _UNITS[use.target]:
        message = f"parameter `{use.name}` is in {unit}; expected {listed(_UNITS[use.target])} here"
        yield Problem("P103", use.location, message)


def _state(use: Reference, draft: Draft) -> Iterator[Problem]:
    """An unknown state, or one that is only ever `is`, and an order that makes the test idle."""
    on_the_way, final = draft.market.states, draft.market.final
    if use.name not in (*on_the_way, *final):
        hint = suggestion(use.name, (*on_the_way, *final)) or "; expected one that stands in market.yaml"
        yield Problem("P121", use.location, f"unknown state `{use.name}`{hint}")
    elif use.target is Target.STATE_ON_THE_WAY and use.name not in on_the_way:
        message = f"state `{use.name}` is not on the way; expected `is`, or one of the market's `states`"
        yield Problem("P122", use.location, message)
    elif use.target is Target.STATE_ON_THE_WAY and use.name == on_the_way[0]:
        message = f"state `{use.name}` is the first, so nothing is before it; expected a later state"
        yield Problem("P122", use.location, message)


def _unlisted(use: Reference, what: str, known: Iterable[str]) -> Iterator[Problem]:
    """A name that no log format fills: surely wrong when it is nearly one that they do, else only odd."""
    if use.name not in known:
        hint = suggestion(use.name, known)
        level = Level.ERROR if hint else Level.WARNING
        expected = hint or "; expected one that a log format fills, else every verdict on it is undetermined"
        yield Problem("P120", use.location, f"unknown {what} `{use.name}`{expected}", level)


@lru_cache
def known_names(kind: str) -> frozenset[str]:
    """The fields of an `event` or the facts of an `order` that the schema lists for editors."""
    defs = json.loads(schema_text())["$defs"]
    where = defs["event"] if kind == "event" else defs["condition"]["properties"]["order"]
    return frozenset(where["properties"]) - {"activity", "same"}


def _unused(uses: Iterable[Reference], draft: Draft) -> Iterator[Problem]:
    """A parameter that favours somebody is there to be compared with, even where no rule reads it."""
    used = {use.name for use in uses if use.target in _UNITS}
    for name, parameter in draft.node.entries("parameters").items():
        if name not in used and "better_for_buyer" not in parameter:
            yield _idle("P102", "parameter", name, parameter)
    matchers = {use.name for use in uses if use.target is Target.MATCHER}
    for name, matcher in draft.node.entries("matchers").items():
        if name not in matchers:
            yield _idle("P133", "matcher", name, matcher)


def _idle(number: str, what: str, name: str, node: Node) -> Problem:
    return Problem(number, node.key_location, f"unused {what} `{name}`; expected a rule that reads it", Level.WARNING)


def _calendars(draft: Draft) -> Iterator[Problem]:
    for parameter in draft.node.entries("parameters").values():
        if "working_days" not in parameter:
            continue
        own = parameter.get("calendar")
        name = draft.calendar if own is None else str(own.value)
        at = (own or parameter["working_days"]).location
        if name is None:
            yield Problem("P124", at, "working days without a calendar; expected `calendar` here or in market.yaml")
        elif name not in draft.calendars:
            yield Problem("P124", at, f"unknown calendar `{name}`; expected a file `calendars/{name}.yaml`")
        elif not draft.calendars[name].covers_from <= draft.effective <= draft.calendars[name].covers_to:
            message = f"calendar `{name}` does not cover `{draft.effective}`; expected one that knows that day"
            yield Problem("P150", at, message, Level.WARNING)
