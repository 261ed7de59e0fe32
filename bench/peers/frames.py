"""Polars by somebody who knows how: each distinct event classified once, a narrow frame, join_asof per rule."""

import os

os.environ["POLARS_MAX_THREADS"] = "1"

from collections import Counter
from functools import cached_property
from pathlib import Path

import polars as pl
from question import (
    AS_OF,
    AS_OF_US,
    COLLECTION_ON,
    DAY_US,
    EIGHTEEN,
    FINAL,
    HOUR_US,
    IN_TRANSIT_ON,
    OVERDUE_DAYS,
    PAID_STATES,
    TOKYO_US,
    Answer,
    Counts,
    Question,
    codes,
    ready_by,
)

RULES = EIGHTEEN
FREE, ANSWER, BATCH = HOUR_US, 48 * HOUR_US, HOUR_US
KINDS = ["activity", "actor", "status", "reason", "solicits"]
c = pl.col


def _is(activity: str, *actors: str) -> pl.Expr:
    test = c("activity") == activity
    return test & c("actor").is_in(actors) if actors else test


CLASSES = {
    "paid": _is("payment_succeeded"),
    "ready": _is("ready_to_ship"),
    "shipped": _is("ready_to_ship") | _is("collected"),
    "delivered": _is("delivered"),
    "asks": _is("cancel_requested", "buyer"),
    "asks_steered": _is("cancel_requested", "buyer") & c("reason").is_in(codes("seller_asked_codes")),
    "withdraws": _is("cancel_withdrawn", "buyer"),
    "approves": _is("cancel_approved"),
    "seller_answers": _is("cancel_approved", "seller") | _is("cancel_rejected", "seller"),
    "seller_rejects": _is("cancel_rejected", "seller"),
    "platform_approves": _is("cancel_approved", "platform"),
    "asks_return": _is("return_requested", "buyer"),
    "answers_return": _is("return_approved", "seller") | _is("return_rejected", "seller"),
    "platform_approves_return": _is("return_approved", "platform"),
    "disputes": _is("dispute_opened"),
    "cancelled": _is("order_cancelled"),
    "cancelled_by_buyer": _is("order_cancelled", "buyer"),
    "cancelled_by_seller": _is("order_cancelled", "seller"),
    "cancelled_by_platform": _is("order_cancelled", "platform"),
    "cancelled_by_house": _is("order_cancelled", "platform", "operator"),
    "cancelled_by_others": _is("order_cancelled", "buyer", "seller", "operator"),
    "refunds": _is("refund_succeeded"),
    "unpaid_reason": c("reason").is_in(codes("seller_reasons_unpaid")),
    "paid_reason": c("reason").is_in(codes("seller_reasons_paid")),
    "steers": _is("message_sent", "seller") & c("solicits").is_in(["explicit", "indirect"]),
    "begs": _is("message_sent", "seller") & (c("solicits") == "explicit"),
    "transit": c("status").is_in(IN_TRANSIT_ON),
    "collection": c("status").is_in(COLLECTION_ON),
    "final": c("status").is_in(FINAL),
    "stated": c("status").is_not_null(),
    "is_unpaid": c("status") == "UNPAID",
    "is_paid": c("status").is_in(PAID_STATES),
    "is_cancelled": c("status") == "CANCELLED",
}
BIT = {name: 1 << place for place, name in enumerate(CLASSES)}


def has(name: str, column: str = "k") -> pl.Expr:
    return c(column) & BIT[name] != 0


