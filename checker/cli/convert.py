"""How does a log become canonical?"""

from pathlib import Path
from typing import Any

import click

from checker.cli.audit import read_log
from checker.cli.log_words import log_options, log_words
from checker.cli.progress import progress
from checker.cli.store_adding import add_to_store
from checker.cli.store_writing import write_store
from checker.cli.terminal import complain
from checker.model.error import UsageError
from checker.model.report import DataProblem, ExitCode


@click.command(short_help="Write a log in the canonical form.")
@click.argument("logs", metavar="LOG...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help="*.jsonl, *.csv, *.parquet, *.xes, *.json (OCEL 2.0), or a folder.",
)
@click.option("--buckets", type=click.IntRange(1, 99_999), help="Parts of a folder.  [default: one per 50,000 orders]")
@click.option("--add", is_flag=True, help="Add to the folder, as if all had been converted at once; or begin it.")
@log_options
def command(logs: tuple[Path, ...], target: Path, buckets: int | None, add: bool, **words: Any) -> int:
    """Write everything that LOG... say in the canonical form: one event a line, the same for every source.

    A target without a suffix becomes a folder of Parquet buckets by hash of the order id, with messages read: the form
    in which millions of orders are judged. With --add from the first time on, such a folder keeps its records, and the
    files of the next night are merged with them.
    """
    said = log_words(words)
    if target.suffix and (add or buckets):
        raise UsageError("--add and --buckets are for a folder; a target without a suffix becomes one")
    if target.suffix:
        problems = _write_file(logs, target, said)
    elif add:
        problems = add_to_store(logs, target, buckets, said)
    else:
        problems = write_store(logs, target, buckets, said).problems
        from checker.engines.store import open_store

        store = open_store(target)
        complain(f"{store.events:,} events of {store.orders:,} orders", label=str(target))
    for problem in problems:
        complain(f"{problem.path}:{problem.line or 1}: {problem.reason}; {problem.hint}", label="warning")
    return ExitCode.CLEAN


def _write_file(logs: tuple[Path, ...], target: Path, said: dict[str, Any]) -> tuple[DataProblem, ...]:
    from checker.loading.logs.canonical import write_canonical

    with progress(logs) as bar:
        log = read_log(logs, said, bar)
        write_canonical(log, target)
    events = sum(len(history.events) for history in log.histories)
    complain(f"{events:,} events of {len(log.histories):,} orders", label=str(target))
    return log.problems
