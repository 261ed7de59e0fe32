"""Did the forbidden things happen?"""

from dataclasses import dataclass

import numpy as np

from checker.engines.columnar.condition import seen
from checker.engines.columnar.coverage import Stretch, unseen
from checker.engines.columnar.deadline import Dues
from checker.engines.columnar.obligation import window_ends
from checker.engines.columnar.probe import NEVER, NONE, Ints, nothing
from checker.engines.columnar.sheet import Sheet, blank, filled
from checker.engines.columnar.stage import Stage, Triggers, at_rows
from checker.engines.columnar.state import final_at
from checker.engines.columnar.truths import any_of
from checker.engines.columnar.walk import walk
from checker.model.condition import Seen
from checker.model.finding import Reason, Verdict
from checker.model.rule import Prohibition

_HAPPENED = (Verdict.VIOLATED, Reason.HAPPENED)


@dataclass(frozen=True, slots=True)
class Ended:
    """For each of many windows its order, its beginning (None: that of the order) and its due time."""

    orders: Ints
    start: Ints | None
    ends: Dues


def judge_forbidden_events(stage: Stage, rule: Prohibition, triggers: Triggers) -> Sheet:
    """The verdicts on forbidden events that `given` does not exclude: violated unless an earlier event released it."""
    sheet = blank(triggers.rows)
    releases = [seen(stage, Seen(release), triggers) for release in rule.unless]
    released = any_of(stage.causes, releases, len(triggers.rows))
    for slot in released.used:
        sheet.close(slot >= 0, (Verdict.NOT_APPLICABLE, Reason.RELEASED), slot)
    sheet.close_unknown(released.cause)
    sheet.close(sheet.is_open, _HAPPENED, triggers.rows)
    return sheet


def judge_absences(stage: Stage, rule: Prohibition, orders: Ints) -> Sheet:
    """The verdicts on orders without the forbidden event: satisfied once the order is final, pending before."""
    count = len(orders)
    sheet = blank(nothing(count))
    sheet.close_unknown(unseen(stage, rule.forbid.activities, Stretch(orders)))
    _close_unseen(stage, rule, sheet, Ended(orders, None, Dues(np.full(count, NEVER, np.int64), nothing(count))))
    return sheet


def judge_aftermath(stage: Stage, rule: Prohibition, triggers: Triggers) -> Sheet:
    """The verdicts on triggers after which nothing forbidden may come by the deadline (inclusive)."""
    ends = window_ends(stage, rule.within, triggers)
    found = walk(stage, triggers, (rule.forbid, *rule.unless), ends.at)
    sheet = blank(triggers.rows, ends.at)
    sheet.close_unknown(found.doubt, found.doubtful)
    sheet.close(found.release >= 0, (Verdict.NOT_APPLICABLE, Reason.RELEASED), found.release)
    _close_happened(stage, rule, sheet, (triggers, ends, found.answer))
    rest = np.flatnonzero(sheet.is_open)
    unseen_yet = triggers.some(rest)
    part = blank(unseen_yet.rows, ends.at[rest])
    _close_unseen(stage, rule, part, Ended(unseen_yet.orders, unseen_yet.at, ends.some(rest)))
    return filled(sheet, rest, part)


def _close_happened(stage: Stage, rule: Prohibition, sheet: Sheet, seen_in: tuple[Triggers, Dues, Ints]) -> None:
    """Violated where the forbidden event came in time, unless an unseen event may have released it."""
    triggers, ends, answer = seen_in
    releases = tuple(activity for release in rule.unless for activity in release.activities)
    stretch = Stretch(triggers.orders, triggers.at, at_rows(stage.bucket.at, answer, NEVER))
    cause = np.where(ends.cause >= 0, ends.cause, unseen(stage, releases, stretch))
    sheet.close_unknown(np.where(answer >= 0, cause, NONE), answer)
    sheet.close(answer >= 0, _HAPPENED, answer)


def _close_unseen(stage: Stage, rule: Prohibition, sheet: Sheet, ended: Ended) -> None:
    """Satisfied once the window is over, pending before - where absence proves anything.

    A window without a due time is over when the order is final.
    """
    ends = ended.ends
    has_due = ends.at != NEVER
    end_at = np.where(has_due, ends.at, final_at(stage)[ended.orders])
    is_over = np.where(has_due, end_at < stage.now, end_at != NEVER)
    stretch = Stretch(ended.orders, ended.start, np.where(is_over, end_at, NEVER))
    sheet.close_unknown(unseen(stage, rule.forbid.activities, stretch))
    sheet.close(is_over, (Verdict.SATISFIED, Reason.DID_NOT_HAPPEN))
    sheet.close_unknown(ends.cause)
    sheet.close(sheet.is_open, (Verdict.PENDING, Reason.OPEN))
