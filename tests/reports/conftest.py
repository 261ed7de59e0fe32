"""Hand-made policies, events and findings, so that reports can be tested without an interpreter."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from checker.model.activity import Activity, Observable
from checker.model.condition import EventPattern, OneOf, Seen, State, StateRelation
from checker.model.deadline import Calendar, Deadline, Duration, Unit
from checker.model.event import Actor, Event, SourceRef
from checker.model.finding import Counts, Due, DueStep, Evidence, Finding, Reason, RuleRef, Search, Verdict
from checker.model.history import OrderHistory, Span
from checker.model.policy import (
    Change,
    Confidence,
    EffectiveBasis,
    Market,
    OpenWindows,
    Parameter,
    Percent,
    Policy,
    Source,
)
from checker.model.report import DataProblem, EventLog, Report, Tally
from checker.model.rule import (
    AppliesBy,
    Bearer,
    Case,
    Citation,
    Classification,
    Limit,
    Location,
    Obligation,
    Precedence,
    Prohibition,
    Rate,
    Rule,
    RuleHead,
    Severity,
    Subject,
    Text,
)

POLICY, EFFECTIVE = "tiktok_shop.jp.order_cancellation", date(2025, 10, 28)
AS_OF = datetime(2025, 12, 3, 3, 0, tzinfo=UTC)
ASKED_AT = datetime(2025, 12, 1, 1, 0, tzinfo=UTC)
DUE_AT = ASKED_AT + timedelta(hours=48)
ORDER, SHOP = "582300000000000103", "7495000000000000001"
ANSWERS = (Activity.CANCEL_APPROVED, Activity.CANCEL_REJECTED)


def text(zh: str, ja: str, en: str) -> Text:
    return {"zh": zh, "ja": ja, "en": en}


def pattern(*activities: Activity, actor: str | None = None) -> EventPattern:
    return EventPattern(activities, () if actor is None else (("actor", OneOf((actor,))),))


def head(rule: str, title: Text, severity: Severity = Severity.MAJOR, bearer: Bearer = Bearer.SELLER) -> RuleHead:
    cites = (Citation("article", "02"),)
    return RuleHead(rule, title, severity, bearer, cites, AppliesBy.TRIGGER_TIME, Location("policy.yaml", 9, 5))


ANSWER = Obligation(
    head(
        "seller_answers",
        text("商家在48小时内处理取消申请", "出店者は48時間以内に回答する", "The seller answers within 48 hours"),
    ),
    trigger=pattern(Activity.CANCEL_REQUESTED, actor="buyer"),
    must=pattern(*ANSWERS, actor="seller"),
    given=(State(StateRelation.BEFORE, ("IN_TRANSIT",)),),
    within=Deadline("seller_response"),
    on_timeout=pattern(Activity.CANCEL_APPROVED, actor="platform"),
)
ASK = Prohibition(
    head(
        "seller_does_not_ask",
        text("商家不得要求取消", "出店者は依頼しない", "The seller does not ask"),
        Severity.CRITICAL,
    ),
    forbid=pattern(Activity.MESSAGE_SENT, actor="seller"),
)
STEER = Prohibition(
    head("steered_buyer", text("引导后不应取消", "誘導後に申請がない", "No request follows")),
    forbid=pattern(Activity.CANCEL_REQUESTED, actor="buyer"),
    trigger=pattern(Activity.MESSAGE_SENT, actor="seller"),
)
APPROVED_FIRST = Precedence(
    head("approved_first", text("须先获批准", "先に承認が要る", "Approved first"), Severity.MINOR, Bearer.PLATFORM),
    trigger=pattern(Activity.ORDER_CANCELLED, actor="buyer"),
    needs=Seen(pattern(Activity.CANCEL_APPROVED)),
)
FAULT = Classification(
    head("fault", text("取消由谁负责", "キャンセルの責任者", "Whose fault"), Severity.INFO),
    trigger=pattern(Activity.ORDER_CANCELLED),
    cases=(
        Case(Seen(pattern(Activity.MESSAGE_SENT)), "seller", text("应商家要求", "出店者の依頼", "the seller asked")),
    ),
    otherwise="unknown",
)
SHARE = Rate(
    head("fault_rate", text("商责取消率", "責任キャンセル率", "Seller-fault rate")),
    per=Subject.SHOP,
    cohort=pattern(Activity.ORDER_CREATED),
    numerator=pattern(Activity.ORDER_CANCELLED),
    limits=(Limit("fault_limit", strict=True, severity=Severity.MAJOR),),
)
RULES: tuple[Rule, ...] = (ANSWER, ASK, STEER, APPROVED_FIRST, FAULT, SHARE)


def policy(rules: tuple[Rule, ...] = RULES) -> Policy:
    market = Market("tiktok_shop.jp", "Asia/Tokyo", ("ja",), ("UNPAID", "IN_TRANSIT"), ("CANCELLED",), {})
    calendar = Calendar(
        "jp",
        frozenset({5, 6}),
        {date(2025, 11, 24): "振替休日"},
        frozenset(),
        date(2025, 1, 1),
        date(2026, 12, 31),
        "law",
    )
    hours = Duration(Unit.HOURS, 48)
    parameters = {
        "seller_response": Parameter(
            "seller_response", hours, Citation("article", "02"), Location("policy.yaml", 3, 3)
        ),
        "fault_limit": Parameter(
            "fault_limit", Percent("2.5"), Citation("article", "01"), Location("policy.yaml", 4, 3)
        ),
    }
    return Policy(
        POLICY,
        EFFECTIVE,
        datetime(2025, 10, 27, 15, tzinfo=UTC),
        EffectiveBasis.SOURCE_DATE,
        EFFECTIVE,
        "Asia/Tokyo",
        Change.INITIAL,
        OpenWindows.KEEP_OLD,
        text("日本订单取消规则", "日本の注文キャンセル規則", "Order cancellation in Japan"),
        {"article": Source("article", "An article", None, EFFECTIVE, Confidence.SECONDARY)},
        parameters,
        {},
        rules,
        market,
        {"jp": calendar},
        "0" * 64,
        "policies/policy.yaml",
    )


def event(activity: Activity, at: datetime, actor: Actor, /, **fields: str | int | tuple[str, ...]) -> Event:
    line = int(at.timestamp()) % 97
    return Event(
        f"{activity}-{at.timestamp():.0f}",
        ORDER,
        activity,
        at,
        actor,
        fields,
        refs=(SourceRef("canonical", "log.jsonl", line),),
    )


REQUEST = event(Activity.CANCEL_REQUESTED, ASKED_AT, Actor.BUYER, request_id="4035")
LATE_ANSWER = event(Activity.CANCEL_APPROVED, DUE_AT + timedelta(hours=1, minutes=20), Actor.SELLER, request_id="4035")
ANSWERED = event(Activity.CANCEL_APPROVED, ASKED_AT + timedelta(hours=2), Actor.SELLER, request_id="4035")
TIMED_OUT = event(Activity.CANCEL_APPROVED, DUE_AT + timedelta(seconds=2), Actor.PLATFORM, request_id="4035")
MESSAGE = event(
    Activity.MESSAGE_SENT,
    ASKED_AT - timedelta(minutes=40),
    Actor.SELLER,
    text="山田様 在庫がなく",
    solicits_words=("キャンセルをお願い",),
)
CANCELLATION = event(Activity.ORDER_CANCELLED, ASKED_AT + timedelta(hours=2), Actor.BUYER, reason="better_price")
STEP = DueStep(ASKED_AT, Duration(Unit.HOURS, 48), 48, DUE_AT, "Asia/Tokyo", "seller_response")
DUE = Due(DUE_AT, "Asia/Tokyo", (STEP,))
AHEAD_AT = AS_OF + timedelta(hours=12)
AHEAD = Due(AHEAD_AT, "Asia/Tokyo", (STEP,), platform_due_at=AHEAD_AT + timedelta(minutes=5))
SEARCH = Search((ANSWER.must,), ASKED_AT, DUE_AT)


def finding(rule: Rule, verdict: Verdict, evidence: Evidence, outcome: str | None = None) -> Finding:
    is_rate = isinstance(rule, Rate)
    return Finding(
        RuleRef(POLICY, rule.head.id, EFFECTIVE),
        rule.head.severity,
        rule.head.bearer,
        Subject.SHOP if is_rate else Subject.ORDER,
        SHOP if is_rate else ORDER,
        verdict,
        evidence,
        outcome,
    )


def every_reason() -> Mapping[Reason, Finding]:
    """One finding for each reason, with the verdict that it goes with."""
    known, unknown = Verdict.SATISFIED, Verdict.UNDETERMINED
    gone, bad = Verdict.NOT_APPLICABLE, Verdict.VIOLATED
    few = Counts(3, 40, 1)
    made = [
        finding(ANSWER, known, Evidence(Reason.DONE, REQUEST, ANSWERED, due=DUE)),
        finding(ANSWER, bad, Evidence(Reason.LATE, REQUEST, LATE_ANSWER, due=DUE, search=SEARCH)),
        finding(ANSWER, bad, Evidence(Reason.NOT_DONE, REQUEST, used=(TIMED_OUT,), due=DUE, search=SEARCH)),
        finding(ANSWER, Verdict.PENDING, Evidence(Reason.OPEN, REQUEST, due=AHEAD)),
        finding(ASK, bad, Evidence(Reason.HAPPENED, MESSAGE, MESSAGE)),
        finding(ASK, known, Evidence(Reason.DID_NOT_HAPPEN, search=Search((ASK.forbid,), None, AS_OF))),
        finding(APPROVED_FIRST, known, Evidence(Reason.PRECEDED, CANCELLATION)),
        finding(APPROVED_FIRST, bad, Evidence(Reason.NOT_PRECEDED, CANCELLATION)),
        finding(FAULT, known, Evidence(Reason.CLASSIFIED, CANCELLATION, case=0), "seller"),
        finding(SHARE, known, Evidence(Reason.WITHIN_LIMIT, counts=Counts(1, 100))),
        finding(SHARE, bad, Evidence(Reason.OVER_LIMIT, counts=Counts(3, 40), limit=0)),
        finding(ANSWER, gone, Evidence(Reason.GIVEN_EXCLUDES, REQUEST)),
        finding(ANSWER, gone, Evidence(Reason.RELEASED, REQUEST, CANCELLATION)),
        finding(ANSWER, gone, Evidence(Reason.NO_VERSION_IN_FORCE, REQUEST)),
        finding(ANSWER, gone, Evidence(Reason.REPEALED, REQUEST)),
        finding(SHARE, gone, Evidence(Reason.TOO_FEW, counts=Counts(0, 2))),
        finding(SHARE, unknown, Evidence(Reason.NOT_PUBLISHED, counts=few, missing=("fault_limit",))),
        finding(ANSWER, unknown, Evidence(Reason.FIELD_MISSING, REQUEST, missing=("latest_estimated_delivery",))),
        finding(ASK, unknown, Evidence(Reason.NOT_OBSERVED, missing=("messages", "disputes"))),
        finding(ANSWER, unknown, Evidence(Reason.HISTORY_INCOMPLETE, REQUEST, missing=("order_created",))),
        finding(ANSWER, unknown, Evidence(Reason.CALENDAR_ENDS, REQUEST, missing=("jp",))),
        finding(ANSWER, unknown, Evidence(Reason.TIME_TOO_COARSE, REQUEST, missing=("occurred_at",))),
        finding(ANSWER, unknown, Evidence(Reason.AMBIGUOUS_EVENT, REQUEST, missing=("cancel_closed",))),
        finding(SHARE, unknown, Evidence(Reason.UNCLASSIFIED, counts=few, missing=("order_cancelled",))),
    ]
    return {one.evidence.reason: one for one in made}


def history() -> OrderHistory:
    shown = {Observable.STATUS: Span(), Observable.CANCEL_REQUESTS: Span(), Observable.DECISIONS: Span()}
    events = (MESSAGE, REQUEST, CANCELLATION, LATE_ANSWER)
    return OrderHistory(ORDER, {"market": "JP", "shop_id": SHOP, "product_ids": ("1733",)}, shown, events)


def report(*findings: Finding) -> Report:
    problem = DataProblem(
        "log.jsonl", 7, "`order_id` is `5.8E+17`, not an exact id", "export again as text", "山田 5.8E+17"
    )
    log = EventLog((history(),), (problem,), Tally(6, 4, 1, 0, 1), {"log.jsonl": "canonical"}, "1" * 64)
    return Report(findings or tuple(every_reason().values()), (policy(),), log, AS_OF, "reference")


@pytest.fixture
def made() -> SimpleNamespace:
    """The builders and the values they make."""
    return SimpleNamespace(**{name: value for name, value in globals().items() if not name.startswith("_")})
