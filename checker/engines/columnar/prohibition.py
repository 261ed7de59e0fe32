"""Did the forbidden things happen?"""

from dataclasses import dataclass

import numpy as np

from checker.engines.columnar.condition import seen
from checker.engines.columnar.coverage import Stretch, unseen
from checker.engines.columnar.deadline import Dues
from checker.engines.columnar.obligation import limits, window_ends
from checker.engines.columnar.probe import NEVER, NONE, Ints
from checker.engines.columnar.sheet import Sheet, blank
from checker.engines.columnar.stage import Stage, at_rows
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


def judge_forbidden_events(stage: Stage, rule: Prohibition, rows: Ints) -> Sheet:
    """The verdicts on forbidden events that `given` does not exclude: violated unless an earlier event released it."""
    sheet = blank(rows)
    released = any_of(stage.causes, [seen(stage, Seen(release), rows) for release in rule.unless], len(rows))
    for slot in released.used:
        sheet.close(slot >= 0, (Verdict.NOT_APPLICABLE, Reason.RELEASED), slot)
    sheet.close_unknown(released.cause)
    sheet.close(sheet.is_open, _HAPPENED, rows)
    return sheet


def judge_absences(stage: Stage, rule: Prohibition, orders: Ints) -> Sheet:
    """The verdicts on orders without the forbidden event: satisfied once the order is final, pending before."""
    count = len(orders)
    sheet = blank(np.full(count, NONE, np.int64))
    sheet.close_unknown(unseen(stage, rule.forbid.activities, Stretch(orders)))
    _close_unseen(stage, rule, sheet, Ended(orders, None, Dues(np.full(count, NEVER), np.full(count, NONE))))
    return sheet


def judge_aftermath(stage: Stage, rule: Prohibition, rows: Ints) -> Sheet:
    """The verdicts on triggers after which nothing forbidden may come by the deadline (inclusive)."""
    ends = window_ends(stage, rule.within, rows)
    found = walk(stage, rows, (rule.forbid, *rule.unless), limits(stage, rows, ends))
    sheet = blank(rows)
    sheet.due[:] = ends.at
    sheet.close_unknown(found.doubt, found.doubtful)
    sheet.close(found.release >= 0, (Verdict.NOT_APPLICABLE, Reason.RELEASED), found.release)
    at, orders = stage.bucket.at, stage.bucket.order[rows]
    releases = tuple(activity for release in rule.unless for activity in release.activities)
    hidden = unseen(stage, releases, Stretch(orders, at[rows], at_rows(at, found.answer, NEVER)))
    cause = np.where(ends.cause >= 0, ends.cause, hidden)
    sheet.close_unknown(np.where(found.answer >= 0, cause, NONE), found.answer)
    sheet.close(found.answer >= 0, _HAPPENED, found.answer)
    _close_unseen(stage, rule, sheet, Ended(orders, at[rows], ends))
    return sheet


def _close_unseen(stage: Stage, rule: Prohibition, sheet: Sheet, ended: Ended) -> None:
    """Satisfied once the window is over, pending before - where absence proves anything.

    A window without a due time is over when the order is final.
    """
    ends = ended.ends
    end_at = np.where(ends.at == NEVER, final_at(stage)[ended.orders], ends.at)
    is_over = (end_at != NEVER) & ((ends.at == NEVER) | (end_at < stage.now))
    stretch = Stretch(ended.orders, ended.start, np.where(is_over, end_at, NEVER))
    sheet.close_unknown(unseen(stage, rule.forbid.activities, stretch))
    sheet.close(is_over, (Verdict.SATISFIED, Reason.DID_NOT_HAPPEN))
    sheet.close_unknown(ends.cause)
    sheet.close(sheet.is_open, (Verdict.PENDING, Reason.OPEN))