class Log:
    """The narrow frame of classified events, and what most rules ask of an order."""

    def __init__(self, asked: Question) -> None:
        narrow = [_narrow(bucket, path) for bucket, path in enumerate(asked.files("events"))]
        self.events = pl.concat(narrow).sort("place")
        last = self.of("stated").unique("o", keep="last", maintain_order=False)
        self.orders = last.select("o", final=has("final"))
        self.asked = asked

    def of(self, *names: str) -> pl.DataFrame:
        """The events of any of these classes."""
        return self.events.filter(pl.any_horizontal(has(name) for name in names))

    def with_first(self, frame: pl.DataFrame, *names: str) -> pl.DataFrame:
        """The events with the place of their order's first event of each of these classes."""
        for name in names:
            theirs = self.of(name).join(frame.select("o"), on="o", how="semi")
            first = theirs.group_by("o").agg(c("place").min().alias(name))
            frame = frame.join(first, on="o", how="left")
        return frame.sort("place")

    def before(self, frame: pl.DataFrame, of: str) -> pl.DataFrame:
        """The last such event before each event, as `was_at` and `was`."""
        theirs = self.of(of).join(frame.select("o"), on="o", how="semi").sort("place")
        earlier = theirs.select("o", "place", was_at="at", was="k")
        return frame.join_asof(earlier, on="place", by="o", allow_exact_matches=False, check_sortedness=False)

    @cached_property
    def asks(self) -> pl.DataFrame:
        """The requests to cancel, for the four rules about them."""
        return self.with_payment("asks")

    def with_payment(self, name: str) -> pl.DataFrame:
        """Such events with whether the order was paid, in its free hour, and in transit."""
        paid_before = self.before(self.with_first(self.of(name), "transit"), "paid")
        return paid_before.with_columns(
            is_paid=c("was_at").is_not_null(),
            is_free=(c("at") <= c("was_at") + FREE).fill_null(value=False),
            in_transit=(c("transit") < c("place")).fill_null(value=False),
        )

    def requests(self, given: pl.Expr, within: int | None) -> pl.DataFrame:
        """Requests to cancel as triggers."""
        return self.asks.with_columns(given=given, due=_due(within))

    def returns(self, within: int) -> pl.DataFrame:
        """Requests to return as triggers."""
        return self.of("asks_return").with_columns(given=pl.lit(value=True), due=_due(within))

    def payments(self, more: int) -> pl.DataFrame:
        """Payments as triggers, due some working days later, and more."""
        return self.paid.with_columns(due=c("due") + more)

    @cached_property
    def paid(self) -> pl.DataFrame:
        """The payments, for the two rules about them."""
        days = pl.DataFrame(list(ready_by()), schema=["day", "due"], orient="row")
        day = (c("at") + TOKYO_US) // DAY_US
        frame = self.with_first(self.of("paid"), "ready").with_columns(given=~earlier("ready"), day=day)
        return frame.join(days, on="day").sort("place")

    def overdue(self) -> pl.DataFrame:
        """From which instant on each order counts as undelivered."""
        frames = [
            pl.scan_parquet(path)
            .with_row_index("row")
            .select(
                o=(bucket << 32) + c("row").cast(pl.Int64),
                day=c("fact:latest_estimated_delivery:day").cast(pl.Int32).cast(pl.Int64),
                days=c("fact:shipping:text").replace_strict(OVERDUE_DAYS, default=None),
            )
            for bucket, path in enumerate(self.asked.files("orders"))
        ]
        return pl.concat(frames).select("o", overdue=(c("day") + c("days") + 1) * DAY_US - TOKYO_US - 1).collect()


def _narrow(bucket: int, path: Path) -> pl.DataFrame:
    """The visible events of a file with the bits of their classes, worked out once per distinct combination."""
    seen = pl.scan_parquet(path).select(*_event(bucket)).filter((c("at") <= AS_OF) & (c("seen") <= AS_OF))
    wide = seen.with_columns(c(name).cast(pl.Categorical) for name in KINDS).collect()
    bits = pl.sum_horizontal(
        pl.when(test.fill_null(value=False)).then(BIT[name]).otherwise(0) for name, test in CLASSES.items()
    )
    kinds = wide.select(KINDS).unique()
    classed = kinds.with_columns(k=kinds.cast(pl.String).select(bits).to_series())
    narrow = wide.join(classed, on=KINDS, nulls_equal=True).filter(c("k") != 0)
    return narrow.select("o", "place", "request", "k", at=c("at").dt.epoch("us"))


def _event(bucket: int) -> list[pl.Expr]:
    return [
        ((bucket << 32) + c("order").cast(pl.Int64)).alias("o"),
        c("place"),
        c("at"),
        c("recorded_at").alias("seen"),
        c("field:request_id:text").alias("request"),
        *(c(name) for name in KINDS[:2]),
        *(c(f"field:{name}:text").alias(name) for name in KINDS[2:]),
    ]


def _due(within: int | None) -> pl.Expr:
    return pl.lit(None, pl.Int64) if within is None else c("at") + within


