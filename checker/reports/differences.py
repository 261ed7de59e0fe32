"""What differs between two versions, as text and as JSON?"""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from checker.model.difference import Difference, Direction, Kind, Part, PolicyDifference
from checker.model.policy import Change
from checker.model.rule import Location, Rule
from checker.reports.change_phrases import told
from checker.reports.parts import part_text
from checker.reports.phrases import Lang, phrase
from checker.reports.printable import printable

_WHOLE = (Kind.RULE_ADDED, Kind.RULE_REMOVED, Kind.RULE_RENAMED)


def difference_text(found: PolicyDifference, lang: Lang) -> str:
    """Rule by rule, each difference with its direction, both values and both places."""
    lines = (*_head(found, lang), *_body(found, lang), *_close(found, lang))
    return "\n".join(printable(line) for line in lines) + "\n"


def _head(found: PolicyDifference, lang: Lang) -> Iterator[str]:
    old, new = found.old.effective, found.new.effective
    yield told(lang, "diff", "title", policy=found.new.title[lang], old=old, new=new)
    yield told(lang, "diff", "change", change=phrase(lang, "change", found.new.change.value))


def _body(found: PolicyDifference, lang: Lang) -> Iterator[str]:
    if not found.differences:
        yield from ("", told(lang, "diff", "same"))
    for rule, differences in groupby(found.differences, key=lambda difference: difference.rule or ""):
        several = tuple(differences)
        yield ""
        yield _title(found, rule, several, lang)
        for difference in several:
            yield from _lines(found, difference, lang)


def _title(found: PolicyDifference, rule_id: str, several: Sequence[Difference], lang: Lang) -> str:
    if not rule_id:
        return told(lang, "diff", "general" if several[0].kind is Kind.VERSION_CHANGED else "unread")
    rule = _rule(found, rule_id)
    title = rule_id if rule is None else f"{rule.head.title[lang]} ({rule_id})"
    cites = () if rule is None else rule.head.cites
    return " ".join((title, *(told(lang, "diff", "cites", clause=c.clause, source=c.source) for c in cites)))


def _rule(found: PolicyDifference, rule_id: str) -> Rule | None:
    rules = (*found.new.rules, *found.old.rules)
    return next((rule for rule in rules if rule.head.id == rule_id), None)


def _lines(found: PolicyDifference, difference: Difference, lang: Lang) -> Iterator[str]:
    direction = told(lang, "direction", difference.direction.value)
    yield f"  [{direction}] {difference_line(found, difference, lang)}"
    yield f"      {_places(difference)}"


def difference_line(found: PolicyDifference, difference: Difference, lang: Lang) -> str:
    """`response: 48 h -> 24 h`, or what happened to the rule as a whole."""
    if difference.kind in _WHOLE:
        return told(lang, "diff", difference.kind.value, old=difference.old)
    one, other = _apart(difference)
    old, new = (part_text(lang, side, policy) for side, policy in ((one, found.old), (other, found.new)))
    return told(lang, "diff", "part", part=_part_name(found, difference, lang), old=old, new=new)


def _apart(difference: Difference) -> tuple[Part, Part]:
    """Both sides, without the entries of a list that both have; a list that was only reordered as it is."""
    old, new = difference.old, difference.new
    if not isinstance(old, tuple) or not isinstance(new, tuple):
        return old, new
    one: Any = tuple(entry for entry in old if entry not in new)
    other: Any = tuple(entry for entry in new if entry not in old)
    return (one, other) if one or other else (old, new)


def _part_name(found: PolicyDifference, difference: Difference, lang: Lang) -> str:
    if difference.kind is not Kind.VALUE_CHANGED:
        return told(lang, "part", difference.part)
    parameter = found.new.parameters.get(difference.part) or found.old.parameters.get(difference.part)
    return difference.part if parameter is None or parameter.title is None else parameter.title[lang]


def _places(difference: Difference) -> str:
    return " -> ".join(place_text(place) for place in (difference.old_at, difference.new_at) if place is not None)


def place_text(place: Location) -> str:
    """`path:line:column`."""
    return f"{place.path}:{place.line}:{place.column}"


def _close(found: PolicyDifference, lang: Lang) -> Iterator[str]:
    if found.new.change is Change.EDITORIAL and not found.is_empty:
        yield from ("", told(lang, "diff", "promise"))
    if any(difference.direction is Direction.UNCLEAR for difference in found.differences):
        names = (f"{policy.id}@{policy.effective}" for policy in (found.old, found.new))
        yield from ("", told(lang, "diff", "impact", **dict(zip(("old", "new"), names, strict=True))))


def difference_json(found: PolicyDifference) -> str:
    """The same for machines; values in English words."""
    body = {
        "policy": found.new.id,
        "old": found.old.effective.isoformat(),
        "new": found.new.effective.isoformat(),
        "change": found.new.change.value,
        "same_meaning": found.is_empty,
        "renamed": dict(found.renamed),
        "differences": [_row(found, difference) for difference in found.differences],
    }
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _row(found: PolicyDifference, difference: Difference) -> dict[str, object]:
    whole = difference.kind in _WHOLE
    return {
        "kind": difference.kind.value,
        "direction": difference.direction.value,
        "rule": difference.rule,
        "part": difference.part,
        "old": difference.old if whole else part_text("en", difference.old, found.old),
        "new": difference.new if whole else part_text("en", difference.new, found.new),
        "old_at": None if difference.old_at is None else place_text(difference.old_at),
        "new_at": None if difference.new_at is None else place_text(difference.new_at),
    }
