"""How are orders judged on a Spark cluster? By the same function as here, in every partition."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.engines.bulk import Group, Outcome, Task, judge_source, needed, outcome_for
from checker.engines.needs import Needs
from checker.engines.nightly import audits, judged_alone
from checker.engines.proving import settled
from checker.engines.source import held
from checker.engines.store import TO_JUDGE, bucket_from, described, histories_from
from checker.engines.table import SCHEMA, verdict_table
from checker.interpreter import RateKey, Sums, add_counts, rate_findings, rate_sums
from checker.model.activity import Observable
from checker.model.finding import Counts, Finding
from checker.model.history import OrderHistory
from checker.model.policy import Policy

COUNTS = ("numerator", "denominator", "unknown", "unsure")
RESULT = pa.schema(
    [*SCHEMA, ("subject_id", pa.string()), ("shop_id", pa.string()), *((name, pa.int64()) for name in COUNTS)]
)
"""A row is a verdict on an order, or - where `subject_id` is known - a part of the counts of a rate."""
RESULT_DDL = (
    "policy string, rule string, version date, order_id string, verdict string, reason string, missing string, "
    "outcome string, due_at timestamp, trigger_id string, trigger_at timestamp, decisive_id string, "
    "decisive_at timestamp, provisional boolean, subject_id string, shop_id string, "
    "numerator bigint, denominator bigint, unknown bigint, unsure bigint"
)
_PER_ORDER = ("shows:", "from:", "to:")


def every_order(facts: Mapping[str, object]) -> bool:
    """One market has all orders."""
    return True


def frame(spark: Any, root: str) -> Any:
    """A store as one DataFrame: a row per event, and a row per order, which is the one without a time."""
    store = described(Path(root), spark.read.text(f"{root}/store.json", wholetext=True).first()[0])
    names = [store.file_name(bucket) for bucket in range(store.buckets)]
    # A bucket has only the columns that its orders have; without merging, those of one file would stand for all.
    reader = spark.read.option("mergeSchema", "true")
    events, orders = (reader.parquet(*(f"{root}/{folder}/{name}" for name in names)) for folder in ("events", "orders"))
    return events.drop("order").unionByName(orders, allowMissingColumns=True)


def findings(df: Any, policies: Sequence[Policy], as_of: datetime, partitions: int | None = None) -> Any:
    """A DataFrame of RESULT: the verdicts on every order of `df`, and the partial counts of rates.

    `df` has the columns of `frame`; whatever the policies do not look at is dropped before the shuffle. Whole
    histories come together in a partition; choose `partitions` so that each fits into a worker's memory.
    """
    return result_of(df, (Group(tuple(policies), every_order),), as_of, partitions)


def result_of(df: Any, groups: tuple[Group, ...], as_of: datetime, partitions: int | None = None) -> Any:
    """The same for several markets; an order of none of them is a row without a rule."""
    return spread(df, needed(groups), partitions).mapInArrow(judged_by(groups, as_of), RESULT_DDL)


def spread(df: Any, wanted: Needs | None, partitions: int | None) -> Any:
    """The columns that are needed (None: all), whole histories together."""
    names = [name for name in df.columns if wanted is None or _is_needed(name, wanted)]
    chosen = df.select(*(f"`{name}`" for name in names))
    return chosen.repartition("order_id") if partitions is None else chosen.repartition(partitions, "order_id")


def judge_on(spark: Any, task: Task) -> Outcome:
    """What a whole store comes to, judged by this Spark session, one partition per bucket."""
    has_all = task.listing is not None and task.listing.accept is not None
    parts = spread(frame(spark, str(task.store.root)), None if has_all else task.needs, task.store.buckets)
    found, outcomes = outcome_for(task), parts.mapInArrow(outcomes_by(task), _OUTCOME_DDL).cache()
    outcomes.count()  # judges all partitions at once; the iterator asks for one after the other
    for number, row in enumerate(outcomes.toLocalIterator()):
        found.add(pickle.loads(row["outcome"]))  # noqa: S301 - our own function wrote it
        if task.listing is not None and (file := task.listing.verdicts_file(number)) is not None:
            file.write_bytes(row["verdicts"])
    outcomes.unpersist()
    settled(task.store, found.survey)
    found.finish(task)
    return found


_OUTCOME_DDL = "outcome binary, verdicts binary"


def outcomes_by(task: Task) -> Callable[[Iterable[pa.RecordBatch]], Iterator[Any]]:
    """The function that judges and counts the orders of one partition.

    A row holds all that came of it, and the verdicts as a Parquet file where they are wanted.
    """

    def judged(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = [batch for batch in batches if batch.num_rows]
        if rows:
            outcome, verdicts = _outcome(task, pa.Table.from_batches(rows))
            told = {"outcome": pa.array([outcome], pa.binary()), "verdicts": pa.array([verdicts], pa.binary())}
            yield pa.RecordBatch.from_pydict(told)

    return judged


def _outcome(task: Task, rows: pa.Table) -> tuple[bytes, bytes | None]:
    part = _parted(rows)
    source = held(bucket_from(part.orders, part.events, task.as_of), part.orders, part.events)
    listing = task.listing
    if listing is None or listing.verdicts is None:
        return pickle.dumps(judge_source(task, source)), None
    with TemporaryDirectory() as folder:
        here = replace(listing, verdicts=Path(folder))
        outcome = pickle.dumps(judge_source(replace(task, listing=here), source))
        return outcome, next(Path(folder).iterdir()).read_bytes()


def _is_needed(column: str, wanted: Needs) -> bool:
    kind, _, rest = column.partition(":")
    name = rest.rpartition(":")[0]
    match kind:
        case "field":
            return name in wanted.fields
        case "fact":
            return name in wanted.facts
        case _:
            return column in ("order_id", "event_id", "place", *TO_JUDGE) or column.startswith(_PER_ORDER)


def judged_by(groups: tuple[Group, ...], as_of: datetime) -> Callable[[Iterable[pa.RecordBatch]], Iterator[Any]]:
    """The function that Spark runs on the batches of one partition."""

    def judged(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        held = [batch for batch in batches if batch.num_rows]
        if held:
            yield from judge_rows(pa.Table.from_batches(held), groups, as_of).to_batches(max_chunksize=1 << 16)

    return judged


def judge_rows(rows: pa.Table, groups: tuple[Group, ...], as_of: datetime) -> pa.Table:
    """The RESULT of whole orders in any sequence."""
    part = _parted(rows)
    bucket = bucket_from(part.orders, part.events, as_of)
    tables, nobodys = [], np.ones(len(part.orders), np.bool_)
    for group, mine, audited in audits(bucket, groups, as_of):
        nobodys[mine] = False
        hard = tuple(histories_from(part.orders, part.events, mine[audited.hard]))
        tables += [_widened(verdict_table(audited, as_of)), _widened(judged_alone(hard, group, as_of))]
        tables += [_sums_table(audited.sums), _sums_of(hard, group, as_of)]
    strays = _widened(part.orders.filter(pa.array(nobodys)).select(["order_id"]))
    return pa.concat_tables([*tables, strays]).combine_chunks()


@dataclass(frozen=True, slots=True)
class Parted:
    """Orders, and their events order by order in canonical order; `order` is the row of an event's order."""

    orders: pa.Table
    events: pa.Table