def _next(frame: pl.DataFrame, targets: pl.DataFrame, name: str, keyed: bool) -> pl.DataFrame:
    """The place of the first target after each trigger, if in time, as a column."""
    by = ["o", "request"] if keyed else ["o"]
    after = targets.select(*by, "place", pl.col("place").alias(name), pl.col("at").alias("then"))
    found = frame.join_asof(
        after, on="place", by=by, strategy="forward", allow_exact_matches=False, check_sortedness=False
    )
    in_time = c("due").is_null() | (c("then") <= c("due"))
    return found.with_columns(pl.when(in_time).then(c(name)).alias(name)).drop("then")


def answered(log: Log, frame: pl.DataFrame, must: list[str], unless: list[str], keyed: bool = True) -> pl.DataFrame:
    """The first event that answers or releases decides, if it comes in time; null due: no end."""
    found = _next(frame, log.of(*must), "hit", keyed)
    found = _next(found, log.of(*unless), "rel", keyed) if unless else found.with_columns(rel=pl.lit(None, pl.Int32))
    verdict = (
        pl.when(~c("given"))
        .then(pl.lit("not_applicable"))
        .when(c("hit").is_not_null() & (c("rel").is_null() | (c("hit") <= c("rel"))))
        .then(pl.lit("satisfied"))
        .when(c("rel").is_not_null())
        .then(pl.lit("not_applicable"))
        .when(c("due") < AS_OF_US)
        .then(pl.lit("violated"))
        .otherwise(pl.lit("pending"))
    )
    return found.select("o", verdict=verdict)


def followed(log: Log, frame: pl.DataFrame, forbidden: str, keyed: bool = True) -> pl.DataFrame:
    """Nothing forbidden may come after the trigger and in time."""
    found = _next(frame, log.of(forbidden), "hit", keyed).drop("final", strict=False)
    found = found.join(log.orders.select("o", "final"), on="o", how="left")
    over = pl.when(c("due").is_null()).then(c("final")).otherwise(c("due") < AS_OF_US)
    verdict = (
        pl.when(~c("given"))
        .then(pl.lit("not_applicable"))
        .when(c("hit").is_not_null())
        .then(pl.lit("violated"))
        .when(over)
        .then(pl.lit("satisfied"))
        .otherwise(pl.lit("pending"))
    )
    return found.select("o", verdict=verdict)


def forbidden(log: Log, frame: pl.DataFrame, given: pl.Expr) -> pl.DataFrame:
    """Each such event is a violation where `given`; an order without any waits for its end."""
    there = frame.select("o", verdict=pl.when(given).then(pl.lit("violated")).otherwise(pl.lit("not_applicable")))
    rest = log.orders.join(frame.select("o"), on="o", how="anti")
    ends = pl.when(c("final")).then(pl.lit("satisfied")).otherwise(pl.lit("pending"))
    return pl.concat([there, rest.select("o", verdict=ends)])


def earlier(name: str) -> pl.Expr:
    return (c(name) < c("place")).fill_null(value=False)


DUTY = ~c("is_free") & ~c("in_transit")


def late_buyer_cancellation_is_approved_first(log: Log) -> pl.DataFrame:
    frame = log.with_payment("cancelled_by_buyer").drop("was")
    approvals = log.of("approves").select("o", "request", "place", approved="place")
    found = frame.join_asof(
        approvals, on="place", by=["o", "request"], allow_exact_matches=False, check_sortedness=False
    )
    verdict = (
        pl.when(~(c("is_paid") & DUTY))
        .then(pl.lit("not_applicable"))
        .when(c("approved").is_not_null())
        .then(pl.lit("satisfied"))
        .otherwise(pl.lit("violated"))
    )
    return found.select("o", verdict=verdict)


def platform_steps_in_last(log: Log) -> pl.DataFrame:
    tried = earlier("asks_return") & earlier("answers_return")
    verdict = pl.when(tried).then(pl.lit("satisfied")).otherwise(pl.lit("violated"))
    return log.with_first(log.of("disputes"), "asks_return", "answers_return").select("o", verdict=verdict)


def seller_cancels_with_permitted_reason(log: Log) -> pl.DataFrame:
    permitted = (has("unpaid_reason") & has("is_unpaid", "was")) | (has("paid_reason") & has("is_paid", "was"))
    frame = log.before(log.with_first(log.of("cancelled_by_seller"), "collection"), "stated")
    return forbidden(log, frame, ~earlier("collection") & ~permitted)


