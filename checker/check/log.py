"""What do the policies say of a log? The one pipeline: load, annotate messages, choose policies, engine, report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from checker.conversation import annotate
from checker.engines.choice import EngineName, chosen, findings_by
from checker.model.event import Value
from checker.model.history import OrderHistory
from checker.model.lexicon import Lexicon
from checker.model.policy import Market, Policy
from checker.model.report import DataProblem, EventLog, Report

Facts = Mapping[str, Value]
NO_LEXICONS: Mapping[str, Lexicon] = {}


def check(
    log: EventLog,
    policies: Sequence[Policy],
    as_of: datetime,
    lexicons: Mapping[str, Lexicon] = NO_LEXICONS,
    *,
    engine: EngineName = "auto",
) -> Report:
    """The report on every order of the log, each judged by the policies of its market.

    `as_of` is aware UTC and inclusive: nothing later is seen. Without the market's lexicon messages stay unread.
    An order that no policy's market claims is a data problem. `engine` auto takes the sooner one; all agree.
    """
    markets = tuple(_markets(log, policies, lexicons))
    judged = tuple(history for _, histories in markets for history in histories)
    known = {history.order_id for history in judged}
    strays = tuple(stray(history) for history in log.histories if history.order_id not in known)
    findings = findings_by(engine, len(judged))
    return Report(
        findings=tuple(found for chosen, histories in markets for found in findings(histories, chosen, as_of)),
        policies=tuple(policies),
        log=replace(log, histories=judged, problems=(*log.problems, *strays)),
        as_of=as_of,
        engine=chosen(engine, len(judged)),
        strays=tuple(history.order_id for history in log.histories if history.order_id not in known),
    )


def orders_of(
    log: EventLog, policies: Sequence[Policy], lexicons: Mapping[str, Lexicon] = NO_LEXICONS
) -> tuple[OrderHistory, ...]:
    """The orders of the log that these policies judge, their messages read."""
    return tuple(history for _, histories in _markets(log, policies, lexicons) for history in histories)


def read_messages(
    histories: Iterable[OrderHistory], policies: Sequence[Policy], lexicons: Mapping[str, Lexicon]
) -> Iterator[OrderHistory]:
    """All these orders, with their messages read where their market has a lexicon."""
    markets = {policy.market.id: policy.market for policy in policies}
    for history in histories:
        place = market_of(history.facts, markets.values())
        lexicon = None if place is None else lexicons.get(markets[place].lexicon or "")
        yield history if lexicon is None else annotate(history, lexicon)


def _markets(
    log: EventLog, policies: Sequence[Policy], lexicons: Mapping[str, Lexicon]
) -> Iterator[tuple[tuple[Policy, ...], tuple[OrderHistory, ...]]]:
    """Each market's policies, with its orders and what their messages mean."""
    markets = {policy.market.id: policy.market for policy in policies}
    placed = [(market_of(history.facts, markets.values()), history) for history in log.histories]
    for market in markets.values():
        chosen = tuple(policy for policy in policies if policy.market.id == market.id)
        lexicon = lexicons.get(market.lexicon or "")
        orders = (history for place, history in placed if place == market.id)
        yield chosen, tuple(history if lexicon is None else annotate(history, lexicon) for history in orders)


def market_of(facts: Facts, markets: Iterable[Market]) -> str | None:
    """The market that an order of these facts belongs to, None where it is none of these or open between several.

    Of two that could have the order the one that names more of its facts has it: cross-border shops have policies of
    their own.
    """
    named = ((_facts_named(facts, market), market.id) for market in markets)
    fitting = [(count, market) for count, market in named if count is not None]
    if "market" in facts:
        most = max(fitting, default=(0, ""))[0]
        fitting = [(count, market) for count, market in fitting if count == most]
    return fitting[0][1] if len(fitting) == 1 else None


def _facts_named(facts: Facts, market: Market) -> int | None:
    """How many of the market's facts the order is known to have, None where one is known to differ."""
    values = [(facts.get(fact), wanted) for fact, wanted in market.orders.items()]
    if any(value is not None and value not in wanted for value, wanted in values):
        return None
    return sum(value is not None for value, _ in values)


def stray(history: OrderHistory) -> DataProblem:
    """The problem that an order is to its log which no policy's market claims."""
    ref = next((ref for event in history.events for ref in event.refs), None)
    market = history.facts.get("market", "unknown")
    return DataProblem(
        path=ref.path if ref else "",
        line=ref.line if ref else None,
        reason=f"order `{history.order_id}` is of market `{market}`, which no policy here judges",
        hint="choose that market's policies with --policy, or say the orders' market with --market",
    )
