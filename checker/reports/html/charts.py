"""What do the cancellations of a report look like, counted?"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from checker.model.report import Report
from checker.reports.html.words import word
from checker.reports.patterns import actor_name
from checker.reports.phrases import named, phrase
from checker.reports.summary import by_name, cancellations, classes
from checker.reports.wording import Wording

LONGEST = 10
"""So many bars; the rest is one bar more."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One name with its count; `percent` is of the longest bar. `code` is what a machine calls it."""

    name: str
    count: int
    percent: float
    code: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars under one title."""

    title: str
    bars: tuple[Bar, ...]


def breakdowns(report: Report, say: Wording) -> tuple[Bars, ...]:
    """Cancellations by reason, product and initiator, and every classification; empty ones are left out."""
    found = cancellations(report)
    actors = Counter({actor_name(say.lang, actor): n for actor, n in by_name(found.by_initiator).items()})
    made = [
        _bars(say, word(say.lang, "by_reason"), by_name(found.by_reason), found.reason_texts),
        _bars(say, word(say.lang, "by_product"), by_name(found.by_product), {}),
        _bars(say, word(say.lang, "by_initiator"), actors, {}),
    ]
    for rule, counts in classes(report):
        told = Counter({named(say.lang, "outcome", name): n for name, n in counts.items()})
        made.append(_bars(say, say.title(rule), told, {}))
    return tuple(bars for bars in made if bars.bars)


def _bars(say: Wording, title: str, counts: Counter[str], texts: dict[str, str]) -> Bars:
    top = counts.most_common(LONGEST)
    rest = counts.total() - sum(n for _, n in top)
    none, others = phrase(say.lang, "report", "no_reason"), word(say.lang, "others")
    rows = [(texts.get(name) or name or none, n, name if name in texts else "") for name, n in top]
    rows += [(others, rest, "")] if rest else []
    longest = max((n for _, n, _ in rows), default=1)
    return Bars(title, tuple(Bar(name, n, 100 * n / longest, code) for name, n, code in rows))


def by_day(report: Report) -> tuple[tuple[date, int], ...]:
    """How many cancellations on each local day, from the first to the last, days without one too."""
    counts = cancellations(report).by_day
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    return tuple((first + timedelta(days=n), counts[first + timedelta(days=n)]) for n in range((last - first).days + 1))
