"""What would a new version do to real orders, as text and as JSON?"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from checker.model.difference import Direction
from checker.model.impact import Impact, Judged, VerdictChange
from checker.model.policy import Policy
from checker.model.report import ExitCode
from checker.reports.change_phrases import told
from checker.reports.differences import difference_line
from checker.reports.instants import Clock
from checker.reports.phrases import Lang, named, phrase
from checker.reports.printable import printable

EXAMPLES = 3
ROWS = 20
_ORDER = (Direction.STRICTER, Direction.LOOSER, Direction.UNCLEAR, Direction.NEUTRAL)


def impact_text(impact: Impact, lang: Lang) -> str:
    """How many verdicts change, rule by rule with the reason and examples, then by shop and by day."""
    lines = (*_head(impact, lang), *_rules(impact, lang), *_tables(impact, lang))
    return "\n".join(printable(line) for line in lines) + "\n"


def _head(impact: Impact, lang: Lang) -> Iterator[str]:
    found = impact.difference
    old, new = found.old.effective, found.new.effective
    yield told(lang, "impact", "title", policy=found.new.title[lang], old=old, new=new)
    as_of = _clock(impact, lang).instant(impact.as_of)
    yield told(lang, "impact", "counted", orders=f"{impact.orders:,}", cases=f"{impact.cases:,}", as_of=as_of)
    yield impact_line(impact, lang)
    if impact.exit_code is ExitCode.VIOLATIONS:
        yield told(lang, "impact", "promise")


def impact_line(impact: Impact, lang: Lang) -> str:
    """How many verdicts change, in one line."""
    subjects = len({(change.subject, change.subject_id) for change in impact.changes})
    if not subjects:
        return told(lang, "impact", "none")
    return told(lang, "impact", "changed", changes=f"{len(impact.changes):,}", subjects=f"{subjects:,}")


def _clock(impact: Impact, lang: Lang) -> Clock:
    return Clock(lang, impact.difference.new.timezone, impact.as_of)


def _rules(impact: Impact, lang: Lang) -> Iterator[str]:
    by_rule = sorted(impact.changes, key=lambda change: change.rule)
    for rule, changes in groupby(by_rule, key=lambda change: change.rule):
        several = sorted(changes, key=lambda change: _ORDER.index(change.direction))
        yield ""
        yield _row(_title(impact, rule, lang), several, lang)
        yield from (f"    {line}" for line in _reasons(impact, several[0], lang))
        yield from (f"    {_example(impact, change, lang)}" for change in several[:EXAMPLES])


def rule_rows(impact: Impact, lang: Lang) -> Iterator[str]:
    """For each rule how many verdicts change, in which direction."""
    by_rule = sorted(impact.changes, key=lambda change: change.rule)
    for rule, changes in groupby(by_rule, key=lambda change: change.rule):
        yield _row(_title(impact, rule, lang), changes, lang)


def _title(impact: Impact, rule_id: str, lang: Lang) -> str:
    rules = [r for p in _versions(impact) for r in p.rules if r.head.id == rule_id]
    return f"{rules[0].head.title[lang]} ({rule_id})" if rules else rule_id


def _versions(impact: Impact) -> tuple[Policy, Policy]:
    return impact.difference.new, impact.difference.old


def _row(name: str, changes: Iterable[VerdictChange], lang: Lang) -> str:
    counts = Counter(change.direction for change in changes)
    stricter, looser = counts.pop(Direction.STRICTER, 0), counts.pop(Direction.LOOSER, 0)
    other = sum(counts.values())
    return told(lang, "impact", "row", name=name, stricter=f"{stricter:,}", looser=f"{looser:,}", other=f"{other:,}")


def _reasons(impact: Impact, change: VerdictChange, lang: Lang) -> Iterator[str]:
    lines = [difference_line(impact.difference, difference, lang) for difference in change.because]
    for line in lines or [told(lang, "impact", "unexplained")]:
        yield told(lang, "impact", "because", difference=line)


def _example(impact: Impact, change: VerdictChange, lang: Lang) -> str:
    clock = _clock(impact, lang)
    activity = "" if change.activity is None else phrase(lang, "activity", change.activity)
    at = "" if change.occurred_at is None else clock.instant(change.occurred_at)
    subject = f"{phrase(lang, 'subject', change.subject.value)} {change.subject_id}"
    old, new = (_verdict(side, clock, lang) for side in (change.before, change.after))
    return told(lang, "impact", "example", subject=subject, trigger=f"{activity} {at}".strip(), old=old, new=new)


def _verdict(side: Judged | None, clock: Clock, lang: Lang) -> str:
    if side is None:
        return told(lang, "impact", "not_judged")
    if side.outcome is not None:
        return named(lang, "outcome", side.outcome)
    verdict = phrase(lang, "verdict", side.verdict.value)
    if side.due_at is None:
        return verdict
    return told(lang, "impact", "due", verdict=verdict, due=clock.instant(side.due_at))


def _tables(impact: Impact, lang: Lang) -> Iterator[str]:
    unknown = told(lang, "impact", "unknown")
    keys: Sequence[tuple[str, Callable[[VerdictChange], str]]] = (
        ("by_shop", lambda change: change.shop_id or unknown),
        ("by_day", lambda change: unknown if change.day is None else change.day.isoformat()),
    )
    for title, key in keys if impact.changes else ():
        yield from ("", told(lang, "impact", title))
        rows = [(name, tuple(group)) for name, group in groupby(sorted(impact.changes, key=key), key=key)]
        yield from (f"  {_row(name, group, lang)}" for name, group in rows[:ROWS])
        if len(rows) > ROWS:
            yield "  " + told(lang, "impact", "more", n=len(rows) - ROWS)


def impact_json(impact: Impact) -> str:
    """Everything, for machines."""
    return json.dumps(impact_data(impact), ensure_ascii=False, indent=1) + "\n"


def impact_data(impact: Impact) -> dict[str, Any]:
    """The same as plain data."""
    found = impact.difference
    return {
        "policy": found.new.id,
        "old": found.old.effective.isoformat(),
        "new": found.new.effective.isoformat(),
        "change": found.new.change.value,
        "as_of": impact.as_of.isoformat(),
        "orders": impact.orders,
        "cases": impact.cases,
        "changes": [_json(impact, change) for change in impact.changes],
    }


def _json(impact: Impact, change: VerdictChange) -> dict[str, Any]:
    return {
        "rule": change.rule,
        "subject": change.subject.value,
        "subject_id": change.subject_id,
        "shop": change.shop_id,
        "day": None if change.day is None else change.day.isoformat(),
        "trigger": change.activity,
        "occurred_at": None if change.occurred_at is None else change.occurred_at.isoformat(),
        "direction": change.direction.value,
        "before": _side(change.before),
        "after": _side(change.after),
        "because": [difference_line(impact.difference, difference, "en") for difference in change.because],
    }


def _side(side: Judged | None) -> dict[str, str | None] | None:
    if side is None:
        return None
    due = None if side.due_at is None else side.due_at.isoformat()
    return {"verdict": side.verdict.value, "outcome": side.outcome, "due_at": due}
