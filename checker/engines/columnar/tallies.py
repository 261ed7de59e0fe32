"""How many verdicts of each kind are there? Counted by number, without making one of them."""

from collections import Counter

import numpy as np

from checker.engines.columnar.audit import Audit, Part
from checker.engines.columnar.classification import outcome
from checker.engines.columnar.probe import NEVER, Ints
from checker.engines.columnar.sheet import NO_CLASS, REASONS, VERDICTS
from checker.engines.columnar.watch import provisional_orders
from checker.model.census import Standing, Tallied, Tallies
from checker.model.finding import RuleRef, Verdict
from checker.model.rule import Classification

_PENDING = VERDICTS.index(Verdict.PENDING)


def tallies(audited: Audit, now: int) -> Tallies:
    """The verdicts of an audit at `now`, counted; hard orders are not among them."""
    found: Tallies = Counter()
    provisional = provisional_orders(audited.bucket, now)
    easy = ~audited.hard if audited.hard.any() else None
    for part in audited.parts:
        keys = _keys(audited, part) * 2 + provisional[part.orders]
        counts = np.bincount(keys if easy is None else keys[easy[part.orders]])
        for key in np.flatnonzero(counts).tolist():
            found[_tallied(audited, part, key)] += int(counts[key])
    return found


def _keys(audited: Audit, part: Part) -> Ints:
    """A number for what each verdict is counted with: itself, its reason or cause, its class, whether it is dated."""
    sheet = part.sheet
    why = np.where(sheet.cause >= 0, len(REASONS) + sheet.cause, sheet.reason)
    keys: Ints = sheet.verdict * np.int64(len(REASONS) + len(audited.causes.known)) + why
    if isinstance(part.rule, Classification):
        keys = keys * _cases(part) + sheet.case - NO_CLASS
    numbers: Ints = keys * 2 + ((sheet.verdict == _PENDING) & (sheet.due != NEVER))
    return numbers


def _cases(part: Part) -> int:
    """How many rows of a decision table a verdict can rest on, with `otherwise` and no class."""
    return len(part.rule.cases) - NO_CLASS if isinstance(part.rule, Classification) else 1


def _tallied(audited: Audit, part: Part, key: int) -> Tallied:
    key, provisional = divmod(key, 2)
    key, dated = divmod(key, 2)
    key, case = divmod(key, _cases(part))
    verdict, why = divmod(key, len(REASONS) + len(audited.causes.known))
    rule, given = part.rule, VERDICTS[verdict]
    cause = audited.causes.known[why - len(REASONS)] if why >= len(REASONS) else None
    return Tallied(
        rule=RuleRef(part.policy.id, rule.head.id, part.policy.effective),
        severity=rule.head.severity,
        verdict=given,
        reason=REASONS[why] if cause is None else cause.reason,
        missing=() if cause is None else cause.missing,
        outcome=outcome(rule, given, case + NO_CLASS) if isinstance(rule, Classification) else None,
        standing=Standing.NEW if given is Verdict.VIOLATED else None,
        is_dated=bool(dated),
        provisional=bool(provisional),
    )
