"""pandas: the columns that matter as one frame, merges per rule, masks for the verdicts."""

from collections import Counter

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from question import (
    AS_OF_US,
    COLLECTION_ON,
    DAY_US,
    FINAL,
    HOUR_US,
    IN_TRANSIT_ON,
    NINE,
    PAID_STATES,
    TOKYO_US,
    Answer,
    Counts,
    Question,
    codes,
    ready_by,
)

RULES = NINE
FREE, ANSWER = HOUR_US, 48 * HOUR_US
COLUMNS = {
    "order": "o",
    "place": "place",
    "at": "at",
    "recorded_at": "seen",
    "activity": "activity",
    "actor": "actor",
    "field:status:text": "status",
    "field:reason:text": "reason",
    "field:request_id:text": "request",
}
TEXTS = ["activity", "actor", "status", "reason"]


class Log:
    """All events that are visible, and how each order ended."""

    def __init__(self, asked: Question) -> None:
        frames = []
        for bucket, path in enumerate(asked.files("events")):
            table = pq.read_table(path, columns=list(COLUMNS), use_threads=False).rename_columns(list(COLUMNS.values()))
            frame = table.to_pandas(use_threads=False)
            frame["o"] = frame["o"].astype(np.int64) + (bucket << 32)
            for name in ("at", "seen"):
                frame[name] = frame[name].astype("datetime64[us, UTC]").astype(np.int64)
            frames.append(frame)
        events = pd.concat(frames, ignore_index=True)
        self.events = events[(events["at"] <= AS_OF_US) & (events["seen"] <= AS_OF_US)]
        for name in TEXTS:
            self.events[name] = self.events[name].astype("category")
        stated = self.events[self.events["status"].notna()]
        self.final = stated.groupby("o", sort=False)["status"].last().isin(FINAL)

    def of(self, *activities: str, actor: str | None = None) -> pd.DataFrame:
        """Such events, by such an actor."""
        mask = self.events["activity"].isin(activities)
        return self.events[mask if actor is None else mask & (self.events["actor"] == actor)]

    def reached(self, frame: pd.DataFrame, states: tuple[str, ...]) -> pd.Series:
        """Whether each event's order had come so far before it."""
        theirs = self.events[self.events["o"].isin(frame["o"]) & self.events["status"].isin(states)]
        return frame["o"].map(theirs.groupby("o")["place"].min()) < frame["place"]

    def seen(self, frame: pd.DataFrame, earlier: pd.DataFrame) -> pd.Series:
        """Whether such an event came before each event in its order."""
        return frame["o"].map(earlier.groupby("o")["place"].min()) < frame["place"]

    def paid_at(self, frame: pd.DataFrame) -> pd.Series:
        """When the order was last paid before each event, missing where never."""
        paid = frame.reset_index().merge(
            self.of("payment_succeeded")[["o", "place", "at"]], on="o", suffixes=("", "_p")
        )
        before = paid[paid["place_p"] < paid["place"]]
        return frame.index.to_series().map(before.groupby("index")["at_p"].max())


def following(frame: pd.DataFrame, later: pd.DataFrame, keys: list[str]) -> pd.Series:
    """The place of the first later event with equal keys that is in time, missing where there is none."""
    found = frame.reset_index().merge(later[[*keys, "place", "at"]].dropna(), on=keys, suffixes=("", "_x"))
    found = found[(found["place_x"] > found["place"]) & (found["due"].isna() | (found["at_x"] <= found["due"]))]
    return frame.index.to_series().map(found.groupby("index")["place_x"].min())


def answered(
    frame: pd.DataFrame, given: pd.Series, must: pd.DataFrame, unless: pd.DataFrame | None, keys: list[str]
) -> pd.Series:
    hit = following(frame, must, keys)
    released = pd.Series(np.nan, frame.index) if unless is None else following(frame, unless, keys)
    is_answered = hit.notna() & ~(released < hit)
    choices = [~given, is_answered, released.notna(), frame["due"] < AS_OF_US]
    words = ["not_applicable", "satisfied", "not_applicable", "violated"]
    return pd.Series(np.select(choices, words, "pending"), frame["o"])


def followed(log: Log, frame: pd.DataFrame, given: pd.Series, later: pd.DataFrame, keys: list[str]) -> pd.Series:
    hit = following(frame.assign(due=np.nan), later, keys).notna()
    choices = [~given, hit, frame["o"].map(log.final).astype(bool)]
    return pd.Series(np.select(choices, ["not_applicable", "violated", "satisfied"], "pending"), frame["o"])


def forbidden(log: Log, frame: pd.DataFrame, given: pd.Series) -> pd.Series:
    there = pd.Series(np.where(given, "violated", "not_applicable"), frame["o"])
    rest = log.final[~log.final.index.isin(frame["o"])]
    return pd.concat([there, pd.Series(np.where(rest, "satisfied", "pending"), rest.index)])


