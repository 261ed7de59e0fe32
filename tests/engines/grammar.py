"""Random policies over the whole language: which rules would tell two engines apart?"""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from checker.model.activity import Activity, Observable
from checker.model.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    EqualsFact,
    EqualsField,
    EventPattern,
    FieldTest,
    InCodes,
    Matches,
    Missing,
    NoneOf,
    Not,
    Observed,
    OneOf,
    OrderIs,
    Past,
    Present,
    Relation,
    Seen,
    State,
    StateRelation,
    TriggerIs,
)
from checker.model.deadline import (
    Anchor,
    ByFact,
    Calendar,
    Deadline,
    Duration,
    FromDeadline,
    FromFact,
    FromField,
    FromTrigger,
    Recorded,
    Unit,
)
from checker.model.policy import (
    Change,
    Codes,
    Count,
    EffectiveBasis,
    Market,
    Matcher,
    OpenWindows,
    Parameter,
    Percent,
    Policy,
)
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
)

TEXT = {"zh": "x", "ja": "x", "en": "x"}
HERE = Location("p.yaml", 1, 1)
ZONE = "Asia/Tokyo"
CALENDAR = Calendar("jp", frozenset({5, 6}), {date(2025, 11, 3): "Bunka no Hi"}, frozenset({date(2025, 11, 1)}),
                    date(2025, 1, 1), date(2025, 11, 7), "test")  # fmt: skip
MARKET = Market(
    "tiktok_shop.jp", ZONE, ("ja",),
    ("UNPAID", "ON_HOLD", "AWAITING_SHIPMENT", "AWAITING_COLLECTION", "IN_TRANSIT", "DELIVERED", "COMPLETED"),
    ("COMPLETED", "CANCELLED"), {},
)  # fmt: skip
DURATIONS = {
    "two_days": Duration(Unit.HOURS, 48),
    "one_hour": Duration(Unit.HOURS, 1),
    "half_hour": Duration(Unit.MINUTES, 30),
    "no_time": Duration(Unit.MINUTES, 0),
    "by_shipping": Duration(Unit.CALENDAR_DAYS, ByFact("shipping", {"local": 1, "cross_border": 4, "drone": None})),
    "same_day": Duration(Unit.CALENDAR_DAYS, 0),
    "new_york": Duration(Unit.CALENDAR_DAYS, 2, timezone="America/New_York"),
    "working": Duration(Unit.WORKING_DAYS, 2, calendar="jp"),
    "cut_off": Duration(Unit.WORKING_DAYS, 1, calendar="jp", cut_off=time(14)),
    "next_working": Duration(Unit.WORKING_DAYS, 0, calendar="jp"),
    "unpublished": Duration(Unit.HOURS, None),
}
OTHERS = {
    "codes": Codes(("code_a", "code_b")),
    "unknown_codes": Codes(None),
    "limit": Percent("33.3"),
    "no_limit": Percent(None),
    "few": Count(2),
    "days": Duration(Unit.CALENDAR_DAYS, 5),
    "lag": Duration(Unit.CALENDAR_DAYS, 1),
}
ACTIVITIES = (
    Activity.CANCEL_REQUESTED, Activity.CANCEL_APPROVED, Activity.CANCEL_REJECTED, Activity.CANCEL_WITHDRAWN,
    Activity.MESSAGE_SENT, Activity.PAYMENT_SUCCEEDED, Activity.ORDER_CANCELLED, Activity.ORDER_CREATED,
    Activity.READY_TO_SHIP, Activity.CANCEL_CLOSED,
)  # fmt: skip


def timeline(seed: int, rules: int = 6) -> tuple[Policy, ...]:
    """One to three versions of one policy; a later one keeps some rules, changes some and drops some."""
    rng = random.Random(seed)  # noqa: S311 - it must repeat itself
    days = [date(2025, 10, rng.choice([20, 28])), date(2025, 10, 31), date(2025, 11, 3)][: rng.choice([1, 1, 2, 3])]
    heads = [f"rule_{number}" for number in range(rules)]
    versions, kept = [], {name: rule(rng, name) for name in heads}
    for day in days:
        for name in heads:
            if rng.random() < 0.3:
                kept[name] = rule(rng, name)
        present = tuple(r for name, r in kept.items() if rng.random() < 0.9)
        versions.append(version(day, (*present, *rates(rng)), rng.choice(tuple(OpenWindows))))
    return tuple(versions)


