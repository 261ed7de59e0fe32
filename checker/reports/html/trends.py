"""How did each rate develop, day by day, against its limit?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from checker.interpreter.counting import add_counts, contribution, rate_rules, subjects
from checker.interpreter.pattern import matches
from checker.interpreter.scene import Scene, visible
from checker.model.deadline import Duration
from checker.model.finding import Counts
from checker.model.policy import Percent, Policy
from checker.model.report import Report
from checker.model.rule import Rate

MOST_SUBJECTS = 5
"""Of products only those with most orders have a picture."""

NONE = Counts(0, 0)
Daily = dict[date, Counts]


@dataclass(frozen=True, slots=True)
class Trend:
    """One rate of one subject: a share for each local day, with the counts behind it.

    `limit` is the lowest percentage that it is held to; None is not published. `days` None: no window is published,
    so each share is over the whole log up to that day. Of what was not yet known on a day, later events count too.
    """

    title: str
    subject_id: str
    points: tuple[tuple[date, Counts], ...]
    limit: Fraction | None
    limit_assumed: bool
    days: int | None
    days_assumed: bool

    @property
    def top(self) -> Fraction:
        """The highest share or limit, in percent, at least one: the top of the picture."""
        shares = [share * 100 for _, counts in self.points if (share := counts.share) is not None]
        highest = max([Fraction(1), *shares, *([self.limit] if self.limit is not None else [])])
        return min(highest * Fraction(11, 10), Fraction(100))


def trends(report: Report, lang: str) -> tuple[Trend, ...]:
    """A trend for each rate in force and its busiest subjects."""
    return tuple(
        trend for policy, rule in rate_rules(report.policies, report.as_of) for trend in _of(report, policy, rule, lang)
    )


def _of(report: Report, policy: Policy, rule: Rate, lang: str) -> Iterator[Trend]:
    daily = _daily(report, policy, rule)
    busiest = sorted(daily, key=lambda subject: -sum(counts.denominator for counts in daily[subject].values()))
    days, days_assumed = _days(policy, rule)
    limit, limit_assumed = _limit(policy, rule)
    for subject_id in busiest[:MOST_SUBJECTS]:
        points = tuple(_rolling(daily[subject_id], days))
        title = rule.head.title.get(lang, rule.head.id)
        yield Trend(title, subject_id, points, limit, limit_assumed, days, days_assumed)


def _daily(report: Report, policy: Policy, rule: Rate) -> dict[str, Daily]:
    """What the orders of each local day add, by subject; an order counts on the day of its cohort event."""
    found: dict[str, Daily] = defaultdict(lambda: defaultdict(lambda: NONE))
    unbounded, zone = replace(rule, window=None, lag=None), ZoneInfo(policy.timezone)
    for history in report.log.histories:
        scene = Scene(policy, history, visible(history, report.as_of), report.as_of)
        counts = contribution(unbounded, scene)
        members = (event for event in scene.events if matches(scene, rule.cohort, event, None).value is not False)
        first = next(members, None)
        if counts.denominator and first is not None:
            day = first.occurred_at.astimezone(zone).date()
            for subject_id in subjects(rule, history):
                found[subject_id][day] = add_counts(found[subject_id][day], counts)
    return found


def _rolling(daily: Daily, days: int | None) -> Iterator[tuple[date, Counts]]:
    """For each day the sum over the window that ends with it."""
    first, last, total = min(daily), max(daily), NONE
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        total = add_counts(total, daily.get(day, NONE))
        if days is not None:
            gone = daily.get(day - timedelta(days=days), NONE)
            total = add_counts(total, Counts(-gone.numerator, -gone.denominator, -gone.unknown, -gone.unsure))
        yield day, total


def _days(policy: Policy, rule: Rate) -> tuple[int | None, bool]:
    parameter = policy.parameters.get(rule.window or "")
    value = None if parameter is None else parameter.value
    if isinstance(value, Duration) and isinstance(value.amount, int) and parameter is not None:
        return value.amount, parameter.assumed
    return None, False


def _limit(policy: Policy, rule: Rate) -> tuple[Fraction | None, bool]:
    """The lowest published limit: from there on something happens."""
    known = [
        (Fraction(parameter.value.value), parameter.assumed)
        for limit in rule.limits
        if isinstance((parameter := policy.parameters[limit.parameter]).value, Percent) and parameter.value.value
    ]
    return min(known, default=(None, False), key=lambda pair: pair[0] or 0)
