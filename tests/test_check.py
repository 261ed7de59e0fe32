"""Does the pipeline judge each order by the policies of its market, and lose none?"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checker.check import check
from checker.loading.lexicons import load_lexicons
from checker.loading.logs import load_log
from checker.loading.policies import load_policies, shipped_policies
from checker.model.finding import Verdict

AS_OF = datetime(2026, 2, 1, 1, tzinfo=UTC)
LOG = Path(__file__).parents[1] / "examples" / "canonical_events.jsonl"


@pytest.fixture(scope="module")
def log():
    return load_log((LOG,))


@pytest.fixture(scope="module")
def policies():
    return tuple(policy for policy in load_policies() if policy.market.id == "tiktok_shop.jp")


def violated(report, order):
    return {f.rule.rule for f in report.findings if f.subject_id == order and f.verdict is Verdict.VIOLATED}


def test_every_order_is_judged(log, policies):
    """Each order of the market gets findings."""
    report = check(log, policies, AS_OF)
    assert {history.order_id for history in log.histories} <= {finding.subject_id for finding in report.findings}
    assert (report.as_of, report.policies, report.log.tally) == (AS_OF, policies, log.tally)


def test_messages_are_read(log, policies):
    """With the market's lexicon a message that asks the buyer to cancel is found; without it nobody read it."""
    rule, order = "seller_does_not_ask_buyer_to_cancel", "582300000000000105"
    assert rule in violated(check(log, policies, AS_OF, load_lexicons(shipped_policies() / "lexicons")), order)
    assert rule not in violated(check(log, policies, AS_OF), order)


def test_orders_of_other_markets_are_told(log, policies):
    """An order of a market without a policy is not judged by another market's, and is a data problem."""
    stray = replace(log.histories[0], facts={**log.histories[0].facts, "market": "TH"})
    report = check(replace(log, histories=(stray, *log.histories[1:])), policies, AS_OF)
    assert stray.order_id not in {finding.subject_id for finding in report.findings}
    assert report.log.problems[-1].reason == (
        f"order `{stray.order_id}` is of market `TH`, which no policy here judges"
    )


def test_unknown_market(log, policies):
    """An order whose market is not known is judged by the only market there is, and by none of several."""
    unknown = replace(log.histories[0], facts={})
    alone = replace(log, histories=(unknown,))
    assert check(alone, policies, AS_OF).findings
    other = replace(policies[0], id="tiktok_shop.th.x", market=replace(policies[0].market, id="x"))
    report = check(alone, (policies[0], other), AS_OF)
    assert report.findings == ()
    assert "market `unknown`" in report.log.problems[0].reason
