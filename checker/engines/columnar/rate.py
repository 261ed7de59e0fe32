"""What do the orders of a bucket add to the counts of each rate?"""

from collections.abc import Sequence

import numpy as np

from checker.engines.columnar.clock import DAY, local
from checker.engines.columnar.condition import holds
from checker.engines.columnar.coverage import Stretch, unseen
from checker.engines.columnar.instance import judge_triggers
from checker.engines.columnar.pattern import matched
from checker.engines.columnar.probe import Codes, Flags, Ints, distinct
from checker.engines.columnar.sheet import VERDICTS
from checker.engines.columnar.stage import Stage
from checker.engines.columnar.truths import FALSE, TRUE, UNKNOWN, all_of, negated
from checker.interpreter.counting import RateKey, Sums, add_counts, rate_keys
from checker.model.condition import EventPattern
from checker.model.deadline import Duration
from checker.model.finding import Counts, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.rule import Classification, Rate, Subject

_UNDETERMINED = VERDICTS.index(Verdict.UNDETERMINED)


def rate_sums(stage: Stage, rules: Sequence[Rate], counted: Flags) -> Sums:
    """What the counted orders contribute to every rate of this stage's version."""
    sums: dict[RateKey, Counts] = {}
    for rule in rules:
        member, belongs = _member(stage, rule), _belongs(stage, rule)
        is_member = counted & (member != FALSE)
        columns = (
            is_member & (member == TRUE) & (belongs == TRUE),
            is_member,
            is_member & ((belongs == UNKNOWN) | ((member == UNKNOWN) & (belongs == TRUE))),
            is_member & (member == UNKNOWN) & (belongs == FALSE),
        )
        _add_up(stage, rule, columns, sums)
    return sums


def _add_up(stage: Stage, rule: Rate, columns: Sequence[Flags], sums: dict[RateKey, Counts]) -> None:
    """Adds the orders to their shop or products; the interpreter names these once per distinct pair of facts."""
    facts = {name: stage.bucket.fact(name) for name in ("shop_id", "product_ids")}
    members = np.flatnonzero(columns[1])
    shops, products = facts["shop_id"], facts["product_ids"]
    keys = shops.codes[members] + 1
    if rule.per is Subject.PRODUCT:
        keys = (products.codes[members] + 1) * (len(shops.values) + 1) + keys
    places, which = distinct(keys)
    counts = [np.bincount(which[column[members]], minlength=len(places)) for column in columns]
    for number, order in enumerate(members[places].tolist()):
        known = {name: fact.values[fact.codes[order]] for name, fact in facts.items() if fact.codes[order] >= 0}
        part = Counts(*(int(count[number]) for count in counts))
        for key in rate_keys(stage.policy, rule, OrderHistory("", known, {}, ())):
            sums[key] = add_counts(sums[key], part) if key in sums else part


def _member(stage: Stage, rule: Rate) -> Codes:
    """Whether each order is in the cohort."""
    rows, truths = matched(stage, rule.cohort)
    within = np.flatnonzero(_in_window(stage, rule, rows))
    rows, truths = rows[within], truths.at(within)
    excluded = [negated(holds(stage, condition, rows)) for condition in rule.exclude]
    found = _any_per_order(stage, rows, all_of(stage.causes, [truths, *excluded], len(rows)).value)
    return _or_hidden(stage, rule.cohort, found, np.full(len(found), stage.now))


def _or_hidden(stage: Stage, pattern: EventPattern, found: Codes, start: Ints | None) -> Codes:
    """Unknown instead of false where the log cannot show such events."""
    hidden = unseen(stage, pattern.activities, Stretch(np.arange(len(found)), start)) >= 0
    return np.where((found == FALSE) & hidden, np.uint8(UNKNOWN), found)


def _any_per_order(stage: Stage, rows: Ints, value: Codes) -> Codes:
    found = np.full(len(stage.bucket.order_ids), FALSE, np.uint8)
    np.maximum.at(found, stage.bucket.order[rows], value)
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
    rows, truths = matched(stage, rule.numerator)
    value = truths.value
    if rule.classified is not None:
        value = np.minimum(value, _classed(stage, rule.classified, rows))
    return _or_hidden(stage, rule.numerator, _any_per_order(stage, rows, value), None)


def _classed(stage: Stage, classified: tuple[str, str], rows: Ints) -> Codes:
    rule_id, wanted = classified
    table = next(r for r in stage.policy.rules if r.head.id == rule_id and isinstance(r, Classification))
    sheet = judge_triggers(stage, table, rows)
    is_wanted = np.array([case.outcome == wanted for case in table.cases] + [table.otherwise == wanted], np.bool_)
    satisfied = sheet.verdict == VERDICTS.index(Verdict.SATISFIED)
    value = np.where(satisfied & is_wanted[sheet.case], np.uint8(TRUE), np.uint8(FALSE))
    return np.where(sheet.verdict == _UNDETERMINED, np.uint8(UNKNOWN), value)
