"""Which orders would a new version judge differently, in which direction, and because of what?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from checker.changes.diff import difference
from checker.changes.timeline import always, upcoming
from checker.model.case import case_key
from checker.model.difference import Difference, Direction, Kind, PolicyDifference
from checker.model.finding import Finding, Verdict
from checker.model.history import OrderHistory
from checker.model.impact import Impact, Judged, VerdictChange
from checker.model.policy import Policy
from checker.model.report import Report
from checker.model.rule import Classification, Rate, Subject

Engine = Callable[[Sequence[OrderHistory], Sequence[Policy], datetime], tuple[Finding, ...]]
BATCH = 20_000
"""Orders judged under both versions at once: only what changes outlives its batch."""


def unsieved(
    orders: Sequence[OrderHistory], old: Policy, new: Policy, as_of: datetime
) -> tuple[Sequence[OrderHistory], int]:
    """Every order may be judged differently, and no verdict is settled."""
    return orders, 0


@dataclass(frozen=True, slots=True)
class Bench:
    """What judges: an engine, and a sieve: which orders are worth it, and how many verdicts the others have."""

    engine: Engine
    sieve: Callable[[Sequence[OrderHistory], Policy, Policy, datetime], tuple[Sequence[OrderHistory], int]] = unsieved


@dataclass(frozen=True, slots=True)
class Replay:
    """The two versions, each as if always in force, the moment, and what judges."""

    found: PolicyDifference
    as_of: datetime
    bench: Bench


def impact(old: Policy, new: Policy, histories: Sequence[OrderHistory], as_of: datetime, bench: Bench) -> Impact:
    """Every case that the two versions judge differently at `as_of`, order by order, then the rates.

    `cases` counts the verdicts of both versions, a case that both judge once.
    """
    replay = Replay(difference(old, new), as_of, bench)
    changes: list[VerdictChange] = []
    cases = 0
    for batch in _batches(histories):
        orders, settled = bench.sieve(batch, _duties(old), _duties(new), as_of)
        before, after = _judged(replay, old, orders), _judged(replay, new, orders)
        cases += settled + len(before | after)
        shops = {order.order_id: order.facts.get("shop_id") for order in orders}
        changes += _changes(replay.found, before, after, shops)
    before, after = _rates(replay, old, histories), _rates(replay, new, histories)
    cases += len(before | after)
    changes += _changes(replay.found, before, after, {})
    return Impact(replay.found, as_of, len(histories), cases, tuple(changes))


def with_upcoming(report: Report, bench: Bench) -> Report:
    """The report with what each version that is announced and not yet in force would do to its orders."""
    coming = upcoming(report.policies, report.as_of)
    return replace(report, upcoming=tuple(_of_orders(old, new, report, bench) for old, new in coming))


def _of_orders(old: Policy, new: Policy, report: Report, bench: Bench) -> Impact:
    judged = {finding.subject_id for finding in report.findings if finding.rule.policy == new.id}
    orders = tuple(history for history in report.log.histories if history.order_id in judged)
    return impact(old, new, orders, report.as_of, bench)


def _batches(histories: Iterable[OrderHistory]) -> Iterator[tuple[OrderHistory, ...]]:
    rest = iter(histories)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


def _judged(replay: Replay, policy: Policy, orders: Sequence[OrderHistory]) -> dict[str, Finding]:
    """The findings on the orders by their case; rates need all orders and are left out."""
    return _by_case(replay, replay.bench.engine(orders, (_duties(policy),), replay.as_of))


def _duties(policy: Policy) -> Policy:
    """The version without its rates, as if always in force."""
    return always(replace(policy, rules=tuple(rule for rule in policy.rules if not isinstance(rule, Rate))))


def _rates(replay: Replay, policy: Policy, histories: Sequence[OrderHistory]) -> dict[str, Finding]:
    kept = tuple(rule for rule in policy.rules if isinstance(rule, (Rate, Classification)))
    if not any(isinstance(rule, Rate) for rule in kept):
        return {}
    found = replay.bench.engine(histories, (always(replace(policy, rules=kept)),), replay.as_of)
    return _by_case(replay, (finding for finding in found if finding.evidence.counts is not None))


def _by_case(replay: Replay, findings: Iterable[Finding]) -> dict[str, Finding]:
    """By a key that a renamed rule keeps; cases that no key tells apart are numbered."""
    renamed = {old: new for new, old in replay.found.renamed.items()}
    found: dict[str, Finding] = {}
    for finding in findings:
        name = renamed.get(finding.rule.rule, finding.rule.rule)
        key = base = case_key(replace(finding, rule=replace(finding.rule, rule=name)))
        number = 1
        while key in found:
            number += 1
            key = f"{base}#{number}"
        found[key] = finding
    return found


def _changes(
    found: PolicyDifference, before: Mapping[str, Finding], after: Mapping[str, Finding], shops: Mapping[str, object]
) -> Iterator[VerdictChange]:
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        old, new = _said(one), _said(other)
        if not _is_same(old, new):
            yield _change(found, one, other, _direction(old, new), shops)


def _said(finding: Finding | None) -> Judged | None:
    if finding is None:
        return None
    due = finding.evidence.due if finding.verdict is Verdict.PENDING else None
    return Judged(finding.verdict, finding.outcome, None if due is None else due.due_at)


def _is_same(old: Judged | None, new: Judged | None) -> bool:
    """Whether nobody would see a difference; a case that does not apply is as good as none."""
    idle = (None, Verdict.NOT_APPLICABLE)
    if (old and old.verdict) in idle and (new and new.verdict) in idle:
        return True
    return old == new


def _direction(old: Judged | None, new: Judged | None) -> Direction:
    was, becomes = (side is not None and side.verdict is Verdict.VIOLATED for side in (old, new))
    if was is not becomes:
        return Direction.STRICTER if becomes else Direction.LOOSER
    if old is None or new is None or old.due_at is None or new.due_at is None or old.due_at == new.due_at:
        return Direction.UNCLEAR
    return Direction.STRICTER if new.due_at < old.due_at else Direction.LOOSER


def _change(
    found: PolicyDifference,
    before: Finding | None,
    after: Finding | None,
    direction: Direction,
    shops: Mapping[str, object],
) -> VerdictChange:
    finding = after or before
    assert finding is not None  # noqa: S101 - one of the two sides has the case
    trigger = finding.evidence.trigger
    rule = found.renamed.get(finding.rule.rule, finding.rule.rule) if after is None else finding.rule.rule
    shop = finding.subject_id if finding.subject is Subject.SHOP else shops.get(finding.subject_id)
    return VerdictChange(
        rule=rule,
        subject=finding.subject,
        subject_id=finding.subject_id,
        shop_id=None if shop is None else str(shop),
        activity=None if trigger is None else trigger.activity.value,
        occurred_at=None if trigger is None else trigger.occurred_at,
        day=None if trigger is None else trigger.occurred_at.astimezone(ZoneInfo(found.new.timezone)).date(),
        before=_said(before),
        after=_said(after),
        direction=direction,
        because=_because(found, rule),
    )


def _because(found: PolicyDifference, rule_id: str) -> tuple[Difference, ...]:
    """The differences inside the rule, inside the table whose class it counts, and of the version as a whole."""
    rules = {rule.head.id: rule for policy in (found.old, found.new) for rule in policy.rules}
    rule = rules.get(rule_id)
    names = {rule_id, *((rule.classified[0],) if isinstance(rule, Rate) and rule.classified else ())}
    inside = tuple(d for d in found.differences if d.rule in names and d.direction is not Direction.NEUTRAL)
    around = tuple(d for d in found.differences if d.kind is Kind.VERSION_CHANGED)
    values = tuple(d for d in found.differences if d.rule is None and d.direction is Direction.UNCLEAR)
    return (*inside, *around) or values