def always(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(data=True, index=frame.index)


def seller_answers_cancel_request(log: Log) -> pd.Series:
    frame = log.of("cancel_requested", actor="buyer")
    frame = frame.assign(due=frame["at"] + ANSWER)
    given = ~log.reached(frame, IN_TRANSIT_ON) & ~(frame["at"] <= log.paid_at(frame) + FREE)
    must = log.of("cancel_approved", "cancel_rejected", actor="seller")
    return answered(frame, given, must, log.of("cancel_withdrawn", actor="buyer"), ["o", "request"])


def seller_answers_refund_request(log: Log) -> pd.Series:
    frame = log.of("return_requested", actor="buyer")
    frame = frame.assign(due=frame["at"] + ANSWER)
    must = log.of("return_approved", "return_rejected", actor="seller")
    return answered(frame, always(frame), must, None, ["o", "request"])


def seller_readies_order_in_time(log: Log) -> pd.Series:
    frame = log.of("payment_succeeded")
    frame = frame.assign(due=((frame["at"] + TOKYO_US) // DAY_US).map(dict(ready_by())))
    readied = log.of("ready_to_ship")
    return answered(frame, ~log.seen(frame, readied), readied, log.of("order_cancelled"), ["o"])


def seller_does_not_refuse_free_cancellation(log: Log) -> pd.Series:
    frame = log.of("cancel_requested", actor="buyer")
    given = frame["at"] <= log.paid_at(frame) + FREE
    return followed(log, frame, given, log.of("cancel_rejected", actor="seller"), ["o", "request"])


def seller_does_not_ship_cancelled_order(log: Log) -> pd.Series:
    frame = log.of("order_cancelled")
    return followed(log, frame, always(frame), log.of("ready_to_ship", "collected"), ["o"])


def late_buyer_cancellation_is_approved_first(log: Log) -> pd.Series:
    frame = log.of("order_cancelled", actor="buyer")
    paid_at = log.paid_at(frame)
    given = paid_at.notna() & ~(frame["at"] <= paid_at + FREE) & ~log.reached(frame, IN_TRANSIT_ON)
    approvals = log.of("cancel_approved")[["o", "request", "place"]].dropna()
    found = frame.reset_index().merge(approvals, on=["o", "request"], suffixes=("", "_x"))
    approved = frame.index.isin(found.loc[found["place_x"] < found["place"], "index"])
    words = ["not_applicable", "satisfied"]
    return pd.Series(np.select([~given, approved], words, "violated"), frame["o"])


def platform_steps_in_last(log: Log) -> pd.Series:
    frame = log.of("dispute_opened")
    asked = log.seen(frame, log.of("return_requested", actor="buyer"))
    tried = log.seen(frame, log.of("return_approved", "return_rejected", actor="seller"))
    return pd.Series(np.where(asked & tried, "satisfied", "violated"), frame["o"])


def buyer_does_not_report_being_asked_to_cancel(log: Log) -> pd.Series:
    frame = log.of("cancel_requested", actor="buyer")
    frame = frame[frame["reason"].isin(codes("seller_asked_codes"))]
    return forbidden(log, frame, always(frame))


def seller_cancels_with_permitted_reason(log: Log) -> pd.Series:
    frame = log.of("order_cancelled", actor="seller")
    stated = log.events[log.events["status"].notna() & log.events["o"].isin(frame["o"])]
    found = frame.reset_index().merge(stated[["o", "place", "status"]], on="o", suffixes=("", "_x"))
    before = found[found["place_x"] < found["place"]].sort_values("place_x")
    status = frame.index.to_series().map(before.groupby("index")["status_x"].last().astype(object))
    of_unpaid = (status == "UNPAID") & frame["reason"].isin(codes("seller_reasons_unpaid"))
    of_paid = status.isin(PAID_STATES) & frame["reason"].isin(codes("seller_reasons_paid"))
    return forbidden(log, frame, ~log.reached(frame, COLLECTION_ON) & ~of_unpaid & ~of_paid)


def counts(asked: Question) -> Counts:
    log, found = Log(asked), Counter()
    for rule in asked.rules:
        for verdict, count in globals()[rule](log).value_counts().items():
            found[rule, verdict] = count
    return found


def answers(asked: Question) -> list[Answer]:
    log, found = Log(asked), []
    ids = [pq.read_table(path, columns=["order_id"])["order_id"].to_pylist() for path in asked.files("orders")]
    for rule in asked.rules:
        found += [(ids[o >> 32][o & 0xFFFFFFFF], rule, verdict) for o, verdict in globals()[rule](log).items()]
    return found
