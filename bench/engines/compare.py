"""How fast are the engines beside each other, and beside only reading the log? CPU seconds."""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from checker.check.store import StoreAudit, check_store
from checker.engines import columnar, reference
from checker.engines.bulk import Group, Outcome, Task, judge_bucket
from checker.engines.needs import needs
from checker.engines.pool import judge_store
from checker.engines.store import Store, Wanted, histories_in, open_store, read_bucket
from checker.engines.task import LISTED
from checker.generating.moments import UNTIL as AS_OF
from checker.loading.policies import load_policies
from checker.model.history import OrderHistory
from checker.model.policy import Policy

POLICY = "tiktok_shop.jp."
PYTHON_ORDERS = 10_000
"""Engines that hold Python objects are measured on so many orders; their cost per order does not depend on it."""


def anything(facts: object) -> bool:
    return True


def policies() -> tuple[Policy, ...]:
    return tuple(policy for policy in load_policies() if policy.id.startswith(POLICY))


def histories(store: Store) -> tuple[OrderHistory, ...]:
    return tuple(histories_in(store, 0, np.arange(min(store.orders, PYTHON_ORDERS))))


def floor(store: Store) -> Callable[[], int]:
    """Reading which order and when of every event, and counting by order."""

    def run() -> int:
        for bucket in range(store.buckets):
            file = pq.ParquetFile(store.events_file(bucket))
            table = file.read(columns=["order", "at"], use_threads=False)
            table.group_by("order", use_threads=False).aggregate([("at", "min")])
        return store.orders

    return run


def columns(store: Store) -> Callable[[], int]:
    """Reading every column that the policies look at."""
    wanted = needs(policies())

    def run() -> int:
        for bucket in range(store.buckets):
            read_bucket(Wanted(store, bucket, AS_OF, wanted))
        return store.orders

    return run


def bulk(store: Store) -> Callable[[], int]:
    """Judging a store: every verdict counted."""
    task = Task(store, (Group(policies(), anything),), AS_OF)

    def run() -> int:
        total = Outcome()
        for bucket in range(store.buckets):
            total.add(judge_bucket(task, bucket))
        total.finish(task)
        return total.orders

    return run


def reported(store: Store) -> Callable[[], int]:
    """The report: all counts, and a hundred violations and open deadlines of each rule proven."""
    audit = StoreAudit(store, policies(), AS_OF, LISTED)

    def run() -> int:
        return check_store(audit, partial(judge_store, workers=1), "columnar", 1).census.orders

    return run


def columnar_findings(store: Store) -> Callable[[], int]:
    """Every finding with its evidence, from histories in memory, in columns."""
    orders, judged = histories(store), policies()

    def run() -> int:
        columnar.findings(orders, judged, AS_OF)
        return len(orders)

    return run


def reference_findings(store: Store) -> Callable[[], int]:
    """Every finding with its evidence, from histories in memory, by the interpreter."""
    orders, judged = histories(store), policies()

    def run() -> int:
        reference.findings(orders, judged, AS_OF)
        return len(orders)

    return run


MEASURES = {f.__name__: f for f in (floor, columns, bulk, reported, columnar_findings, reference_findings)}


def measure(name: str, store: Path) -> None:
    run = MEASURES[name](open_store(store))
    began = time.process_time()
    orders = run()
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"orders": orders, "cpu": seconds, "peak_mb": peak}))


def measured(name: str, store: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--measure", name, "--store", store]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--orders", type=int, nargs="+", default=[10_000, 100_000])
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--measure", choices=MEASURES)
    words.add_argument("--store", type=Path)
    given = words.parse_args()
    if given.measure:
        measure(given.measure, given.store)
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; rules of {POLICY}*")
    for orders in given.orders:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(__file__).parents[1] / "copies.py"
            subprocess.run([sys.executable, made, "--orders", str(orders), "--out", folder], check=True)
            store = open_store(Path(folder))
            print(
                f"\n{store.orders:,} orders, {store.events:,} events in {store.buckets} buckets; best of {given.rounds}"
            )
            compare(store, given.rounds)


def compare(store: Store, rounds: int) -> None:
    best: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        for name in MEASURES:
            found = measured(name, store.root)
            if name not in best or found["cpu"] < best[name]["cpu"]:
                best[name] = found
    least = best["floor"]["cpu"] / best["floor"]["orders"]
    print(f"{'':20}{'CPU s':>8}{'us an order':>13}{'x floor':>9}{'peak MB':>9}")
    for name, found in best.items():
        each = found["cpu"] / found["orders"]
        print(f"{name:20}{found['cpu']:8.2f}{each * 1e6:13.1f}{each / least:9.1f}{found['peak_mb']:9.0f}")


if __name__ == "__main__":
    main()
