"""What does judging cost on Spark beyond moving the rows? Time and CPU of `mapInArrow` that counts, beside ours."""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.sql import SparkSession

from checker.check.store import StoreAudit, task_of
from checker.engines.bulk import Task
from checker.engines.spark import findings, frame, judge_on, spread
from checker.engines.store import open_store
from checker.engines.task import LISTED
from checker.generating.files import write_sample
from checker.generating.moments import UNTIL as AS_OF
from checker.generating.sample import Sample
from checker.loading.policies import load_policies

POLICY = "tiktok_shop.jp."
AIM = 1.3


def counted(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """How many rows a partition has."""
    rows = sum(batch.num_rows for batch in batches)
    yield pa.RecordBatch.from_pydict({"rows": pa.array([rows], pa.int64())})


def session(folder: str) -> SparkSession:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").appName("bench").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    builder = builder.config("spark.ui.showConsoleProgress", "false").config("spark.local.dir", folder)
    return builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()


def group_cpu() -> float:
    """CPU seconds of this process, the Java of Spark and its Python workers, so far."""
    tick, group, found = os.sysconf("SC_CLK_TCK"), os.getpgid(0), 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            found += sum(map(int, fields[11:15]))
    return found / tick


def measured(runs: dict[str, Callable[[], Any]], rounds: int) -> dict[str, tuple[float, float]]:
    """Median wall and CPU seconds of each, taken in turns; the first round warms up and does not count."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for number in range(rounds + 1):
        for name, run in runs.items():
            wall, cpu = time.perf_counter(), group_cpu()
            run()
            if number:
                taken[name].append((time.perf_counter() - wall, group_cpu() - cpu))
    return {name: tuple(map(statistics.median, zip(*each, strict=True))) for name, each in taken.items()}  # type: ignore


def runs(spark: SparkSession, task: Task) -> dict[str, Callable[[], Any]]:
    root, buckets = str(task.store.root), task.store.buckets
    policies = task.policies

    def count(needs: Any) -> Any:
        return (
            spread(frame(spark, root), needs, buckets)
            .mapInArrow(counted, "rows bigint")
            .groupBy()
            .sum("rows")
            .collect()
        )

    return {
        "all columns, rows counted": lambda: count(None),
        "needed columns, rows counted": lambda: count(task.needs),
        "report: judged, counted, listed": lambda: judge_on(spark, task),
        "every verdict, counted by rule": lambda: (
            findings(frame(spark, root), policies, task.as_of, buckets).groupBy("rule", "verdict").count().collect()
        ),
    }


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--orders", type=int, default=100_000)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--store", type=Path, help="A store that is there already.")
    given = words.parse_args()
    os.setpgid(0, 0)
    with tempfile.TemporaryDirectory() as folder:
        root = given.store or Path(folder) / "store"
        if given.store is None:
            write_sample(Sample(1, 5), given.orders, root)
        store = open_store(root)
        policies = tuple(policy for policy in load_policies() if policy.id.startswith(POLICY))
        spark = session(folder)
        task = task_of(StoreAudit(store, policies, AS_OF, LISTED))
        found = measured(runs(spark, task), given.rounds)
        spark.stop()
    floor = found["needed columns, rows counted"]
    print(
        f"{store.orders:,} orders, {store.events:,} events, {store.buckets} partitions, local[2], {given.rounds} rounds"
    )
    for name, (wall, cpu) in found.items():
        print(f"{name:34}{wall:7.1f} s {wall / floor[0]:5.2f}x {cpu:7.1f} CPU s {cpu / floor[1]:5.2f}x")
    print(f"aim: at most {AIM}x of the second row")


if __name__ == "__main__":
    main()
