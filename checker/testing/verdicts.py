"""Did the audit find what a test expects?"""

from collections.abc import Sequence
from datetime import datetime

from checker.harness.engines import engines
from checker.model.finding import Finding, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy


def findings_of(history: OrderHistory, policies: Sequence[Policy], as_of: datetime) -> tuple[Finding, ...]:
    """All findings on one order, rates included. Raises: AssertionError where the engines do not agree."""
    (_, definition), *others = engines()
    found = definition((history,), policies, as_of)
    for name, engine in others:
        if engine((history,), policies, as_of) != found:
            raise AssertionError(f"engine `{name}` differs from the definition on order `{history.order_id}`")
    return found


def assert_verdict(
    history: OrderHistory, policies: Sequence[Policy], rule: str, verdict: str | Verdict, *, as_of: datetime
) -> Finding:
    """The one finding of the rule on the order. Raises: AssertionError where there is not one, or another verdict."""
    known = {one.head.id for policy in policies for one in policy.rules}
    if rule not in known:
        raise AssertionError(f"no rule `{rule}`; expected one of {', '.join(sorted(known))}")
    found = [finding for finding in findings_of(history, policies, as_of) if finding.rule.rule == rule]
    if len(found) != 1:
        raise AssertionError(f"rule `{rule}` has {len(found)} findings; expected one, {Verdict(verdict).value}")
    (finding,) = found
    if finding.verdict is not Verdict(verdict):
        reason = finding.evidence.reason.value
        missing = f", missing {', '.join(finding.evidence.missing)}" if finding.evidence.missing else ""
        told = f"{finding.verdict.value} ({reason}{missing})"
        raise AssertionError(f"rule `{rule}` is {told}; expected {Verdict(verdict).value}")
    return finding
