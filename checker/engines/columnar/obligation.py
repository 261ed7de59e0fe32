"""Were the triggers answered in time?"""

import numpy as np

from checker.engines.columnar.coverage import Stretch, unseen
from checker.engines.columnar.deadline import Dues, dues
from checker.engines.columnar.probe import NEVER, NONE, Ints, nothing
from checker.engines.columnar.sheet import Sheet, blank, filled, spread
from checker.engines.columnar.stage import Stage, Triggers
from checker.engines.columnar.walk import first_certain_after, walk
from checker.model.deadline import Deadline
from checker.model.finding import Reason, Verdict
from checker.model.rule import Obligation


def window_ends(stage: Stage, within: Deadline | None, triggers: Triggers) -> Dues:
    """The due times of the instances; NEVER without a cause where the source states no limit."""
    if within is not None:
        return dues(stage, within, triggers)
    count = len(triggers.rows)
    return Dues(np.full(count, NEVER, np.int64), nothing(count))


def judge_obligation(stage: Stage, rule: Obligation, triggers: Triggers) -> Sheet:
    """The verdicts on these triggers, which `given` does not exclude."""
    ends = window_ends(stage, rule.within, triggers)
    found = walk(stage, triggers, (rule.must, *rule.unless), ends.at)
    sheet = blank(triggers.rows, ends.at)
    sheet.close_unknown(found.doubt, found.doubtful)
    decided = np.maximum(found.answer, found.release)
    # Without a due time even a release decides nothing: the duty may have been broken before it came.
    sheet.close_unknown(np.where(decided >= 0, ends.cause, NONE), decided)
    sheet.close(found.release >= 0, (Verdict.NOT_APPLICABLE, Reason.RELEASED), found.release)
    sheet.close(found.answer >= 0, (Verdict.SATISFIED, Reason.DONE), found.answer)
    rest = np.flatnonzero(sheet.is_open)
    if not len(rest):
        return sheet
    return filled(sheet, rest, _unanswered(stage, rule, triggers.some(rest), (ends.some(rest), found.late[rest])))


def _unanswered(stage: Stage, rule: Obligation, triggers: Triggers, ended: tuple[Dues, Ints]) -> Sheet:
    """The verdicts where nothing decided in time: pending, late, not done - or absence proves nothing."""
    ends, late = ended
    sheet = blank(triggers.rows, ends.at)
    overdue = (ends.at != NEVER) & (ends.at < stage.now)
    activities = (*rule.must.activities, *(a for release in rule.unless for a in release.activities))
    stretch = Stretch(triggers.orders, triggers.at, np.where(overdue, ends.at, NEVER))
    sheet.close_unknown(unseen(stage, activities, stretch))
    sheet.close_unknown(ends.cause)
    sheet.close(~overdue, (Verdict.PENDING, Reason.OPEN))
    broken = np.flatnonzero(sheet.is_open)
    sheet.close(late >= 0, (Verdict.VIOLATED, Reason.LATE), late)
    sheet.close(sheet.is_open, (Verdict.VIOLATED, Reason.NOT_DONE))
    if rule.on_timeout is None:
        return sheet
    consequence = first_certain_after(stage, rule.on_timeout, triggers.some(broken), ends.at[broken])
    return sheet.using(spread(consequence, broken, len(late)))
