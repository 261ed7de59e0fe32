"""Which class does the decision table give?"""

import numpy as np

from checker.engines.columnar.condition import holds
from checker.engines.columnar.probe import NONE
from checker.engines.columnar.sheet import NO_CLASS, Sheet, blank, spread
from checker.engines.columnar.stage import Stage, Triggers
from checker.engines.columnar.truths import FALSE, TRUE
from checker.interpreter.classification import UNCLASSIFIED
from checker.model.finding import Reason, Verdict
from checker.model.rule import Classification

_CLASSIFIED = (Verdict.SATISFIED, Reason.CLASSIFIED)


def judge_classification(stage: Stage, rule: Classification, triggers: Triggers) -> Sheet:
    """The verdicts on these triggers, which `given` does not exclude, with the row of the table that decided."""
    sheet = blank(triggers.rows)
    sheet.case[:] = NONE
    places = np.arange(len(triggers.rows))
    for index, case in enumerate(rule.cases):
        if not len(places):
            break
        truth = holds(stage, case.when, triggers.some(places))
        decides = places[truth.value == TRUE]
        sheet.case[decides] = index
        sheet = sheet.using(
            *(spread(np.where(truth.value == TRUE, slot, NONE), places, len(sheet.case)) for slot in truth.used)
        )
        sheet.close_unknown(spread(truth.cause, places, len(sheet.case)))
        places = places[truth.value == FALSE]
    sheet.close(sheet.is_open, _CLASSIFIED)
    return sheet


def outcome(rule: Classification, verdict: Verdict, case: int) -> str | None:
    """The class that a verdict stands for, None where the table was not asked."""
    if case == NO_CLASS:
        return None
    if verdict is not Verdict.SATISFIED:
        return UNCLASSIFIED
    return rule.otherwise if case < 0 else rule.cases[case].outcome
