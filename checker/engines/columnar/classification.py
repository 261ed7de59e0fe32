"""Which class does the decision table give?"""

import numpy as np

from checker.engines.columnar.condition import holds
from checker.engines.columnar.probe import NONE, Ints
from checker.engines.columnar.sheet import NO_CLASS, Sheet, blank
from checker.engines.columnar.stage import Stage
from checker.engines.columnar.truths import TRUE, UNKNOWN
from checker.interpreter.classification import UNCLASSIFIED
from checker.model.finding import Reason, Verdict
from checker.model.rule import Classification

_CLASSIFIED = (Verdict.SATISFIED, Reason.CLASSIFIED)


def judge_classification(stage: Stage, rule: Classification, rows: Ints) -> Sheet:
    """The verdicts on these triggers, which `given` does not exclude, with the row of the table that decided."""
    sheet = blank(rows)
    sheet.case[:] = NONE
    for index, case in enumerate(rule.cases):
        is_open = sheet.is_open
        if not is_open.any():
            break
        truth = holds(stage, case.when, rows)
        decides = is_open & (truth.value == TRUE)
        sheet.case[decides] = index
        sheet.close_unknown(np.where(truth.value == UNKNOWN, truth.cause, NONE))
        sheet.close(decides, _CLASSIFIED)
        sheet = sheet.using(*(np.where(decides, slot, NONE) for slot in truth.used))
    sheet.close(sheet.is_open, _CLASSIFIED)
    return sheet


def outcome(rule: Classification, verdict: Verdict, case: int) -> str | None:
    """The class that a verdict stands for, None where the table was not asked."""
    if case == NO_CLASS:
        return None
    if verdict is not Verdict.SATISFIED:
        return UNCLASSIFIED
    return rule.otherwise if case < 0 else rule.cases[case].outcome
