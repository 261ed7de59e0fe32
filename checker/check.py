"""What do the policies say of a log? The one pipeline: load, annotate messages, choose policies, engine, report."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from checker.engines.reference import findings
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.report import DataProblem, EventLog, Report


def check(log: EventLog, policies: Sequence[Policy], as_of: datetime) -> Report:
    """The report on every order of the log, each judged by the policies of its market.

    `as_of` is aware UTC and inclusive: nothing later is seen. An order of a market without a policy is a data problem.
    """
    chosen = tuple(policies)
    judged = tuple(history for history in log.histories if _belongs(history, chosen))
    strays = tuple(_stray(history) for history in log.histories if not _belongs(history, chosen))
    return Report(
        findings=findings(judged, chosen, as_of),
        policies=chosen,
        log=replace(log, problems=(*log.problems, *strays)) if strays else log,
        as_of=as_of,
        engine="reference",
    )


def _belongs(history: OrderHistory, policies: Sequence[Policy]) -> bool:
    """Whether the order is, for all that is known, of a market that a policy judges."""
    market = history.facts.get("market")
    return market is None or any(policy.market.id.rpartition(".")[2].upper() == market for policy in policies)


def _stray(history: OrderHistory) -> DataProblem:
    ref = next((ref for event in history.events for ref in event.refs), None)
    return DataProblem(
        path=ref.path if ref else "",
        line=ref.line if ref else None,
        reason=f"order `{history.order_id}` is of market `{history.facts['market']}`, which no chosen policy judges",
        hint="choose that market's policies with --policy",
    )