def version(day: date, rules: tuple[Rule, ...], open_windows: OpenWindows = OpenWindows.KEEP_OLD) -> Policy:
    """A version in force from that Tokyo day."""
    return Policy(
        id="test.policy", effective=day,
        effective_at=datetime.combine(day, time(), ZoneInfo(ZONE)).astimezone(UTC),
        effective_basis=EffectiveBasis.PUBLISHED, published=day, timezone=ZONE, change=Change.SUBSTANTIVE,
        open_windows=open_windows, title=TEXT, sources={}, parameters=PARAMETERS, matchers=MATCHERS, rules=rules,
        market=MARKET, calendars={"jp": CALENDAR}, digest=f"{day}", path="p.yaml",
    )  # fmt: skip


MATCHERS = {"late": Matcher("late", ("遅(れ|延)", "late shipment"), ("not late",), HERE)}
PARAMETERS = {
    name: Parameter(name, value, Citation("s", "1"), HERE, assumed=name in ("one_hour", "codes"))
    for name, value in {**DURATIONS, **OTHERS}.items()
}


def rule(rng: random.Random, name: str) -> Rule:
    """A rule of any kind that judges single instances."""
    head = _head(rng, name)
    given = tuple(condition(rng, 2) for _ in range(rng.choice([0, 0, 1, 2])))
    match rng.choice(["obligation", "obligation", "prohibition", "aftermath", "precedence", "classification"]):
        case "obligation":
            on_timeout = pattern(rng) if rng.random() < 0.4 else None
            return Obligation(head, pattern(rng), _answer(rng), given, _within(rng), _unless(rng), on_timeout)
        case "prohibition":
            return Prohibition(head, pattern(rng), None, given, None, _unless(rng))
        case "aftermath":
            return Prohibition(head, _answer(rng), pattern(rng), given, _within(rng), _unless(rng))
        case "precedence":
            return Precedence(head, pattern(rng), condition(rng, 2), given)
        case _:
            cases = tuple(Case(condition(rng, 2), rng.choice("abc"), TEXT) for _ in range(rng.randint(1, 3)))
            return Classification(head, pattern(rng), cases, "other", given)


def rates(rng: random.Random) -> tuple[Rule, ...]:
    """A decision table and two rates, one of them over its classes."""
    cases = (Case(condition(rng, 1), "seller", TEXT), Case(condition(rng, 1), "buyer", TEXT))
    table = Classification(_head(rng, "fault"), pattern(rng), cases, "other")
    return (table, _rate(rng, "rate_plain", None), _rate(rng, "rate_classed", ("fault", "seller")))


def _rate(rng: random.Random, name: str, classified: tuple[str, str] | None) -> Rate:
    and_shop = ("rate_plain", "limit") if rng.random() < 0.3 else None
    limits = tuple(
        Limit(
            rng.choice(["limit", "limit", "no_limit"]),
            rng.random() < 0.5,
            severity,
            rng.choice([None, "few"]),
            None,
            and_shop,
        )
        for severity in (Severity.MINOR, Severity.CRITICAL)[: rng.randint(1, 2)]
    )
    exclude = tuple(condition(rng, 1) for _ in range(rng.choice([0, 1])))
    return Rate(
        _head(rng, name), rng.choice([Subject.SHOP, Subject.PRODUCT]), pattern(rng, same=False),
        pattern(rng, same=False), classified, exclude, rng.choice([None, "days", "unpublished"]),
        rng.choice([None, "lag"]), limits, rng.choice([None, "few"]),
    )  # fmt: skip


def _head(rng: random.Random, name: str) -> RuleHead:
    return RuleHead(
        name,
        TEXT,
        rng.choice(tuple(Severity)),
        Bearer.SELLER,
        (),
        rng.choice([*AppliesBy, AppliesBy.TRIGGER_TIME]),
        HERE,
    )


def _answer(rng: random.Random) -> EventPattern:
    return pattern(rng, same=rng.random() < 0.6)


def _unless(rng: random.Random) -> tuple[EventPattern, ...]:
    return tuple(_answer(rng) for _ in range(rng.choice([0, 1, 1, 2])))


def pattern(rng: random.Random, *, same: bool = False) -> EventPattern:
    """Events of one to three activities, with up to two tests."""
    activities = tuple(rng.sample(ACTIVITIES, rng.choice([1, 1, 2, 3])))
    tests = tuple(_test(rng) for _ in range(rng.choice([0, 0, 0, 1, 1, 2])))
    keys: tuple[str, ...] = rng.choice([("request_id",), ("request_id",), ("request_id", "lang"), ("actor",)])
    return EventPattern(activities, tests, keys if same else ())


