"""Does every finding become the right sentence in three languages?"""

from dataclasses import replace
from typing import get_args

import pytest

from checker.model.finding import Due, Evidence, Reason, Verdict
from checker.reports.phrases import Lang
from checker.reports.wording import Wording

SENTENCES = {
    Reason.DONE: (
        "seller approved the cancellation on Mon 1 Dec 12:00 JST, 1 d 22 h before the due time",
        "12月1日(月) 12:00 JST に出店者がキャンセルを承認。期限の1日22時間前",
        "12月1日 周一 12:00 JST 商家批准取消，距期限还有1天22小时",
    ),
    Reason.LATE: (
        "seller approved the cancellation on Wed 3 Dec 11:20 JST, late by 1 h 20 min",
        "12月3日(水) 11:20 JST に出店者がキャンセルを承認。期限を1時間20分超過",
        "12月3日 周三 11:20 JST 商家批准取消，逾期1小时20分",
    ),
    Reason.NOT_DONE: (
        (
            "the due time passed without answer to the cancellation request by the seller; "
            "then platform approved the cancellation on Wed 3 Dec 10:00:02 JST"
        ),
        (
            "期限までに出店者によるキャンセル申請への回答がない。"
            "その後 12月3日(水) 10:00:02 JST にプラットフォームがキャンセルを承認"
        ),
        "截至期限没有商家的取消申请答复；随后 12月3日 周三 10:00:02 JST 平台批准取消",
    ),
    Reason.OPEN: (
        "answer to the cancellation request by the seller is due in 12 h",
        "出店者によるキャンセル申請への回答の期限まで残り12時間",
        "商家的取消申请答复，期限还剩12小时",
    ),
    Reason.HAPPENED: (
        "seller sent a message (“キャンセルをお願い”) on Mon 1 Dec 09:20 JST",
        "12月1日(月) 09:20 JST に出店者がメッセージを送信（“キャンセルをお願い”）",
        "12月1日 周一 09:20 JST 商家发送消息（“キャンセルをお願い”）",
    ),
    Reason.NOT_PRECEDED: (
        "buyer cancelled the order on Mon 1 Dec 12:00 JST without what must come first: approval of the cancellation",
        "12月1日(月) 12:00 JST に購入者が注文をキャンセル。先に必要なものがない: キャンセルの承認",
        "12月1日 周一 12:00 JST 买家取消订单，此前缺少：批准取消",
    ),
    Reason.CLASSIFIED: ("seller: the seller asked", "出店者: 出店者の依頼", "商家：应商家要求"),
    Reason.OVER_LIMIT: (
        "3 of 40 = 7.50%, over the limit 2.5%",
        "40件中3件 = 7.50%。上限2.5%を超過",
        "40单中3单 = 7.50%，超过上限2.5%",
    ),
    Reason.GIVEN_EXCLUDES: (
        "it does not apply here; it needs: the order is not yet in transit",
        "ここでは対象外。条件: 注文がまだ「輸送中」になっていない",
        "此处不适用，适用条件：订单尚未进入“运输中”",
    ),
    Reason.NOT_OBSERVED: (
        "this log cannot show: messages, disputes",
        "このログでは分からない: メッセージ、紛争",
        "此日志无法显示：消息、平台介入",
    ),
    Reason.NOT_PUBLISHED: (
        "3 of 40 = 7.50%, 1 unclear; not published: fault_limit",
        "40件中3件 = 7.50%（不明1件）。公表されていない: fault_limit",
        "40单中3单 = 7.50%（1单不明），未公布：fault_limit",
    ),
}


def wording(made, lang="en"):
    return Wording(lang, (made.policy(),), made.AS_OF)


def test_every_reason_is_made(made):
    """The findings that these tests rest on cover every reason and every verdict."""
    assert set(made.every_reason()) == set(Reason)
    assert {finding.verdict for finding in made.every_reason().values()} == set(Verdict)


@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_reason_has_a_sentence(made, lang):
    """Every reason becomes a sentence without gaps."""
    say = wording(made, lang)
    for finding in made.every_reason().values():
        told = say.sentence(finding)
        assert told.strip() == told != ""
        assert not {"{", "}", "None", "  "} & {told[i : i + n] for n in (1, 2, 4) for i in range(len(told))}


@pytest.mark.parametrize("reason", SENTENCES)
def test_sentence(made, reason):
    """The sentence in English, Japanese and Chinese."""
    finding = made.every_reason()[reason]
    assert tuple(wording(made, lang).sentence(finding) for lang in ("en", "ja", "zh")) == SENTENCES[reason]


