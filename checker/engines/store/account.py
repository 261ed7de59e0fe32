"""What became of the records that a store was made from?"""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from checker.engines.store.layout import Store
from checker.model.report import DataProblem, EventLog, Tally

MOST = 1_000
"""So many problems are kept; the rest is counted."""


def write_account(path: Path, log: EventLog, found: int | None = None) -> None:
    """Writes the account of a log for the store that is made from it; orders are not part of it.

    `found` counts the problems, where they are more than the log still has. It is written before the store is
    finished, and belongs to the store of the same digest.
    """
    said = {
        "digest": log.digest,
        "records": asdict(log.tally),
        "sources": dict(log.sources),
        "problems_found": len(log.problems) if found is None else found,
        "problems": [asdict(problem) for problem in log.problems[:MOST]],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    partial.replace(path)


def read_account(store: Store) -> tuple[EventLog, int]:
    """The account of the store, and how many problems there were; an empty one where it has none of its own."""
    empty = EventLog((), (), Tally(), {}, store.digest)
    try:
        said = json.loads(store.account_file.read_text(encoding="utf-8"))
    except OSError:
        return empty, 0
    if said["digest"] != store.digest:
        return empty, 0
    problems = tuple(DataProblem(**problem) for problem in said["problems"])
    log = replace(empty, problems=problems, tally=Tally(**said["records"]), sources=said["sources"])
    return log, said["problems_found"]


def last_event_at(store: Store) -> datetime | None:
    """When the last event of a store happened, by what its files say of themselves; None where they say nothing."""
    found: list[datetime] = []
    for bucket in range(store.buckets):
        file = pq.read_metadata(store.events_file(bucket))
        column = file.schema.names.index("at")
        stats = (file.row_group(group).column(column).statistics for group in range(file.num_row_groups))
        found += (one.max.replace(tzinfo=UTC) for one in stats if one is not None and one.has_min_max)
    return max(found, default=None)