def _test(rng: random.Random) -> tuple[str, FieldTest]:
    return rng.choice(
        [
            ("actor", OneOf(("seller",))),
            ("actor", OneOf(("buyer", "platform"))),
            ("actor", NoneOf(("seller",))),
            ("reason", InCodes("codes", rng.random() < 0.5)),
            ("reason", InCodes("unknown_codes")),
            ("reason_text", Matches("late")),
            ("solicits", OneOf(("explicit", "indirect"))),
            ("lang", EqualsFact("buyer_language")),
            ("lang", EqualsField("lang")),
            ("actor", EqualsField("reason")),
            ("seen_at", EqualsField("promised")),
            ("quantity", Compare(rng.choice(tuple(Relation)), 2)),
            ("quantity", OneOf((1,))),
            ("seen_at", Compare(rng.choice(tuple(Relation)), datetime(2025, 10, 30, tzinfo=UTC))),
            ("line_item_ids", OneOf(("l2",))),
            ("line_item_ids", NoneOf(("l2",))),
            ("promised", Present()),
            ("channel", Missing()),
        ]
    )


def condition(rng: random.Random, depth: int) -> Condition:
    """Any condition, nested up to that depth."""
    kinds = ["seen", "seen", "state", "order", "trigger", "past", "observed"]
    match rng.choice(kinds + ["all", "any", "not", "not"] * (depth > 0)):
        case "all":
            return AllOf(tuple(condition(rng, depth - 1) for _ in range(rng.randint(1, 3))))
        case "any":
            return AnyOf(tuple(condition(rng, depth - 1) for _ in range(rng.randint(1, 3))))
        case "not":
            return Not(condition(rng, depth - 1))
        case "seen":
            after = _deadline(rng, 1) if rng.random() < 0.3 else None
            return Seen(_answer(rng), rng.choice([None, None, *DURATIONS]) if rng.random() < 0.6 else None, after)
        case "state":
            return _state(rng)
        case "order":
            return OrderIs(
                *rng.choice([("is_cod", OneOf((True,))), ("refund_issued", Missing()), ("shipping", _known())])
            )
        case "trigger":
            return TriggerIs(*_test(rng))
        case "past":
            return Past(_deadline(rng))
        case _:
            return Observed(rng.choice(tuple(Observable)))


def _known() -> FieldTest:
    return NoneOf(("drone",))


def _state(rng: random.Random) -> State:
    relation = rng.choice(tuple(StateRelation))
    if relation is StateRelation.IS:
        return State(relation, tuple(rng.sample([*MARKET.states, "CANCELLED"], 2)))
    return State(relation, (rng.choice(MARKET.states),))


def _within(rng: random.Random) -> Deadline | None:
    return None if rng.random() < 0.15 else _deadline(rng)


def _deadline(rng: random.Random, depth: int = 2) -> Deadline:
    parameter = rng.choice([*DURATIONS, "two_days", "two_days", "one_hour"])
    compare = rng.choice([None, None, "shipping_due", "seller_respond_cancel"])
    start = _anchor(rng, depth)
    return Deadline(None if isinstance(start, Recorded) and rng.random() < 0.7 else parameter, start, compare)


def _anchor(rng: random.Random, depth: int) -> Anchor:
    match rng.choice(["trigger"] * 4 + ["field", "fact", "deadline", "recorded"]):
        case "field":
            return FromField(rng.choice(["promised", "seen_at", "reason"]))
        case "fact":
            return FromFact(rng.choice(["latest_estimated_delivery", "shipping_due"]))
        case "deadline" if depth:
            return FromDeadline(_deadline(rng, depth - 1))
        case "recorded":
            otherwise = _deadline(rng, depth - 1) if depth and rng.random() < 0.6 else None
            return Recorded(rng.choice(["shipping_due", "seller_respond_cancel", "never_set"]), otherwise)
        case _:
            return FromTrigger()


START = datetime(2025, 10, 30, tzinfo=UTC)


def as_of(seed: int) -> datetime:
    """An instant within the days in which most orders of `dense` happen."""
    rng = random.Random(seed)  # noqa: S311 - it must repeat itself
    return START + timedelta(hours=rng.randrange(0, 24 * 14), microseconds=rng.choice([0, 0, 1]))
