"""Had what must come first come first?"""

import numpy as np

from checker.engines.columnar.condition import holds
from checker.engines.columnar.probe import NONE
from checker.engines.columnar.sheet import Sheet, blank
from checker.engines.columnar.stage import Stage, Triggers
from checker.engines.columnar.truths import TRUE, UNKNOWN
from checker.model.finding import Reason, Verdict
from checker.model.rule import Precedence


def judge_precedence(stage: Stage, rule: Precedence, triggers: Triggers) -> Sheet:
    """The verdicts on these triggers, which `given` does not exclude: satisfied where `needs` already held."""
    needed = holds(stage, rule.needs, triggers)
    sheet = blank(triggers.rows)
    sheet.close_unknown(np.where(needed.value == UNKNOWN, needed.cause, NONE))
    sheet.close(needed.value == TRUE, (Verdict.SATISFIED, Reason.PRECEDED))
    sheet.close(sheet.is_open, (Verdict.VIOLATED, Reason.NOT_PRECEDED))
    return sheet.using(*needed.used)