def _parted(rows: pa.Table) -> Parted:
    is_order = pc.is_null(rows["at"])
    orders, events = rows.filter(is_order), rows.filter(pc.invert(is_order))
    unknown = pc.unique(events["order_id"].filter(pc.invert(pc.is_in(events["order_id"], orders["order_id"]))))
    nameless = pa.table({"order_id": unknown})
    orders = pa.concat_tables([orders, nameless], promote_options="default").combine_chunks()
    orders = _shown_or_not(orders)
    number = pc.index_in(events["order_id"], orders["order_id"].combine_chunks())
    events = events.append_column("order", number.cast(pa.int32()))
    return Parted(orders, events.sort_by([("order", "ascending"), ("place", "ascending")]).combine_chunks())


def _shown_or_not(orders: pa.Table) -> pa.Table:
    """What nothing is said of is not shown."""
    for name in Observable:
        column = f"shows:{name}"
        shows = pc.fill_null(orders[column], False) if column in orders.column_names else pa.repeat(False, len(orders))
        place = orders.column_names.index(column) if column in orders.column_names else len(orders.column_names)
        kept = orders if place == len(orders.column_names) else orders.remove_column(place)
        orders = kept.add_column(place, column, shows)
        for side in (f"from:{name}", f"to:{name}"):
            if side not in orders.column_names:
                orders = orders.append_column(side, pa.nulls(len(orders), pa.timestamp("us", "UTC")))
    return orders


def _widened(table: pa.Table) -> pa.Table:
    columns = [table[f.name] if f.name in table.column_names else pa.nulls(len(table), f.type) for f in RESULT]
    return pa.table(columns, RESULT)


def _sums_of(histories: Sequence[OrderHistory], group: Group, as_of: datetime) -> pa.Table:
    return _sums_table(rate_sums(histories, group.policies, as_of))


def _sums_table(sums: Sums) -> pa.Table:
    rows = [
        {"policy": key.policy, "rule": key.rule, "subject_id": key.subject_id, "shop_id": key.shop_id}
        | {name: getattr(counts, name) for name in COUNTS}
        for key, counts in sums.items()
    ]
    return pa.Table.from_pylist(rows, RESULT)


def rates(result: Any, policies: Sequence[Policy], as_of: datetime) -> tuple[Finding, ...]:
    """The findings on rates: one small groupBy over the partial counts of a result."""
    keys = ("policy", "rule", "subject_id", "shop_id")
    parts = result.where("subject_id is not null").groupBy(*keys).sum(*COUNTS)
    sums: dict[RateKey, Counts] = {}
    for row in parts.collect():
        key = RateKey(*(row[name] for name in keys))
        counts = Counts(*(row[f"sum({name})"] for name in COUNTS))
        sums[key] = add_counts(sums[key], counts) if key in sums else counts
    return rate_findings(sums, policies, as_of)
