"""What is every peer asked: the verdicts of which rules, on which log, seen when?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq

from checker.engines.store import Store, open_store
from checker.generating.moments import TOKYO, UNTIL
from checker.interpreter.workdays import nth_working_day
from checker.loading.policies import load_policies
from checker.model.deadline import Deadline, Duration, FromDeadline, Unit
from checker.model.policy import Codes, Policy
from checker.model.rule import Obligation, Rule

POLICY = "tiktok_shop.jp.order_cancellation"
AS_OF = UNTIL
AS_OF_US = int(AS_OF.timestamp()) * 1_000_000
HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
TOKYO_US = 9 * HOUR_US
WORKING_DAYS = 3
OVERDUE_DAYS = {"local": 3, "cross_border": 15}
IN_TRANSIT_ON = ("IN_TRANSIT", "DELIVERED", "COMPLETED")
COLLECTION_ON = ("AWAITING_COLLECTION", *IN_TRANSIT_ON)
PAID_STATES = ("ON_HOLD", "AWAITING_SHIPMENT", "PARTIALLY_SHIPPING")
FINAL = ("COMPLETED", "CANCELLED")

NINE = (
    "seller_answers_cancel_request",
    "seller_answers_refund_request",
    "seller_readies_order_in_time",
    "seller_does_not_refuse_free_cancellation",
    "seller_does_not_ship_cancelled_order",
    "late_buyer_cancellation_is_approved_first",
    "platform_steps_in_last",
    "buyer_does_not_report_being_asked_to_cancel",
    "seller_cancels_with_permitted_reason",
)
"""Hours after a request with its key, working days, forbidden aftermaths, precedence, forbidden reasons."""

EIGHTEEN = (
    *NINE,
    "platform_approves_unanswered_cancel_request",
    "platform_approves_unanswered_refund_request",
    "platform_cancels_late_order",
    "platform_does_not_approve_early",
    "steered_buyer_does_not_cancel",
    "seller_does_not_ask_buyer_to_cancel",
    "seller_cancels_before_in_transit",
    "seller_does_not_refuse_undelivered_cancellation",
    "platform_refunds_paid_order",
)
"""All rules of the policy but those without a number, without a verdict, and rates."""

Answer = tuple[str, str, str]
"""Order, rule, verdict."""

Counts = Counter[tuple[str, str]]
"""How often each rule has each verdict."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which rules of which log. `detail` asks for every answer, else they are only counted."""

    store: Store
    rules: tuple[str, ...]

    def files(self, kind: str) -> list[Path]:
        """The Parquet files of the orders, or of the events."""
        name = self.store.orders_file if kind == "orders" else self.store.events_file
        return [name(bucket) for bucket in range(self.store.buckets)]


def question(path: Path, rules: tuple[str, ...]) -> Question:
    return Question(open_store(path), rules)


@cache
def shipped() -> Policy:
    (found,) = (policy for policy in load_policies() if policy.id == POLICY)
    return found


def codes(name: str) -> tuple[str, ...]:
    """The codes that a parameter of the policy lists; nobody types them twice."""
    value = shipped().parameters[name].value
    assert isinstance(value, Codes)  # noqa: S101
    return tuple(value.values)


def asked_policy(rules: tuple[str, ...] | None) -> Policy:
    """The policy with these rules only (None: all), and with three working days to get an order ready."""
    dispatch = replace(shipped().parameters["dispatch"], value=Duration(Unit.WORKING_DAYS, WORKING_DAYS, "jp"))
    kept = tuple(_by_calendar(rule) for rule in shipped().rules if rules is None or rule.head.id in rules)
    return replace(shipped(), rules=kept, parameters={**shipped().parameters, "dispatch": dispatch})


def _by_calendar(rule: Rule) -> Rule:
    """The rule without the platform's own shipping deadline, so that working days have to be counted."""
    if not isinstance(rule, Obligation) or rule.head.id not in (
        "seller_readies_order_in_time",
        "platform_cancels_late_order",
    ):
        return rule
    own = Deadline("dispatch")
    batch = Deadline("platform_batch", FromDeadline(own))
    return replace(rule, within=own if rule.head.id.startswith("seller") else batch)


def ready_by() -> Iterator[tuple[int, int]]:
    """For each local day of the log (days since 1970) the last microsecond of the third working day after it."""
    first, calendar = date(2025, 10, 31), shipped().calendars["jp"]
    for day in (first + timedelta(days=number) for number in range(100)):
        found = nth_working_day(calendar, day, WORKING_DAYS)
        assert found is not None  # noqa: S101
        end = datetime.combine(found[0] + timedelta(days=1), time(), TOKYO)
        yield (day - date(1970, 1, 1)).days, int(end.astimezone(UTC).timestamp()) * 1_000_000 - 1


def rows(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows)
