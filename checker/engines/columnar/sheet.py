"""What is the verdict on each of many instances?"""

from dataclasses import dataclass, replace

import numpy as np

from checker.engines.columnar.probe import NEVER, NONE, Codes, Flags, Ints, nothing
from checker.engines.columnar.truths import FALSE, UNKNOWN, Truths
from checker.model.finding import Reason, Verdict

VERDICTS = tuple(Verdict)
REASONS = tuple(Reason)
OPEN = 255
NO_CLASS = -2
_VERDICT = {verdict: np.uint8(number) for number, verdict in enumerate(VERDICTS)}
_REASON = {reason: np.uint8(number) for number, reason in enumerate(REASONS)}
_FILLED = ("verdict", "reason", "decisive", "due", "cause", "case")
Outcome = tuple[Verdict, Reason]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns over the instances of one rule; the arrays fill as verdicts fall, and a verdict once given stands.

    `trigger` and `decisive` are rows (NONE: none), `due` is in microseconds (NEVER: none), `cause` numbers why a
    verdict is undetermined, `case` is the row of a decision table (NONE: otherwise, NO_CLASS: none was asked), and
    `used` are columns of rows.
    """

    trigger: Ints
    verdict: Codes
    reason: Codes
    decisive: Ints
    due: Ints
    cause: Ints
    case: Ints
    used: tuple[Ints, ...] = ()

    @property
    def is_open(self) -> Flags:
        """Which instances have no verdict yet."""
        return np.equal(self.verdict, OPEN)

    def gives(self, reason: Reason) -> Flags:
        """Which verdicts have that reason of their own; an undetermined one has its cause's."""
        gives: Flags = (self.cause < 0) & (self.reason == _REASON[reason])
        return gives

    def close(self, where: Flags, outcome: Outcome, decisive: Ints | None = None) -> None:
        """Gives this verdict to the open ones among these."""
        now = where & self.is_open
        if not now.any():
            return
        np.putmask(self.verdict, now, _VERDICT[outcome[0]])
        np.putmask(self.reason, now, _REASON[outcome[1]])
        if decisive is not None:
            np.copyto(self.decisive, decisive, where=now)

    def close_unknown(self, cause: Ints, decisive: Ints | None = None) -> None:
        """Leaves the open ones that have a cause undetermined; the reason is the cause's."""
        now = cause >= 0
        if not now.any():
            return
        now &= self.is_open
        np.putmask(self.verdict, now, _VERDICT[Verdict.UNDETERMINED])
        np.copyto(self.cause, cause, where=now)
        if decisive is not None:
            np.copyto(self.decisive, decisive, where=now)

    def exclude(self, given: Truths) -> None:
        """Closes those that `given` excludes or leaves in doubt."""
        self.close(given.value == FALSE, (Verdict.NOT_APPLICABLE, Reason.GIVEN_EXCLUDES))
        self.close_unknown(np.where(given.value == UNKNOWN, given.cause, NONE))

    def using(self, *slots: Ints) -> "Sheet":
        """The same with further columns of events that counted."""
        return replace(self, used=(*self.used, *slots)) if slots else self


def blank(triggers: Ints, due: Ints | None = None) -> Sheet:
    """A sheet without verdicts."""
    count = len(triggers)
    undecided = np.full(count, OPEN, np.uint8)
    due = np.full(count, NEVER, np.int64) if due is None else due
    no_case = np.full(count, NO_CLASS, np.int64)
    return Sheet(triggers, undecided, undecided.copy(), nothing(count), due, nothing(count), no_case)


def filled(sheet: Sheet, places: Ints, part: Sheet) -> Sheet:
    """The sheet with the verdicts of another one at these places, which ascend."""
    if len(places) == len(sheet.trigger):
        return replace(part, used=(*sheet.used, *part.used))
    for name in _FILLED:
        getattr(sheet, name)[places] = getattr(part, name)
    return sheet.using(*(spread(slot, places, len(sheet.trigger)) for slot in part.used))


def spread(slot: Ints, places: Ints, count: int) -> Ints:
    """A column of the whole with these values at these places, NONE elsewhere."""
    column = nothing(count)
    column[places] = slot
    return column
