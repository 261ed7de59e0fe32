"""The product itself: a store whose verdicts are counted, and the interpreter as the definition of every answer."""

from collections import Counter

import numpy as np
import pyarrow.parquet as pq
from question import AS_OF, Answer, Counts, Question, asked_policy

from checker.engines import reference
from checker.engines.bulk import Group, Outcome, Task, judge_bucket
from checker.engines.needs import needs
from checker.engines.store import TO_JUDGE, histories_in
from checker.model.finding import Subject

RULES = None
"""It can answer all."""


def anything(facts: object) -> bool:
    return True


def counts(asked: Question) -> Counts:
    """As `checker check STORE` counts."""
    task = Task(asked.store, (Group((asked_policy(asked.rules or None),), anything),), AS_OF)
    total = Outcome()
    for bucket in range(asked.store.buckets):
        total.add(judge_bucket(task, bucket))
    total.finish(task)
    found: Counts = Counter()
    for tally, count in total.tallies.items():
        found[tally.rule.rule, tally.verdict.value] += count
    return found


def answers(asked: Question) -> list[Answer]:
    """What the interpreter says, order by order."""
    found: list[Answer] = []
    policies = (asked_policy(asked.rules),)
    for bucket in range(asked.store.buckets):
        orders = np.arange(pq.read_metadata(asked.store.orders_file(bucket)).num_rows)
        said = reference.findings(histories_in(asked.store, bucket, orders), policies, AS_OF)
        found += [(f.subject_id, f.rule.rule, f.verdict.value) for f in said if f.subject is Subject.ORDER]
    return found


def floor(asked: Question) -> Counts:
    """Reading which order and when of every event, and counting by order."""
    for path in asked.files("events"):
        table = pq.ParquetFile(path).read(columns=["order", "at"], use_threads=False)
        table.group_by("order", use_threads=False).aggregate([("at", "min")])
    return Counter()


def columns(asked: Question) -> Counts:
    """The same with every column that the rules look at, of events and of orders."""
    wanted = needs((asked_policy(asked.rules or None),))
    for kind, names, prefix in (("events", wanted.fields, "field:"), ("orders", wanted.facts, "fact:")):
        for path in asked.files(kind):
            file = pq.ParquetFile(path)
            kept = [column for column in file.schema_arrow.names if _is_wanted(column, names, prefix)]
            table = file.read(columns=kept, use_threads=False)
            if kind == "events":
                table.group_by("order", use_threads=False).aggregate([("at", "min")])
    return Counter()


def _is_wanted(column: str, names: frozenset[str], prefix: str) -> bool:
    if column in ("order", "order_id", *TO_JUDGE) or column.startswith(("shows:", "from:", "to:")):
        return column != "order_id" or prefix == "fact:"
    return column.startswith(prefix) and column.removeprefix(prefix).rpartition(":")[0] in names
