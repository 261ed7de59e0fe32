"""Were the triggers answered in time?"""

import numpy as np

from checker.engines.columnar.coverage import Stretch, unseen
from checker.engines.columnar.deadline import Dues, dues
from checker.engines.columnar.probe import FOREVER, NEVER, NONE, Ints
from checker.engines.columnar.sheet import Sheet, blank
from checker.engines.columnar.stage import Stage
from checker.engines.columnar.walk import after, first_certain, walk
from checker.model.deadline import Deadline
from checker.model.finding import Reason, Verdict
from checker.model.rule import Obligation


def window_ends(stage: Stage, within: Deadline | None, rows: Ints) -> Dues:
    """The due times of the instances; NEVER without a cause where the source states no limit."""
    if within is not None:
        return dues(stage, within, rows)
    return Dues(np.full(len(rows), NEVER, np.int64), np.full(len(rows), NONE, np.int64))


def limits(stage: Stage, rows: Ints, ends: Dues) -> Ints:
    """The row after the last that is in time: that of the whole order where there is no due time."""
    return after(stage, rows, np.where(ends.at == NEVER, FOREVER, ends.at))


def judge_obligation(stage: Stage, rule: Obligation, rows: Ints) -> Sheet:
    """The verdicts on these triggers, which `given` does not exclude."""
    ends = window_ends(stage, rule.within, rows)
    until = limits(stage, rows, ends)
    found = walk(stage, rows, (rule.must, *rule.unless), until)
    sheet = blank(rows)
    sheet.due[:] = ends.at
    sheet.close_unknown(found.doubt, found.doubtful)
    decided = np.maximum(found.answer, found.release)
    # Without a due time even a release decides nothing: the duty may have been broken before it came.
    sheet.close_unknown(np.where(decided >= 0, ends.cause, NONE), decided)
    sheet.close(found.release >= 0, (Verdict.NOT_APPLICABLE, Reason.RELEASED), found.release)
    sheet.close(found.answer >= 0, (Verdict.SATISFIED, Reason.DONE), found.answer)
    return _unanswered(stage, rule, sheet, (ends, until))


def _unanswered(stage: Stage, rule: Obligation, sheet: Sheet, bounds: tuple[Dues, Ints]) -> Sheet:
    """The verdicts where nothing decided in time: pending, late, not done - or absence proves nothing."""
    ends, until = bounds
    rows, orders = sheet.trigger, stage.bucket.order[sheet.trigger]
    overdue = (ends.at != NEVER) & (ends.at < stage.now)
    activities = (*rule.must.activities, *(a for release in rule.unless for a in release.activities))
    stretch = Stretch(orders, stage.bucket.at[rows], np.where(overdue, ends.at, NEVER))
    sheet.close_unknown(unseen(stage, activities, stretch))
    sheet.close_unknown(ends.cause)
    sheet.close(~overdue, (Verdict.PENDING, Reason.OPEN))
    broken = sheet.is_open
    late = first_certain(stage, rule.must, rows, until)
    sheet.close(late >= 0, (Verdict.VIOLATED, Reason.LATE), late)
    sheet.close(broken, (Verdict.VIOLATED, Reason.NOT_DONE))
    if rule.on_timeout is None:
        return sheet
    consequence = first_certain(stage, rule.on_timeout, rows, until)
    return sheet.using(np.where(broken, consequence, NONE))
