"""Does the picture of an order stand to scale?"""

from dataclasses import replace
from datetime import timedelta

from checker.model.finding import Reason
from checker.reports.html.timeline import picture
from checker.reports.view import View
from checker.reports.wording import Wording


def drawn(made, as_of):
    say = Wording("en", (made.policy(),), as_of)
    return picture(made.history(), [made.every_reason()[Reason.LATE]], say, View())


def test_scale(made):
    """Events stand in proportion to time; the overrun begins at the due time and ends with the late answer."""
    found = drawn(made, made.LATE_ANSWER.occurred_at)
    whole = made.LATE_ANSWER.occurred_at - made.MESSAGE.occurred_at
    due = round(2 + 96 * ((made.DUE_AT - made.MESSAGE.occurred_at) / whole), 2)
    assert [dot.at for dot in found.dots][::3] == [2.0, 98.0]
    assert (found.spans[0].due, found.spans[0].over, found.now) == (due, 98.0, 98.0)


def test_a_far_audit_does_not_squeeze_the_order(made):
    """An audit long after the order is off the axis, which ends half the order's own time later."""
    found = drawn(made, made.AS_OF + timedelta(days=300))
    assert found.now is None
    assert found.dots[-1].at == 66.0


def test_what_was_not_yet_seen_is_not_drawn(made):
    """Events after the audit, or recorded after it, are left out."""
    history = made.history()
    late = replace(history.events[1], recorded_at=made.AS_OF + timedelta(seconds=1))
    say = Wording("en", (made.policy(),), made.DUE_AT)
    found = picture(replace(history, events=(history.events[0], late, *history.events[2:])), [], say, View())
    assert len(found.dots) == 2
