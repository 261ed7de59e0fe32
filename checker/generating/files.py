"""How does a made-up log become a file or a store, with the list of what it holds beside it?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from checker.check import read_messages
from checker.engines.store import StoreWriter
from checker.generating.draft import Expected
from checker.generating.sample import Sample, made, order_id
from checker.loading import load_policies, shipped_policies
from checker.loading.lexicons import load_lexicons
from checker.loading.logs.canonical import write_histories
from checker.loading.logs.parts import part_of
from checker.model.history import OrderHistory

Progress = Callable[[int], None]

PER_BUCKET = 50_000
"""Orders in one part of a store."""


@dataclass(slots=True)
class Account:
    """What was written, and what a check of it must find."""

    orders: int = 0
    events: int = 0
    expected: list[Expected] = field(default_factory=list)


def write_sample(sample: Sample, orders: int, target: Path, progress: Progress | None = None) -> Account:
    """Writes so many orders of the sample, and beside them `NAME.injected.jsonl`: what a check must find, one a line.

    The suffix chooses the form, as for any canonical log; without one it is a store. `progress` is told of every
    order. One order, or one bucket of a store, is held at a time.
    Raises: UsageError for a target that cannot be written.
    """
    account = Account()
    if target.suffix:
        write_histories(_histories(sample, range(orders), account, progress), target)
    else:
        _write_store(sample, orders, target, account, progress)
    account.expected.sort(key=lambda one: one.order_id)
    list_beside(target).write_bytes(b"".join(_line(one) for one in account.expected))
    return account


def list_beside(target: Path) -> Path:
    """Where the list of what a log holds lies."""
    bare = target.with_suffix("") if target.suffix == ".gz" else target
    return bare.with_name(f"{bare.stem}.injected.jsonl")


def _line(one: Expected) -> bytes:
    return orjson.dumps(one) + b"\n"


def _histories(
    sample: Sample, numbers: Iterable[int], account: Account, progress: Progress | None
) -> Iterator[OrderHistory]:
    for number in numbers:
        one = made(sample, number)
        account.orders += 1
        account.events += len(one.history.events)
        account.expected += one.expected
        if progress is not None:
            progress(1)
        yield one.history


def _write_store(sample: Sample, orders: int, target: Path, account: Account, progress: Progress | None) -> None:
    """Every order in the bucket of its id, its messages read."""
    policies, lexicons = load_policies(), load_lexicons(shipped_policies() / "lexicons")
    writer = StoreWriter(target, max(1, -(-orders // PER_BUCKET)))
    for bucket, numbers in enumerate(_numbers(sample, orders, writer.buckets)):
        found = _histories(sample, numbers, account, progress)
        writer.write(bucket, tuple(read_messages(found, policies, lexicons)))
    writer.finish(f"made of seed {sample.seed}", {name: lexicon.digest for name, lexicon in lexicons.items()})


def _numbers(sample: Sample, orders: int, buckets: int) -> list[list[int]]:
    """The numbers of the orders of each bucket."""
    found: list[list[int]] = [[] for _ in range(buckets)]
    for number in range(orders):
        found[part_of(order_id(sample, number), buckets)].append(number)
    return found