def evidence(made, **fields):
    finding = made.every_reason()[Reason.OPEN]
    return replace(finding, evidence=replace(finding.evidence, **fields))


def test_open_variants(made):
    """Due now, without a limit, forbidden for a time, and forbidden for good are told apart."""
    say = wording(made)
    watched = replace(made.every_reason()[Reason.OPEN], rule=made.every_reason()[Reason.HAPPENED].rule)
    assert say.sentence(evidence(made, due=Due(made.AS_OF, "Asia/Tokyo"))) == (
        "answer to the cancellation request by the seller is due this very instant"
    )
    assert say.sentence(evidence(made, due=None)) == (
        "answer to the cancellation request by the seller is still awaited; the policy states no time limit"
    )
    assert say.sentence(watched) == "no message by the seller so far; it stays forbidden for 12 h"
    assert say.sentence(replace(watched, evidence=Evidence(Reason.OPEN))) == (
        "no message by the seller so far; it can still happen until the order is closed"
    )


def test_done_variants(made):
    """An answer at the very due time counts, and one without a limit says so."""
    done, say = made.every_reason()[Reason.DONE], wording(made)
    at_due = replace(done.evidence.decisive, occurred_at=made.DUE_AT)
    assert say.sentence(replace(done, evidence=replace(done.evidence, decisive=at_due))) == (
        "seller approved the cancellation on Wed 3 Dec 10:00 JST, exactly at the due time, which still counts"
    )
    assert say.sentence(replace(done, evidence=replace(done.evidence, due=None))) == (
        "seller approved the cancellation on Mon 1 Dec 12:00 JST; the policy states no time limit"
    )


def test_not_done_alone(made):
    """Where nothing came after, the sentence says how long it has been overdue."""
    finding = made.every_reason()[Reason.NOT_DONE]
    alone = replace(finding, evidence=replace(finding.evidence, used=()))
    assert wording(made).sentence(alone) == (
        "the due time passed without answer to the cancellation request by the seller; 2 h overdue"
    )


def test_inferred_events_are_marked(made):
    """What a source did not say itself is marked."""
    assert wording(made).event(replace(made.TIMED_OUT, inferred=True)) == (
        "platform approved the cancellation (inferred)"
    )
    assert wording(made, "ja").event(replace(made.TIMED_OUT, inferred=True)) == (
        "プラットフォームがキャンセルを承認（推定）"
    )


def test_assumed_parameters_are_marked(made):
    """A finding that rests on the shop's own value says so."""
    assert wording(made).assumed(evidence(made, assumed=("dispatch",))) == "assumed by the shop: dispatch"
    assert wording(made).assumed(evidence(made)) is None


def test_settled_by(made):
    """An undetermined finding names the data that would settle it."""
    say = wording(made)
    assert say.settled_by(Reason.NOT_OBSERVED, ("messages",)) == ("add the messages of the API or webhook type 14")
    assert say.settled_by(Reason.FIELD_MISSING, ("latest_estimated_delivery",)) == (
        "a log that says: latest estimated delivery date"
    )


def test_search(made):
    """A search that found nothing tells where it looked."""
    reasons = made.every_reason()
    assert wording(made).searched(reasons[Reason.LATE]) == (
        "searched Mon 1 Dec 10:00 JST to Wed 3 Dec 10:00 JST: nothing"
    )
    assert wording(made).searched(reasons[Reason.DID_NOT_HAPPEN]) == "searched up to Wed 3 Dec 12:00 JST: nothing"
    assert wording(made).searched(reasons[Reason.DONE]) is None


def test_unknown_version(made):
    """A finding of a version that is not at hand is still told, by the rule's id."""
    say = Wording("en", (), made.AS_OF)
    finding = made.every_reason()[Reason.LATE]
    assert say.title(finding.rule) == "seller_answers"
    assert say.sentence(finding) == "seller approved the cancellation on Wed 3 Dec 11:20 JST, late by 1 h 20 min"


def test_each_market_has_its_own_clock(made):
    """Beside a policy of another zone a finding is still told in its own, and what they share is told in UTC."""
    jp = made.policy()
    say = Wording("en", (jp, replace(jp, id="tiktok_shop.th.x", timezone="Asia/Bangkok")), made.AS_OF)
    assert say.sentence(made.every_reason()[Reason.HAPPENED]).endswith("on Mon 1 Dec 09:20 JST")
    assert say.clock.instant(made.AS_OF) == "Wed 3 Dec 03:00 UTC"
