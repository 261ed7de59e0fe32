"""What do the policies say of a store? The report that a log gives: all of it counted, a part of it listed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from functools import partial
from pathlib import Path

from checker.changes.baseline import with_baseline
from checker.changes.waiving import lapsed_waivers, with_waivers
from checker.check.log import market_of, stray
from checker.engines.bulk import Outcome
from checker.engines.proving import histories_named, prove
from checker.engines.store import Store, read_account
from checker.engines.survey import Survey
from checker.engines.task import Group, Listing, Most, Task
from checker.model.census import Census, tallied
from checker.model.event import Value
from checker.model.finding import Counts, Finding, RuleRef, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Market, Policy, shared_zone
from checker.model.report import DataProblem, EventLog, Report, Tally
from checker.model.waiver import Waiver

Judge = Callable[[Task], Outcome]
"""Judges a whole store: here, night after night, or on a cluster."""


@dataclass(frozen=True, slots=True)
class StoreAudit:
    """What is asked of a store: which violations are accepted, how much is listed, where tables of all verdicts go.

    `with_cases` asks for the case of every violation in these tables, whether any is accepted or not.
    """

    store: Store
    policies: tuple[Policy, ...]
    as_of: datetime
    most: Most
    waivers: tuple[Waiver, ...] = ()
    known: frozenset[str] = frozenset()
    verdicts: Path | None = None
    is_interpreted: bool = False
    with_cases: bool = False


def check_store(
    asked: StoreAudit, judge: Judge, engine: str, workers: int | None = None
) -> tuple[Report, tuple[Finding, ...]]:
    """The report on every order of a store, and the findings on all rates.

    `judge` gives the verdicts, the interpreter proves what is listed: of each rule the soonest deadlines and the
    violations of the first order ids. Every count is exact; all verdicts are in the tables that were asked for.
    """
    task = task_of(asked)
    outcome = judge(task)
    rates = outcome.findings if task.listing is None or task.listing.accept is None else _accepted(task, outcome)
    histories, findings = prove(task, outcome.survey, workers)
    log, found = read_account(asked.store)
    names = tuple(order_id for _, order_id, _ in outcome.survey.strays)
    problems = (*log.problems, *_problems(asked.store, outcome.survey))
    report = Report(
        findings=(*findings, *listed_rates(rates, asked.most)),
        policies=asked.policies,
        log=replace(log, histories=histories, problems=problems),
        as_of=asked.as_of,
        engine=engine,
        lapsed=lapsed_waivers(asked.waivers, outcome.survey.waived_by, asked.policies, asked.as_of),
        strays=names,
        whole=_census(asked.store, outcome, found),
    )
    return report, tuple(rates)


def task_of(asked: StoreAudit) -> Task:
    """What the engines are asked."""
    accept = partial(_marked, asked) if asked.waivers or asked.known or asked.with_cases else None
    listing = Listing(asked.most, shared_zone(asked.policies), accept, asked.verdicts)
    return Task(asked.store, groups(asked.policies), asked.as_of, listing=listing, is_interpreted=asked.is_interpreted)


def groups(policies: Sequence[Policy]) -> tuple[Group, ...]:
    """The policies by market, each with how its orders are told."""
    markets = {policy.market.id: policy.market for policy in policies}
    every = tuple(markets.values())
    facts = tuple(sorted({"market", *(name for market in every for name in market.orders)}))
    return tuple(
        Group(tuple(p for p in policies if p.market.id == market), partial(belongs, market, every), facts)
        for market in markets
    )


def belongs(market: str, markets: tuple[Market, ...], facts: Mapping[str, Value]) -> bool:
    """Whether an order of these facts is one of the market's."""
    return market_of(facts, markets) == market


def _marked(asked: StoreAudit, findings: Sequence[Finding], histories: Sequence[OrderHistory]) -> tuple[Finding, ...]:
    """The findings on these orders, violations marked where they are waived or known."""
    log = EventLog(tuple(histories), (), Tally(), {}, "")
    report = Report(tuple(findings), asked.policies, log, asked.as_of, "")
    return with_baseline(with_waivers(report, asked.waivers), asked.known).findings


def _accepted(task: Task, outcome: Outcome) -> list[Finding]:
    """The findings on rates, marked and counted so."""
    assert task.listing is not None and task.listing.accept is not None  # noqa: S101
    marked = list(task.listing.accept(outcome.findings, ()))
    outcome.tallies = outcome.tallies - Counter(map(tallied, outcome.findings)) + Counter(map(tallied, marked))
    outcome.survey.waived_by |= {finding.waived_by for finding in marked if finding.waived_by is not None}
    return marked


def listed_rates(rates: Sequence[Finding], most: Most) -> tuple[Finding, ...]:
    """Of each rate the findings that are listed: violations first, the gravest and highest, then the busiest."""
    by_rule: dict[RuleRef, list[Finding]] = defaultdict(list)
    for finding in rates:
        by_rule[finding.rule].append(finding)
    limit = most.get(Verdict.VIOLATED, 0)
    kept = {id(finding) for found in by_rule.values() for finding in sorted(found, key=_gravity)[:limit]}
    return tuple(finding for finding in rates if id(finding) in kept)


def _gravity(rate: Finding) -> tuple[bool, int, Fraction, int, str]:
    is_wrong, counts = rate.verdict is Verdict.VIOLATED, rate.evidence.counts or Counts(0, 0)
    share = counts.share or Fraction(0)
    return not is_wrong, -rate.severity, -share if is_wrong else Fraction(0), -counts.denominator, rate.subject_id


def _problems(store: Store, survey: Survey) -> Iterator[DataProblem]:
    """The first orders of no market, each a problem of the log."""
    for _, order_id, bucket in survey.strays:
        yield from map(stray, histories_named(store, (bucket, (order_id,))))


def _census(store: Store, outcome: Outcome, problems: int) -> Census:
    survey = outcome.survey
    return Census(
        findings=outcome.tallies,
        orders=outcome.orders - outcome.strays,
        events=store.events - survey.stray_events,
        violated=survey.violated,
        unjudged=survey.unjudged,
        cancellations=survey.cancellations,
        problems=problems + outcome.strays,
        strays=outcome.strays,
    )
