"""What do the orders of a bucket add to the counts of each rate?"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from checker.engines.columnar.bucket import combinations
from checker.engines.columnar.clock import DAY, local
from checker.engines.columnar.condition import holds
from checker.engines.columnar.coverage import Stretch, unseen
from checker.engines.columnar.instance import judge_triggers
from checker.engines.columnar.pattern import Matched, matched, triggers_of
from checker.engines.columnar.probe import Codes, Flags, Ints
from checker.engines.columnar.sheet import VERDICTS
from checker.engines.columnar.stage import Same, Stage, Triggers
from checker.engines.columnar.truths import FALSE, TRUE, UNKNOWN, Truths, all_of, known, negated, unless_unknown
from checker.interpreter.counting import RateKey, Sums, add_counts, rate_keys
from checker.model.condition import EventPattern
from checker.model.deadline import Duration
from checker.model.event import Value
from checker.model.finding import Counts, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.rule import Classification, Rate, Subject

_NAMES = ("shop_id", "product_ids")
_UNDETERMINED = VERDICTS.index(Verdict.UNDETERMINED)


def rate_sums(stage: Stage, rules: Sequence[Rate], counted: Flags) -> Sums:
    """What the counted orders contribute to every rate of this stage's version."""
    sums: dict[RateKey, Counts] = {}
    for rule in rules:
        member = np.where(counted, _member(stage, rule), FALSE)
        _add_up(stage, rule, (member, _belongs(stage, rule)), sums)
    return sums


def _adds(member: int, belongs: int) -> tuple[int, ...]:
    """What an order adds to the four counts, by what is known of it."""
    is_in = member != FALSE
    unknown = is_in and (belongs == UNKNOWN or (member == UNKNOWN and belongs == TRUE))
    return member == belongs == TRUE, is_in, unknown, member == UNKNOWN and belongs == FALSE


_ADDS = np.array([_adds(*divmod(pair, 3)) for pair in range(9)], np.int64)


def _add_up(stage: Stage, rule: Rate, truths: tuple[Codes, Codes], sums: dict[RateKey, Counts]) -> None:
    """Adds the orders to their shop or products."""
    member, belongs = truths
    members, names = np.flatnonzero(member), _NAMES if rule.per is Subject.PRODUCT else _NAMES[:1]
    facts = [stage.bucket.fact(name).at(members) for name in names]
    examples, which = combinations(facts, len(members))
    pairs = np.bincount(which * 9 + (member * 3 + belongs)[members], minlength=9 * len(examples))
    counts = (pairs.reshape(-1, 9) @ _ADDS).tolist()
    keys, known = _named(Same(stage.policy), Same(rule)), [fact.at(examples).in_rows() for fact in facts]
    for values, counted in zip(zip(*known, strict=True), counts, strict=True):
        part = Counts(*counted)
        for key in keys(*values):
            sums[key] = add_counts(sums[key], part) if key in sums else part


@lru_cache(maxsize=1000)
def _named(policy: Same, rule: Same) -> Callable[..., tuple[RateKey, ...]]:
    """What the interpreter calls the rates that orders of these shops and products count for."""

    @lru_cache(maxsize=100_000, typed=True)
    def keys(*values: Value | None) -> tuple[RateKey, ...]:
        known = {name: value for name, value in zip(_NAMES, values, strict=False) if value is not None}
        return rate_keys(policy.part, rule.part, OrderHistory("", known, {}, ()))

    return keys


def _member(stage: Stage, rule: Rate) -> Codes:
    """Whether each order is in the cohort."""
    found = matched(stage, rule.cohort)
    found = found.at(np.flatnonzero(_in_window(stage, rule, found.rows)))
    triggers = Triggers(stage.bucket, found.rows)
    excluded = [negated(holds(stage, condition, triggers)) for condition in rule.exclude]
    value = all_of(stage.causes, [_truths(found), *excluded], len(found.rows)).value
    of_orders = _any_per_order(stage, found.rows, value)
    return _or_hidden(stage, rule.cohort, of_orders, np.full(len(of_orders), stage.now))


def _truths(found: Matched) -> Truths:
    return unless_unknown(known(np.ones(len(found.rows), np.bool_)), found.cause)


def _or_hidden(stage: Stage, pattern: EventPattern, found: Codes, start: Ints | None) -> Codes:
    """Unknown instead of false where the log cannot show such events."""
    hidden = unseen(stage, pattern.activities, Stretch(np.arange(len(found)), start)) >= 0
    return np.where((found == FALSE) & hidden, UNKNOWN, found)


def _any_per_order(stage: Stage, rows: Ints, value: Codes) -> Codes:
    found = np.full(stage.bucket.count, FALSE)
    for greater in (UNKNOWN, TRUE):
        found[stage.bucket.order[rows[value == greater]]] = greater
    return found


def _in_window(stage: Stage, rule: Rate, rows: Ints) -> Flags:
    """Whether each row's local day is among the days that end with that of `as_of`, moved back by the lag."""
    days, lag = _days(rule.window, stage.policy), _days(rule.lag, stage.policy) or 0
    if days is None:
        return np.ones(len(rows), np.bool_)
    zone = stage.policy.timezone
    last = int(local(np.array([stage.now]), zone)[0]) // DAY - lag
    on = local(stage.bucket.at[rows], zone) // DAY
    return (last - days < on) & (on <= last)


def _days(parameter: str | None, policy: Policy) -> int | None:
    value = None if parameter is None else policy.parameters[parameter].value
    return value.amount if isinstance(value, Duration) and isinstance(value.amount, int) else None


def _belongs(stage: Stage, rule: Rate) -> Codes:
    """Whether each order has an event of the numerator, and of the class that is asked for."""
    found = matched(stage, rule.numerator)
    value = _truths(found).value
    if rule.classified is not None:
        value = np.minimum(value, _classed(stage, rule.classified, triggers_of(stage, rule.numerator)))
    return _or_hidden(stage, rule.numerator, _any_per_order(stage, found.rows, value), None)


def _classed(stage: Stage, classified: tuple[str, str], triggers: Triggers) -> Codes:
    rule_id, wanted = classified
    table = next(r for r in stage.policy.rules if r.head.id == rule_id and isinstance(r, Classification))
    sheet = judge_triggers(stage, table, triggers)
    is_wanted = np.array([case.outcome == wanted for case in table.cases] + [table.otherwise == wanted], np.bool_)
    satisfied = sheet.verdict == VERDICTS.index(Verdict.SATISFIED)
    value = np.where(satisfied & is_wanted[sheet.case], TRUE, FALSE)
    return np.where(sheet.verdict == _UNDETERMINED, UNKNOWN, value)
