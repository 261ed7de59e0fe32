"""How do later files come into a store, as if all had been converted at once?"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.cli.store_writing import buckets_for, lexicons
from checker.cli.terminal import complain
from checker.model.report import DataProblem

if TYPE_CHECKING:
    from checker.engines.store.addition import Addition
    from checker.loading.logs.growing import Growing

Problems = tuple[DataProblem, ...]


def add_to_store(logs: tuple[Path, ...], target: Path, buckets: int | None, said: Mapping[str, Any]) -> Problems:
    """Merges the files with what the store was made from, or begins it; what is odd about the files.

    Only buckets that change are written. A run that is stopped leaves the store as it was.
    """
    from checker.engines.store import adding
    from checker.loading.logs.growing import growing
    from checker.loading.logs.options import LogOptions

    options = LogOptions(**said)
    with (
        adding(target, buckets, buckets_for(logs)) as addition,
        growing(options, addition.store.buckets, addition.context()) as log,
    ):
        again = log.read(logs)
        problems = _added(addition, log)
    for path in again:
        complain(f"{path}: was added before; left out", label="note")
    store, touched = addition.store, f"{len(addition.written):,} of {addition.store.buckets:,} buckets written"
    complain(f"{store.events:,} events of {store.orders:,} orders; {touched}", label=str(target))
    return problems


def _added(addition: "Addition", log: "Growing") -> Problems:
    """Writes what changes, and finishes the store; what is odd about the new files."""
    from checker.engines.store import read_account, write_account

    words = {name: lexicon.digest for name, lexicon in lexicons().items()}
    log.is_whole |= addition.store.lexicons != words
    buyers = log.buyers(addition.records)
    problems = _write(addition, log, buyers)
    before, found = read_account(addition.before) if addition.before else (None, 0)
    odd = (*(() if before is None else before.problems), *problems)
    account = replace(log.account(buyers), problems=odd)
    write_account(addition.store.account_file, account, found + len(problems))
    addition.finish(log.context.text(log.aside.tally), account.digest, words)
    return problems


def _write(addition: "Addition", log: "Growing", buyers: Mapping[str, tuple[str, ...]] | None) -> Problems:
    from checker.check import read_messages
    from checker.loading.policies import load_policies

    policies, words = load_policies(), lexicons()
    problems = dict.fromkeys(log.aside.all_problems())
    for number in log.touched:
        orders, odd = log.part(number, addition.records(number, None if log.is_whole else log.changed[number]), buyers)
        write = addition.write if log.is_whole else addition.change
        write(number, tuple(read_messages(orders, policies, words)), log.lines(number))
        problems |= dict.fromkeys(problem for problem in odd if problem.path.partition("#")[0] in log.added)
    return tuple(problems)
