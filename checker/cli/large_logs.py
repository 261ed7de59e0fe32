"""When is a log so large that it is judged as a store, and who makes the store?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from checker.cli.audit import Audit, chosen_policies
from checker.cli.log_words import placed
from checker.cli.scope import judging
from checker.cli.store import is_store
from checker.cli.store_writing import size_of, write_store
from checker.cli.terminal import complain

LARGE = 300_000_000
"""Bytes of JSON Lines, about 100,000 orders: from here on memory, not time, forbids to make every finding."""


@contextmanager
def as_store(asked: Audit) -> Iterator[Audit]:
    """The audit; of a large canonical log, while the context lasts, that of a store made from it."""
    if is_store(asked.logs) or not _is_large(asked):
        yield asked
        return
    policies = judging(chosen_policies(asked.policy, asked.assume), asked.scope)
    with TemporaryDirectory(prefix="checker-") as name:
        store = Path(name) / "store"
        complain("is large: all findings are counted, the gravest are listed", label=" ".join(map(str, asked.logs)))
        write_store(asked.logs, store, None, placed(asked.log_words, policies))
        yield replace(asked, logs=(store,), log_words={})


def _is_large(asked: Audit) -> bool:
    """Whether the log is canonical, large, and nothing is asked that only a log can be asked."""
    from checker.loading.logs.options import LogOptions

    options, words = LogOptions(**asked.log_words), asked.stored
    if words.engine != "auto" or words.state is not None or words.master is not None or options.quarantine is not None:
        return False
    if size_of(asked.logs) < LARGE:
        return False
    # Loads arrays, which small logs need not pay for.
    from checker.loading.logs.parts import is_canonical

    return is_canonical(asked.logs, options)
