"""Are shares counted over the right days?"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from checker.model.activity import Activity, Observable
from checker.model.deadline import Duration, Unit
from checker.model.event import Actor, Event
from checker.model.history import OrderHistory, Span
from checker.model.policy import Parameter
from checker.model.rule import Citation, Location
from checker.reports.html.trends import trends

SEEN = {Observable.STATUS: Span(), Observable.CANCELLATIONS: Span()}


def order(number, at, shop, cancelled):
    kinds = (Activity.ORDER_CREATED, Activity.ORDER_CANCELLED) if cancelled else (Activity.ORDER_CREATED,)
    events = tuple(Event(f"{number}-{k}", str(number), k, at, Actor.BUYER, {}) for k in kinds)
    return OrderHistory(str(number), {"shop_id": shop}, SEEN, events)


def report(made, window=None):
    start = datetime.fromisoformat("2025-11-28T23:30:00+09:00")
    log = made.report().log
    histories = tuple(order(n, start + timedelta(days=n), made.SHOP, n == 0) for n in range(4))
    policy = made.policy()
    rule = replace(made.SHARE, window=None if window is None else "window")
    days = Duration(Unit.CALENDAR_DAYS, window)
    own = Parameter("window", days, Citation("article", "01"), Location("policy.yaml", 5, 3), assumed=True)
    policy = replace(policy, rules=(rule,), parameters={**policy.parameters, "window": own})
    return replace(made.report(), policies=(policy,), log=replace(log, histories=histories))


def shares(trend):
    return [counts.share for _, counts in trend.points]


def test_without_a_window_the_log_adds_up(made):
    """Each local day has the share over everything up to it; the limit is the published one."""
    (found,) = trends(report(made), "en")
    assert found.points[0][0] == date(2025, 11, 28)
    assert shares(found) == [Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(1, 4)]
    assert (found.limit, found.limit_assumed, found.days) == (Fraction("2.5"), False, None)


def test_a_window_lets_go_of_old_days(made):
    """With a window of two days a day's orders leave after the second; an assumed window says so."""
    (found,) = trends(report(made, 2), "en")
    assert shares(found) == [Fraction(1), Fraction(1, 2), Fraction(0), Fraction(0)]
    assert (found.days, found.days_assumed) == (2, True)


def test_top_leaves_room(made):
    """The picture is a tenth higher than the highest share, and never higher than all."""
    (found,) = trends(report(made), "en")
    assert found.top == 100
    assert replace(found, points=found.points[3:]).top == Fraction(55, 2)
