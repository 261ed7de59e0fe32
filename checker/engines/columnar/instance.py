"""What does one version say of all instances that it judges?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

import numpy as np

from checker.engines.columnar.bucket import micros
from checker.engines.columnar.classification import judge_classification
from checker.engines.columnar.condition import all_hold
from checker.engines.columnar.coverage import Stretch, doubtful_orders, unseen
from checker.engines.columnar.obligation import judge_obligation
from checker.engines.columnar.pattern import matched, triggers_of
from checker.engines.columnar.precedence import judge_precedence
from checker.engines.columnar.probe import FOREVER, NEVER, NONE, Flags, Ints, nothing
from checker.engines.columnar.prohibition import judge_absences, judge_aftermath, judge_forbidden_events
from checker.engines.columnar.sheet import Sheet, blank, filled
from checker.engines.columnar.stage import Stage, Triggers, at_rows
from checker.engines.columnar.state import final_at
from checker.engines.columnar.truths import TRUE
from checker.interpreter.instance import InstanceRule, trigger_pattern
from checker.interpreter.truth import Unknown
from checker.interpreter.versions import Timeline
from checker.model.activity import Activity
from checker.model.finding import Reason, Verdict
from checker.model.policy import OpenWindows
from checker.model.rule import AppliesBy, Classification, Obligation, Precedence, Prohibition, Rate

_UNBEGUN = Unknown(Reason.HISTORY_INCOMPLETE, (Activity.ORDER_CREATED.value,))


@dataclass(frozen=True, slots=True)
class Instances:
    """Instances of one rule: their orders, and their triggers with why each may be none; None: orders as a whole."""

    orders: Ints
    triggers: Triggers | None
    doubt: Ints

    def some(self, places: Ints) -> "Instances":
        """Some of them, in order."""
        if len(places) == len(self.orders):
            return self
        triggers = None if self.triggers is None else self.triggers.some(places)
        return Instances(self.orders[places], triggers, self.doubt[places])


def ruled(timeline: Timeline, stage: Stage, rule: InstanceRule) -> Iterator[tuple[Ints, Sheet]]:
    """The orders and verdicts of the instances that this stage's version judges: by triggers, then orders as a whole.

    An open window that a newer version takes over makes its order hard.
    """
    for found in (_triggered(stage, rule), _untriggered(stage, rule)):
        if len(found.orders):
            orders, sheet = _ruled(timeline, stage, rule, found)
            _mark_hand_overs(timeline, stage, rule, (orders, sheet))
            yield orders, sheet


def _triggered(stage: Stage, rule: InstanceRule) -> Instances:
    """An instance per event that is or may be a trigger."""
    pattern = trigger_pattern(rule)
    triggers = triggers_of(stage, pattern)
    return Instances(triggers.orders, triggers, matched(stage, pattern).cause)


def _untriggered(stage: Stage, rule: InstanceRule) -> Instances:
    """The orders without a trigger, where the rule forbids it or the log cannot show it."""
    pattern, forbids = trigger_pattern(rule), isinstance(rule, Prohibition) and rule.trigger is None
    without = np.diff(stage.bucket.bounds) > 0
    without[triggers_of(stage, pattern).orders] = False
    orders = np.flatnonzero(without if forbids else without & doubtful_orders(stage, pattern.activities))
    if not forbids:
        orders = orders[unseen(stage, pattern.activities, Stretch(orders)) >= 0]
    return Instances(orders, None, nothing(len(orders)))


def _ruled(timeline: Timeline, stage: Stage, rule: InstanceRule, found: Instances) -> tuple[Ints, Sheet]:
    instants, place = _choosing_instants(stage, rule, found), timeline.index(stage.policy)
    if (_in_force(timeline, np.array([instants.min(), instants.max()])) == place).all():
        return found.orders, judged(stage, rule, found)
    version = _in_force(timeline, instants)
    oldest = next(p for p in timeline if any(r.head.id == rule.head.id and not isinstance(r, Rate) for r in p.rules))
    ours = np.flatnonzero((version == place) | (version < 0) if oldest is stage.policy else version == place)
    chosen, instants, begun = found.some(ours), instants[ours], version[ours] >= 0
    sheet = blank(nothing(len(ours)) if chosen.triggers is None else chosen.triggers.rows)
    places = np.flatnonzero(begun)
    sheet = filled(sheet, places, judged(stage, rule, chosen.some(places)))
    sheet.close_unknown(np.where(~begun & (instants == NEVER), stage.causes.number(_UNBEGUN), NONE))
    sheet.close(~begun, (Verdict.NOT_APPLICABLE, Reason.NO_VERSION_IN_FORCE))
    return chosen.orders, sheet


def _choosing_instants(stage: Stage, rule: InstanceRule, found: Instances) -> Ints:
    """The instants that choose the version, NEVER where the log does not show it."""
    match rule.head.applies_by:
        case AppliesBy.EVALUATION_TIME:
            return np.full(len(found.orders), stage.now, np.int64)
        case AppliesBy.TRIGGER_TIME if found.triggers is not None:
            return found.triggers.at
        case AppliesBy.TRIGGER_TIME | AppliesBy.ORDER_TIME:
            return stage.created_at()[found.orders]
        case _:
            assert_never(rule.head.applies_by)


def _in_force(timeline: Timeline, instants: Ints) -> Ints:
    """The place of the version in force at each instant, NONE before the first and at NEVER."""
    beginnings = [micros(policy.effective_at) for policy in timeline]
    return np.searchsorted(np.array(beginnings), instants, side="right") - 1


def _open_until(stage: Stage, rule: InstanceRule, sheet: Sheet) -> Ints:
    """The last instant at which each window was open: not decided and not over; NEVER where there was none."""
    if not isinstance(rule, Obligation) and not (isinstance(rule, Prohibition) and rule.trigger is not None):
        return np.full(len(sheet.trigger), NEVER, np.int64)
    at, rows = stage.bucket.at, np.maximum(sheet.trigger, 0)
    decided_at = at_rows(at, sheet.decisive, FOREVER)
    over_at = np.where(sheet.due == NEVER, FOREVER, sheet.due)
    if isinstance(rule, Prohibition):
        ended_at = final_at(stage)[stage.bucket.order[rows]]
        over_at = np.where((sheet.due == NEVER) & (ended_at != NEVER), ended_at, over_at)
    no_window = sheet.gives(Reason.GIVEN_EXCLUDES) | sheet.gives(Reason.NO_VERSION_IN_FORCE)
    no_window |= (sheet.cause >= 0) & (sheet.due == NEVER)
    return np.where(no_window, NEVER, np.minimum(np.minimum(over_at, decided_at), stage.now))


def _mark_hand_overs(timeline: Timeline, stage: Stage, rule: InstanceRule, judged: tuple[Ints, Sheet]) -> None:
    """Marks the orders whose open window a newer version does not leave alone."""
    orders, sheet = judged
    for newer in timeline[timeline.index(stage.policy) + 1 :]:
        if newer.open_windows is not OpenWindows.KEEP_OLD:
            stage.hard[orders[_open_until(stage, rule, sheet) >= micros(newer.effective_at)]] = True


def judged(stage: Stage, rule: InstanceRule, found: Instances) -> Sheet:
    """The verdicts on these instances; those whose trigger may be none are undetermined."""
    if found.triggers is None:
        return _judge_orders(stage, rule, found.orders)
    certain = np.flatnonzero(found.doubt < 0)
    sheet = judge_triggers(stage, rule, found.triggers.some(certain))
    if len(certain) == len(found.doubt):
        return sheet
    whole = blank(found.triggers.rows)
    whole.close_unknown(found.doubt)
    return filled(whole, certain, sheet)


def _judge_orders(stage: Stage, rule: InstanceRule, orders: Ints) -> Sheet:
    if isinstance(rule, Prohibition) and rule.trigger is None:
        return judge_absences(stage, rule, orders)
    sheet = blank(nothing(len(orders)))
    sheet.close_unknown(unseen(stage, trigger_pattern(rule).activities, Stretch(orders)))
    return sheet


def judge_triggers(stage: Stage, rule: InstanceRule, triggers: Triggers) -> Sheet:
    """The verdicts on these certain triggers."""
    return triggers.memory.once("verdicts", rule.head.id, lambda: _judge_triggers(stage, rule, triggers))


def _judge_triggers(stage: Stage, rule: InstanceRule, triggers: Triggers) -> Sheet:
    if not rule.given:
        return _judge_given(stage, rule, triggers)
    given = all_hold(stage, rule.given, triggers)
    sheet = blank(triggers.rows)
    if isinstance(rule, Classification):
        sheet.case[:] = NONE
    sheet.exclude(given)
    is_excluded = ~sheet.is_open
    places = np.flatnonzero(given.value == TRUE)
    sheet = filled(sheet, places, _judge_given(stage, rule, triggers.some(places)))
    if not given.used:
        return sheet
    counts = is_excluded | _keeps_given(rule, sheet)
    return sheet.using(*(np.where(counts, slot, NONE) for slot in given.used))


def _keeps_given(rule: InstanceRule, sheet: Sheet) -> Flags:
    """Which verdicts name the events that made `given` hold."""
    match rule:
        case Prohibition(trigger=None):
            return sheet.gives(Reason.HAPPENED)
        case Classification():
            return np.zeros(len(sheet.trigger), np.bool_)
        case Obligation() | Prohibition() | Precedence():
            return np.ones(len(sheet.trigger), np.bool_)
        case _:
            assert_never(rule)


def _judge_given(stage: Stage, rule: InstanceRule, triggers: Triggers) -> Sheet:
    match rule:
        case Obligation():
            return judge_obligation(stage, rule, triggers)
        case Prohibition(trigger=None):
            return judge_forbidden_events(stage, rule, triggers)
        case Prohibition():
            return judge_aftermath(stage, rule, triggers)
        case Precedence():
            return judge_precedence(stage, rule, triggers)
        case Classification():
            return judge_classification(stage, rule, triggers)
        case _:
            assert_never(rule)
