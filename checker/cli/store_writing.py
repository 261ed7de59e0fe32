"""How does a log become a store of whole orders?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.cli.progress import Bar, progress
from checker.model.error import UsageError
from checker.model.history import OrderHistory
from checker.model.lexicon import Lexicon
from checker.model.report import EventLog, Tally

if TYPE_CHECKING:
    from checker.loading.logs.parts import Part

PER_BUCKET = 100_000_000
"""Bytes of JSON Lines, about 50,000 orders: enough for arrays to pay, few enough for the memory of many workers."""


def write_store(logs: tuple[Path, ...], target: Path, buckets: int | None, said: Mapping[str, Any]) -> EventLog:
    """Writes the orders of the logs, their messages read, as a store; what the account without the orders comes to.

    A canonical log is never held as a whole, nor is any other that is larger than a bucket.
    Raises: UsageError where there is a store.
    """
    from checker.check import read_messages
    from checker.check.columns import read_messages_in
    from checker.engines.store import StoreWriter, is_store, write_account
    from checker.loading.policies import load_policies

    if is_store(target):
        raise UsageError(f"{target}: is a store already; --add adds to one, or delete it to convert anew")
    writer, account = StoreWriter(target, buckets or buckets_for(logs)), EventLog((), (), Tally(), {}, "")
    policies, words = load_policies(), lexicons()
    with writer, progress(logs) as bar:
        for number, part in enumerate(_parts(logs, writer.buckets, said, bar)):
            if bar is not None:
                bar.judge()
            columns = None if part.columns is None else read_messages_in(part.columns, policies, words)
            writer.write(number, tuple(read_messages(part.log.histories, policies, words)), columns)
            problems, sources = (*account.problems, *part.log.problems), {**account.sources, **part.log.sources}
            account = EventLog((), problems, account.tally + part.log.tally, sources, part.log.digest)
        write_account(target / "account.json", account)
        writer.finish(account.digest, {name: lexicon.digest for name, lexicon in words.items()})
    return account


def buckets_for(logs: tuple[Path, ...]) -> int:
    """So many that each holds about 50,000 orders."""
    return max(1, -(-size_of(logs) // PER_BUCKET))


def size_of(logs: tuple[Path, ...]) -> int:
    """About so many bytes would the logs be as JSON Lines."""
    from checker.loading.logs.files import log_files

    packed = {".gz": 10, ".parquet": 10}
    return sum(path.stat().st_size * packed.get(path.suffix, 1) for path in log_files(logs))


def _parts(logs: tuple[Path, ...], buckets: int, said: Mapping[str, Any], bar: Bar | None) -> Iterator["Part"]:
    """The orders of each bucket."""
    from checker.loading.logs import load_log
    from checker.loading.logs.options import LogOptions
    from checker.loading.logs.parts import Part, is_canonical, load_parts, part_of
    from checker.loading.logs.spilled import load_spilled

    options, told = LogOptions(**said), None if bar is None else bar.read
    if options.quarantine is None and is_canonical(logs, options):
        yield from load_parts(logs, options, buckets, told, None if bar is None else bar.take)
        return
    if options.quarantine is None and size_of(logs) > PER_BUCKET:
        yield from map(Part, load_spilled(logs, options, buckets, told))
        return
    log, found = load_log(logs, options, told), defaultdict[int, list[OrderHistory]](list)
    for history in log.histories:
        found[part_of(history.order_id, buckets)].append(history)
    for number in range(buckets):
        account = log if number == 0 else EventLog((), (), Tally(), {}, log.digest)
        yield Part(replace(account, histories=tuple(found[number])))


def lexicons() -> Mapping[str, Lexicon]:
    """The shipped words by which messages are read."""
    from checker.loading.lexicons import load_lexicons
    from checker.loading.policies import shipped_policies

    return load_lexicons(shipped_policies() / "lexicons")
