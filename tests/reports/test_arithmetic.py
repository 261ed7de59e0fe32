"""Is the arithmetic of a due time told right?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from checker.model.deadline import Deadline, Duration, FromDeadline, FromFact, Recorded, Unit
from checker.model.finding import Due, DueStep, Evidence, Reason
from checker.reports.arithmetic import arithmetic, platform_figure
from checker.reports.instants import Clock

TOKYO = "Asia/Tokyo"


def told(made, due, within=None, lang="en"):
    rule = made.ANSWER if within is None else replace(made.ANSWER, within=within)
    evidence = Evidence(Reason.OPEN, made.REQUEST, due=due)
    return arithmetic(evidence, rule, made.policy(), Clock(lang, TOKYO, made.AS_OF))


def test_hours(made):
    """The request, the hours and the due time."""
    assert told(made, made.DUE) == "cancellation request Mon 1 Dec 10:00 JST + 48 h = Wed 3 Dec 10:00 JST"
    assert told(made, made.DUE, lang="ja") == "キャンセル申請 12月1日(月) 10:00 JST + 48時間 = 12月3日(水) 10:00 JST"
    assert told(made, made.DUE, lang="zh") == "取消申请 12月1日 周一 10:00 JST + 48小时 = 12月3日 周三 10:00 JST"


def test_chain(made):
    """A chained deadline shows both of its steps."""
    hour = DueStep(made.DUE_AT, Duration(Unit.HOURS, 1), 1, made.DUE_AT + timedelta(hours=1), TOKYO, "platform_batch")
    due = Due(hour.due_at, TOKYO, (made.STEP, hour))
    within = Deadline("platform_batch", FromDeadline(Deadline("seller_response")))
    assert told(made, due, within) == (
        "cancellation request Mon 1 Dec 10:00 JST + 48 h = Wed 3 Dec 10:00 JST + 1 h = Wed 3 Dec 11:00 JST"
    )


def test_days_from_a_fact(made):
    """Days count from a fact of the order by its name, to the end of a day."""
    end = datetime(2025, 12, 4, 14, 59, 59, 999999, UTC)
    start = datetime(2025, 12, 1, 14, 59, 59, 999999, UTC)
    step = DueStep(start, Duration(Unit.CALENDAR_DAYS, 3), 3, end, TOKYO, "undelivered")
    within = Deadline("undelivered", FromFact("latest_estimated_delivery"))
    assert told(made, Due(end, TOKYO, (step,)), within) == (
        "latest estimated delivery date end of Mon 1 Dec JST + 3 calendar days = end of Thu 4 Dec JST"
    )


def test_chain_from_a_fact(made):
    """A chain is named after what its first deadline counts from."""
    within = Deadline("platform_batch", FromDeadline(Deadline("undelivered", FromFact("latest_estimated_delivery"))))
    assert told(made, made.DUE, within).startswith("latest estimated delivery date Mon 1 Dec 10:00 JST + 48 h")
    fallback = Deadline(None, Recorded("shipping_due", Deadline("dispatch", FromFact("shipping_due"))))
    assert told(made, made.DUE, fallback).startswith("shipping deadline Mon 1 Dec 10:00 JST + 48 h")


def test_working_days_name_the_holidays(made):
    """Working days name the holidays that they passed over."""
    start, end = datetime(2025, 11, 21, 1, tzinfo=UTC), datetime(2025, 11, 26, 14, 59, 59, 999999, UTC)
    length = Duration(Unit.WORKING_DAYS, 2, calendar="jp")
    step = DueStep(start, length, 2, end, TOKYO, "dispatch", (date(2025, 11, 24),))
    assert told(made, Due(end, TOKYO, (step,))) == (
        "cancellation request Fri 21 Nov 10:00 JST + 2 working days (skipping Mon 24 Nov 振替休日)"
        " = end of Wed 26 Nov JST"
    )


def test_recorded(made):
    """A deadline of the platform is named as such, with or without something added."""
    recorded = Due(made.DUE_AT, TOKYO, recorded="shipping_due")
    assert told(made, recorded, Deadline(None, Recorded("shipping_due"))) == (
        "shipping deadline of the platform: Wed 3 Dec 10:00 JST"
    )
    hour = DueStep(made.DUE_AT, Duration(Unit.HOURS, 1), 1, made.DUE_AT + timedelta(hours=1), TOKYO, "platform_batch")
    later = Due(hour.due_at, TOKYO, (hour,), recorded="shipping_due")
    assert told(made, later) == ("shipping deadline of the platform: Wed 3 Dec 10:00 JST + 1 h = Wed 3 Dec 11:00 JST")


def test_nothing_due(made):
    """Without a due time there is no arithmetic."""
    assert told(made, None) is None


def test_drift(made):
    """The platform's own figure comes with its distance from ours."""
    clock = Clock("en", TOKYO, made.AS_OF)
    drifts = [timedelta(minutes=5), -timedelta(hours=2), timedelta()]
    figures = [platform_figure(replace(made.DUE, platform_due_at=made.DUE_AT + drift), clock) for drift in drifts]
    assert figures == [
        "platform's own deadline: Wed 3 Dec 10:05 JST (5 min later than ours)",
        "platform's own deadline: Wed 3 Dec 08:00 JST (2 h earlier than ours)",
        "platform's own deadline: Wed 3 Dec 10:00 JST (same as ours)",
    ]
    assert platform_figure(made.DUE, clock) is None
