"""Does a Spark job find what is found here?"""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from checker.check.store import belongs
from checker.engines import reference, spark
from checker.engines.bulk import Group, Task
from checker.engines.pool import judge_store
from checker.engines.store import StoreWriter, open_store
from checker.engines.table import SCHEMA, table_of
from checker.interpreter import rate_findings
from checker.model.history import OrderHistory

KEY = [(name, "ascending") for name in ("order_id", "rule", "version", "trigger_id", "reason")]
ORDERS, SEED = 120, 5


@pytest.fixture(scope="module")
def log(dense: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """Orders, one of them with 5,000 events, and the store that holds them.

    Of a whole column only the last bucket has values, and beside its files one lies that belongs to no store any more.
    """
    orders = list(dense.histories(SEED, ORDERS, coarse=0.1))
    longest = max(orders, key=lambda order: len(order.events))
    orders[orders.index(longest)] = type(longest)(
        longest.order_id,
        longest.facts,
        longest.observes,
        tuple(sorted(longest.events * 400, key=lambda e: e.occurred_at)),
    )
    orders = [order if place % 3 == 2 else without(order, "quantity") for place, order in enumerate(orders)]
    root = tmp_path_factory.mktemp("store")
    writer = StoreWriter(root, 3)
    for number in range(3):
        writer.write(number, orders[number::3])
    store = writer.finish("", {})
    for file in (store.orders_file(0), store.events_file(0)):
        shutil.copy(file, file.with_name("00007.parquet"))
    return orders, root


def without(order: OrderHistory, name: str) -> OrderHistory:
    events = (
        replace(e, attributes={key: value for key, value in e.attributes.items() if key != name}) for e in order.events
    )
    return replace(order, events=tuple(events))


def expected(orders: Any, grammar: ModuleType) -> tuple[list[dict[str, Any]], Any]:
    found = reference.findings(orders, grammar.timeline(SEED), grammar.as_of(SEED))
    of_orders = [f for f in found if f.evidence.counts is None]
    return table_of(of_orders).sort_by(KEY).to_pylist(), tuple(f for f in found if f.evidence.counts is not None)


def rows(root: Path) -> pa.Table:
    import pyarrow.dataset as ds

    files = {name: sorted((root / name).glob("0000[0-2].parquet")) for name in ("events", "orders")}
    schemas = {name: pa.unify_schemas([pq.read_schema(file) for file in found]) for name, found in files.items()}
    parts = [ds.dataset(files[name], schemas[name]).to_table() for name in ("events", "orders")]
    return pa.concat_tables([parts[0].drop_columns(["order"]), parts[1]], promote_options="default")


def test_rows_in_any_sequence(log: Any, grammar: ModuleType) -> None:
    """The function that runs in a partition gives verdicts and partial counts from shuffled rows."""
    orders, root = log
    policies, as_of = grammar.timeline(SEED), grammar.as_of(SEED)
    table = rows(root)
    mixed = table.take(pa.array([row * 7919 % len(table) for row in range(len(table))]))
    result = spark.judge_rows(mixed, (Group(policies, spark.every_order),), as_of)
    verdicts, rates = expected(orders, grammar)
    of_orders = result.filter(pa.compute.is_null(result["subject_id"])).select(SCHEMA.names)
    assert of_orders.sort_by(KEY).to_pylist() == verdicts
    sums: dict[Any, Any] = {}
    for row in result.filter(pa.compute.is_valid(result["subject_id"])).to_pylist():
        key = spark.RateKey(row["policy"], row["rule"], row["subject_id"], row["shop_id"])
        part = spark.Counts(*(row[name] for name in spark.COUNTS))
        sums[key] = spark.add_counts(sums[key], part) if key in sums else part
    assert rate_findings(sums, policies, as_of) == rates


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """A Spark of two threads whose clock is not UTC; without pyspark the test fails rather than being skipped."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("checker").config("spark.ui.enabled", "false")
    builder = (
        builder.config("spark.sql.session.timeZone", "America/New_York")
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        made = builder.getOrCreate()
        yield made
        made.stop()


def test_spark_job(log: Any, grammar: ModuleType, session: Any) -> None:
    """A real job on local[2] gives the interpreter's verdicts, due times, events and rates."""
    orders, root = log
    policies, as_of = grammar.timeline(SEED), grammar.as_of(SEED)
    result = spark.findings(spark.frame(session, str(root)), policies, as_of, partitions=3).cache()
    verdicts, rates = expected(orders, grammar)
    found = [row.asDict() for row in result.where("subject_id is null").collect()]
    plain = [{name: aware(row[name]) for name in SCHEMA.names} for row in found]
    assert pa.Table.from_pylist(plain, SCHEMA).sort_by(KEY).to_pylist() == verdicts
    assert spark.rates(result, policies, as_of) == rates


def aware(value: Any) -> Any:
    """Spark gives instants in this process's own zone, naive."""
    return value.astimezone(UTC) if hasattr(value, "astimezone") else value


def test_whole_store(log: Any, grammar: ModuleType, session: Any) -> None:
    """Counting a whole store on Spark gives what counting it here gives, strays included."""
    orders, root = log
    # The workers of Spark can load the command's function, but no module of tests.
    first = grammar.timeline(SEED)[0]
    market = replace(first.market, orders={"shop_id": ("s1", "s2")})
    group = Group((replace(first, market=market),), partial(belongs, market.id, (market,)), ("shop_id",))
    task = Task(open_store(root), (group,), grammar.as_of(SEED))
    there, here = spark.judge_on(session, task), judge_store(task, workers=1)
    assert (there.tallies, there.orders, there.strays) == (here.tallies, here.orders, here.strays)
    assert 0 < here.strays < len(orders)


def test_skew(dense: ModuleType, grammar: ModuleType, session: Any, tmp_path: Path) -> None:
    """One order with 80,000 events and one shop with half of all orders are judged as here."""
    orders = [in_shop(order, number) for number, order in enumerate(dense.histories(SEED, ORDERS, coarse=0))]
    longest = max(range(ORDERS), key=lambda number: len(orders[number].events))
    events = orders[longest].events
    many = sorted((events * (80_000 // len(events) + 1))[:80_000], key=lambda event: event.occurred_at)
    orders[longest] = replace(orders[longest], events=tuple(many))
    writer = StoreWriter(tmp_path, 2)
    for number in range(2):
        writer.write(number, orders[number::2])
    policies = (grammar.timeline(SEED)[0],)
    task = Task(writer.finish("", {}), (Group(policies, spark.every_order),), grammar.as_of(SEED))
    there, here = spark.judge_on(session, task), judge_store(task, workers=1)
    assert (there.tallies, there.sums) == (here.tallies, here.sums)
    assert sum(order.facts.get("shop_id") == "s1" for order in orders) * 2 >= ORDERS
    assert here.events > 70_000


def in_shop(order: OrderHistory, number: int) -> OrderHistory:
    """The order as one of the shop that has every other order."""
    return replace(order, facts={**order.facts, "shop_id": "s1"}) if number % 2 else order
