"""What do the policies say of a log? The one pipeline: load, annotate messages, choose policies, engine, report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from checker.conversation import annotate
from checker.engines.reference import findings
from checker.model.history import OrderHistory
from checker.model.lexicon import Lexicon
from checker.model.policy import Policy
from checker.model.report import DataProblem, EventLog, Report

NO_LEXICONS: Mapping[str, Lexicon] = {}


def check(
    log: EventLog, policies: Sequence[Policy], as_of: datetime, lexicons: Mapping[str, Lexicon] = NO_LEXICONS
) -> Report:
    """The report on every order of the log, each judged by the policies of its market.

    `as_of` is aware UTC and inclusive: nothing later is seen. Without the market's lexicon messages stay unread.
    An order that no policy's market claims is a data problem.
    """
    markets = tuple(_markets(log, policies, lexicons))
    judged = tuple(history for _, histories in markets for history in histories)
    known = {history.order_id for history in judged}
    strays = tuple(_stray(history) for history in log.histories if history.order_id not in known)
    return Report(
        findings=tuple(found for chosen, histories in markets for found in findings(histories, chosen, as_of)),
        policies=tuple(policies),
        log=replace(log, histories=judged, problems=(*log.problems, *strays)),
        as_of=as_of,
        engine="reference",
    )


def _markets(
    log: EventLog, policies: Sequence[Policy], lexicons: Mapping[str, Lexicon]
) -> Iterator[tuple[tuple[Policy, ...], tuple[OrderHistory, ...]]]:
    """Each market's policies, with its orders and what their messages mean."""
    markets = tuple(dict.fromkeys(policy.market.id for policy in policies))
    for market in markets:
        chosen = tuple(policy for policy in policies if policy.market.id == market)
        lexicon = lexicons.get(chosen[0].market.lexicon or "")
        orders = (history for history in log.histories if _market(history, markets) == market)
        yield chosen, tuple(history if lexicon is None else annotate(history, lexicon) for history in orders)


def _market(history: OrderHistory, markets: Sequence[str]) -> str | None:
    """The market that the order belongs to, None where it is none of these or open between several."""
    code = history.facts.get("market")
    fitting = [market for market in markets if code is None or market.rpartition(".")[2].upper() == code]
    return fitting[0] if len(fitting) == 1 else None


def _stray(history: OrderHistory) -> DataProblem:
    ref = next((ref for event in history.events for ref in event.refs), None)
    market = history.facts.get("market", "unknown")
    return DataProblem(
        path=ref.path if ref else "",
        line=ref.line if ref else None,
        reason=f"order `{history.order_id}` is of market `{market}`, which no policy here judges",
        hint="choose that market's policies with --policy",
    )
