"""Sigma (pySigma with its SQLite back end): detections of single events and of one event after another."""

import json
import sqlite3
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
from question import AS_OF, Answer, Counts, Question
from sigma.backends.sqlite import sqliteBackend
from sigma.collection import SigmaCollection
from sigma.correlations import SigmaCorrelationRule

SINGLE = ("buyer_does_not_report_being_asked_to_cancel", "seller_does_not_ask_buyer_to_cancel")
AFTER = ("seller_does_not_ship_cancelled_order", "steered_buyer_does_not_cancel")
RULES = (*SINGLE, *AFTER)
VERDICTS = ("violated",)
"""It alerts; that a rule is kept, or still open, it cannot say."""

FIELDS = ("order_id", "at", "activity", "actor", "field:reason:text", "field:solicits:text")


def loaded(asked: Question) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE logs (order_id, timestamp, activity, actor, reason, solicits)")
    for path in asked.files("events"):
        table = pq.read_table(path, columns=[*FIELDS, "recorded_at"], use_threads=False)
        columns = [table[name].to_pylist() for name in FIELDS]
        seen = [max(pair) <= AS_OF for pair in zip(columns[1], table["recorded_at"].to_pylist(), strict=True)]
        columns[1] = [at.strftime("%Y-%m-%d %H:%M:%S.%f") for at in columns[1]]
        rows = (row for row, is_seen in zip(zip(*columns, strict=True), seen, strict=True) if is_seen)
        db.executemany("INSERT INTO logs VALUES (?, ?, ?, ?, ?, ?)", rows)
    return db


def answers(asked: Question) -> list[Answer]:
    db, found = loaded(asked), []
    rules = SigmaCollection.from_yaml(Path(__file__).with_name("orders.sigma.yaml").read_text(encoding="utf-8"))
    db.row_factory = sqlite3.Row
    # Rules that only feed a correlation make no query.
    for rule, query in zip((r for r in rules if r.name in RULES), sqliteBackend().convert(rules), strict=True):
        for row in db.execute(query):
            is_pair = isinstance(rule, SigmaCorrelationRule)
            order_id = json.loads(row["group_keys"])["order_id"] if is_pair else row["order_id"]
            found.append((order_id, rule.name, "violated"))
    return [answer for answer in found if answer[1] in asked.rules]


def counts(asked: Question) -> Counts:
    return Counter((rule, verdict) for _, rule, verdict in answers(asked))
