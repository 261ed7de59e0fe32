"""Which verdicts can have changed since the last run? Only those are judged again."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from checker.engines.bulk import Task
from checker.engines.columnar.bucket import micros
from checker.engines.columnar.probe import FOREVER, Flags, Ints
from checker.engines.nightly import judged_orders
from checker.engines.pool import of_buckets
from checker.engines.table import SCHEMA
from checker.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Generation:
    """What one run left behind: a table of verdicts per bucket, and for each order what it was and when it wakes."""

    root: Path
    number: int
    as_of: datetime
    policies: str
    buckets: int

    @property
    def folder(self) -> Path:
        """Where its tables are."""
        return self.root / f"run-{self.number:06}"

    def verdicts_file(self, bucket: int) -> Path:
        """The verdicts on the orders of a bucket."""
        return self.folder / f"verdicts-{bucket:05}.parquet"

    def orders_file(self, bucket: int) -> Path:
        """The orders of a bucket: id, fingerprint, and when the passing of time alone can change a verdict."""
        return self.folder / f"orders-{bucket:05}.parquet"


@dataclass(frozen=True, slots=True)
class Night:
    """What a run with a state came to: how many orders there are, and how many were judged."""

    generation: Generation
    orders: int
    judged: int


def judge_night(task: Task, root: Path, workers: int | None = None) -> Night:
    """Brings the state up to date with the store at `as_of`; equal to judging everything.

    Everything is judged where there is no state yet, where policies, calendars or buckets changed, where a version
    came into force in between, and where `as_of` is earlier than the last time. A run that is stopped changes nothing.
    """
    last = _last(root)
    new = Generation(root, last.number + 1 if last else 1, task.as_of, _digest(task), task.store.buckets)
    shutil.rmtree(new.folder, ignore_errors=True)
    new.folder.mkdir(parents=True)
    usable = last if last is not None and _goes_on(last, new, task) else None
    try:
        done = [part for _, part in of_buckets(partial(_bucket, task, usable, new), task.store.buckets, workers)]
        _point_to(new)
    except BaseException:
        shutil.rmtree(new.folder)
        raise
    if last is not None:
        shutil.rmtree(last.folder, ignore_errors=True)
    return Night(new, sum(orders for orders, _ in done), sum(judged for _, judged in done))


def _goes_on(last: Generation, new: Generation, task: Task) -> bool:
    versions = [policy.effective_at for group in task.groups for policy in group.policies]
    same = (last.policies, last.buckets) == (new.policies, new.buckets)
    return same and last.as_of <= new.as_of and not any(last.as_of < begins <= new.as_of for begins in versions)


def _last(root: Path) -> Generation | None:
    try:
        said = json.loads((root / "state.json").read_text(encoding="utf-8"))
        return Generation(root, said["run"], datetime.fromisoformat(said["as_of"]), said["policies"], said["buckets"])
    except (OSError, ValueError, KeyError):
        return None


def _point_to(new: Generation) -> None:
    said = {"run": new.number, "as_of": new.as_of.isoformat(), "policies": new.policies, "buckets": new.buckets}
    unfinished = new.root / "state.json.partial"
    unfinished.write_text(json.dumps(said, indent=1), encoding="utf-8")
    unfinished.replace(new.root / "state.json")


def _bucket(task: Task, last: Generation | None, new: Generation, number: int) -> tuple[int, int]:
    """Writes the bucket's new tables; how many orders it has and how many were judged."""
    now = pq.read_table(task.store.orders_file(number), columns=["order_id", "fingerprint"])
    touched = np.arange(len(now)) if last is None else np.flatnonzero(_touched(now, last, new, number))
    verdicts, wakes = judged_orders(task, number, touched)
    wakes_at = np.full(len(now), FOREVER)
    if last is not None:
        before = pq.read_table(last.orders_file(number))
        place = pc.index_in(now["order_id"], before["order_id"]).fill_null(-1).to_numpy()
        wakes_at = np.where(place >= 0, np.append(before["wakes_at"].to_numpy(), FOREVER)[place], FOREVER)
        kept = _untouched(last, number, now["order_id"].take(pa.array(touched)), now["order_id"])
        verdicts = pa.concat_tables([kept, verdicts])
    wakes_at[touched] = wakes
    pq.write_table(verdicts, new.verdicts_file(number), compression="zstd")
    pq.write_table(now.append_column("wakes_at", pa.array(wakes_at)), new.orders_file(number), compression="zstd")
    return len(now), len(touched)


def _touched(now: pa.Table, last: Generation, new: Generation, number: int) -> Flags:
    """Which orders are new, changed, or woken by the passing of time."""
    before = pq.read_table(last.orders_file(number))
    place = pc.index_in(now["order_id"], before["order_id"])
    was = before["fingerprint"].take(place)
    same = pc.fill_null(pc.equal(was, now["fingerprint"]), False).to_numpy()
    wakes_at: Ints = before["wakes_at"].take(place).fill_null(0).to_numpy()
    woken: Flags = ~same | (wakes_at <= micros(new.as_of))
    return woken


def _untouched(last: Generation, number: int, touched: pa.ChunkedArray, present: pa.ChunkedArray) -> pa.Table:
    """The last verdicts on orders that are still there and were not judged again."""
    rows = pq.read_table(last.verdicts_file(number), schema=SCHEMA)
    stays = pc.and_(pc.is_in(rows["order_id"], present), pc.invert(pc.is_in(rows["order_id"], touched)))
    return rows.filter(stays)


def _digest(task: Task) -> str:
    """A digest of everything that judges: policies, markets, calendars, assumptions."""
    policies: list[Policy] = [policy for group in task.groups for policy in group.policies]
    return hashlib.sha256(repr(_plain(tuple(policies))).encode()).hexdigest()


def _plain(value: object) -> object:
    """The same in every process: sets and mappings have no order of their own."""
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(_plain(getattr(value, field.name)) for field in fields(value)))
    if isinstance(value, Mapping):
        return sorted((repr(_plain(key)), repr(_plain(item))) for key, item in value.items())
    if isinstance(value, frozenset | set):
        return sorted(repr(_plain(item)) for item in value)
    return tuple(map(_plain, value)) if isinstance(value, tuple | list) else repr(value)