def steered_buyer_does_not_cancel(log: Log) -> pl.DataFrame:
    frame = log.with_first(log.of("steers"), "asks").with_columns(given=~earlier("asks"), due=_due(None))
    return followed(log, frame, "asks", keyed=False)


def seller_does_not_refuse_undelivered_cancellation(log: Log) -> pl.DataFrame:
    frame = log.with_first(log.of("seller_rejects"), "delivered").join(log.overdue(), on="o")
    return forbidden(log, frame, ~earlier("delivered") & (c("at") > c("overdue")))


FRAMES = {
    "seller_answers_cancel_request": lambda log: answered(
        log, log.requests(DUTY, ANSWER), ["seller_answers"], ["withdraws"]
    ),
    "platform_approves_unanswered_cancel_request": lambda log: answered(
        log, log.requests(DUTY, ANSWER + BATCH), ["platform_approves"], ["seller_answers", "withdraws"]
    ),
    "seller_answers_refund_request": lambda log: answered(log, log.returns(ANSWER), ["answers_return"], []),
    "platform_approves_unanswered_refund_request": lambda log: answered(
        log, log.returns(ANSWER + BATCH), ["platform_approves_return"], ["answers_return"]
    ),
    "seller_readies_order_in_time": lambda log: answered(log, log.payments(0), ["ready"], ["cancelled"], keyed=False),
    "platform_cancels_late_order": lambda log: answered(
        log, log.payments(BATCH), ["cancelled_by_platform"], ["ready", "cancelled_by_others"], keyed=False
    ),
    "platform_refunds_paid_order": lambda log: answered(
        log,
        log.with_first(log.of("cancelled_by_house"), "paid").with_columns(given=earlier("paid"), due=_due(None)),
        ["refunds"],
        [],
        keyed=False,
    ),
    "seller_does_not_refuse_free_cancellation": lambda log: followed(
        log, log.requests(c("is_free"), None), "seller_rejects"
    ),
    "platform_does_not_approve_early": lambda log: followed(
        log, log.requests(c("is_paid") & DUTY, ANSWER), "platform_approves"
    ),
    "seller_does_not_ship_cancelled_order": lambda log: followed(
        log, log.of("cancelled").with_columns(given=pl.lit(value=True), due=_due(None)), "shipped", keyed=False
    ),
    "steered_buyer_does_not_cancel": steered_buyer_does_not_cancel,
    "late_buyer_cancellation_is_approved_first": late_buyer_cancellation_is_approved_first,
    "platform_steps_in_last": platform_steps_in_last,
    "buyer_does_not_report_being_asked_to_cancel": lambda log: forbidden(
        log, log.of("asks_steered"), pl.lit(value=True)
    ),
    "seller_cancels_with_permitted_reason": seller_cancels_with_permitted_reason,
    "seller_does_not_ask_buyer_to_cancel": lambda log: forbidden(
        log, log.before(log.of("begs"), "stated"), ~has("is_cancelled", "was")
    ),
    "seller_cancels_before_in_transit": lambda log: forbidden(
        log, log.with_first(log.of("cancelled_by_seller"), "transit"), earlier("transit")
    ),
    "seller_does_not_refuse_undelivered_cancellation": seller_does_not_refuse_undelivered_cancellation,
}


def counts(asked: Question) -> Counts:
    log, found = Log(asked), Counter()
    for rule in asked.rules:
        for verdict, count in FRAMES[rule](log)["verdict"].value_counts().iter_rows():
            found[rule, verdict] = count
    return found


def answers(asked: Question) -> list[Answer]:
    log, found = Log(asked), []
    ids = [name for path in asked.files("orders") for name in pl.read_parquet(path, columns=["order_id"])["order_id"]]
    offsets = _offsets(asked)
    for rule in asked.rules:
        for o, verdict in FRAMES[rule](log).iter_rows():
            found.append((ids[offsets[o >> 32] + (o & 0xFFFFFFFF)], rule, verdict))
    return found


def _offsets(asked: Question) -> list[int]:
    sizes = [pl.scan_parquet(path).select(pl.len()).collect().item() for path in asked.files("orders")]
    return [sum(sizes[:bucket]) for bucket in range(len(sizes))]
