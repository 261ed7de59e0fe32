"""What does one version say of all instances that it judges?"""

from dataclasses import dataclass
from typing import assert_never

import numpy as np

from checker.engines.columnar.bucket import micros
from checker.engines.columnar.classification import judge_classification
from checker.engines.columnar.condition import all_hold
from checker.engines.columnar.coverage import Stretch, unseen
from checker.engines.columnar.obligation import judge_obligation
from checker.engines.columnar.pattern import matched
from checker.engines.columnar.precedence import judge_precedence
from checker.engines.columnar.probe import FOREVER, NEVER, NONE, Flags, Ints
from checker.engines.columnar.prohibition import judge_absences, judge_aftermath, judge_forbidden_events
from checker.engines.columnar.sheet import Sheet, blank, filled
from checker.engines.columnar.stage import Stage, at_rows
from checker.engines.columnar.state import final_at
from checker.engines.columnar.truths import TRUE, Truths
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
    """The instances of one rule: orders, trigger rows (NONE: the order as a whole), and whether they are triggers."""

    orders: Ints
    triggers: Ints
    truths: Truths

    def at(self, places: Ints) -> "Instances":
        """Some of them."""
        return Instances(self.orders[places], self.triggers[places], self.truths.at(places))


def ruled(timeline: Timeline, stage: Stage, rule: InstanceRule) -> tuple[Ints, Sheet]:
    """The orders and verdicts of the instances that this stage's version judges.

    An open window that a newer version takes over makes its order hard.
    """
    found = _instances(stage, rule)
    instants = _choosing_instants(stage, rule, found)
    version = _in_force(timeline, instants)
    place = timeline.index(stage.policy)
    ours = version == place
    oldest = next(p for p in timeline if any(r.head.id == rule.head.id and not isinstance(r, Rate) for r in p.rules))
    if oldest is stage.policy:
        ours |= version < 0
    chosen = np.flatnonzero(ours)
    sheet = judged(stage, rule, found.at(chosen), np.flatnonzero(version[chosen] >= 0))
    unchosen = version[chosen] < 0
    unbegun = unchosen & (instants[chosen] == NEVER)
    sheet.close_unknown(np.where(unbegun, stage.causes.number(_UNBEGUN), NONE))
    sheet.close(unchosen, (Verdict.NOT_APPLICABLE, Reason.NO_VERSION_IN_FORCE))
    _mark_hand_overs(timeline[place + 1 :], stage, found.orders[chosen], _open_until(stage, rule, sheet))
    return found.orders[chosen], sheet


def _instances(stage: Stage, rule: InstanceRule) -> Instances:
    """An instance per event that is or may be a trigger; else the order, where the rule forbids or nothing shows."""
    pattern = trigger_pattern(rule)
    rows, truths = matched(stage, pattern)
    orders = stage.bucket.order[rows]
    without = np.diff(stage.bucket.bounds) > 0
    without[orders] = False
    empty = np.flatnonzero(without)
    if not (isinstance(rule, Prohibition) and rule.trigger is None):
        empty = empty[unseen(stage, pattern.activities, Stretch(empty)) >= 0]
    none = np.full(len(empty), NONE, np.int64)
    whole = Truths(np.full(len(empty), TRUE, np.uint8), none)
    return Instances(
        np.concatenate([orders, empty]),
        np.concatenate([rows, none]),
        Truths(np.concatenate([truths.value, whole.value]), np.concatenate([truths.cause, whole.cause])),
    )


def _choosing_instants(stage: Stage, rule: InstanceRule, found: Instances) -> Ints:
    """The instants that choose the version, NEVER where the log does not show it."""
    created = stage.created_at()[found.orders]
    match rule.head.applies_by:
        case AppliesBy.EVALUATION_TIME:
            return np.full(len(created), stage.now, np.int64)
        case AppliesBy.TRIGGER_TIME:
            return np.where(found.triggers >= 0, np.append(stage.bucket.at, 0)[found.triggers], created)
        case AppliesBy.ORDER_TIME:
            return created
        case _:
            assert_never(rule.head.applies_by)


def _in_force(timeline: Timeline, instants: Ints) -> Ints:
    """The place of the version in force at each instant, NONE before the first and at NEVER."""
    version = np.full(len(instants), NONE, np.int64)
    for place, policy in enumerate(timeline):
        version[instants >= micros(policy.effective_at)] = place
    return version


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


def _mark_hand_overs(newer: Timeline, stage: Stage, orders: Ints, open_until: Ints) -> None:
    """Marks the orders whose open window a newer version does not leave alone."""
    for policy in newer:
        if policy.open_windows is not OpenWindows.KEEP_OLD:
            stage.hard[orders[open_until >= micros(policy.effective_at)]] = True


def judged(stage: Stage, rule: InstanceRule, found: Instances, places: Ints) -> Sheet:
    """The verdicts on the instances at these places; the others stay open."""
    sheet = blank(found.triggers)
    certain = found.triggers >= 0
    is_judged = np.zeros(len(certain), np.bool_)
    is_judged[places] = True
    sheet.close_unknown(np.where(is_judged, found.truths.cause, NONE))
    whole = np.flatnonzero(is_judged & ~certain)
    if len(whole):
        sheet = filled(sheet, whole, _judge_orders(stage, rule, found.orders[whole]))
    rows = np.flatnonzero(is_judged & certain & sheet.is_open)
    return filled(sheet, rows, judge_triggers(stage, rule, found.triggers[rows]))


def _judge_orders(stage: Stage, rule: InstanceRule, orders: Ints) -> Sheet:
    if isinstance(rule, Prohibition) and rule.trigger is None:
        return judge_absences(stage, rule, orders)
    sheet = blank(np.full(len(orders), NONE, np.int64))
    sheet.close_unknown(unseen(stage, trigger_pattern(rule).activities, Stretch(orders)))
    return sheet


def judge_triggers(stage: Stage, rule: InstanceRule, rows: Ints) -> Sheet:
    """The verdicts on these certain triggers."""
    given = all_hold(stage, rule.given, rows)
    sheet = blank(rows)
    if isinstance(rule, Classification):
        sheet.case[:] = NONE
    sheet.exclude(given)
    is_excluded = ~sheet.is_open
    places = np.flatnonzero(given.value == TRUE)
    sheet = filled(sheet, places, _judge_given(stage, rule, rows[places]))
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


def _judge_given(stage: Stage, rule: InstanceRule, rows: Ints) -> Sheet:
    match rule:
        case Obligation():
            return judge_obligation(stage, rule, rows)
        case Prohibition(trigger=None):
            return judge_forbidden_events(stage, rule, rows)
        case Prohibition():
            return judge_aftermath(stage, rule, rows)
        case Precedence():
            return judge_precedence(stage, rule, rows)
        case Classification():
            return judge_classification(stage, rule, rows)
        case _:
            assert_never(rule)
