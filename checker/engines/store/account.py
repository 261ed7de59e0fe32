"""What became of the records that a store was made from?"""

import json
from dataclasses import asdict, replace
from pathlib import Path

from checker.model.report import DataProblem, EventLog, Tally

MOST = 1_000
"""So many problems are kept; the rest is counted."""


def write_account(root: Path, log: EventLog) -> None:
    """Writes the account of a log beside the store that is made from it; orders are not part of it.

    It is written before the store is finished, and belongs to the store of the same digest.
    """
    said = {
        "digest": log.digest,
        "records": asdict(log.tally),
        "sources": dict(log.sources),
        "problems_found": len(log.problems),
        "problems": [asdict(problem) for problem in log.problems[:MOST]],
    }
    partial = root / "account.json.partial"
    partial.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    partial.replace(root / "account.json")


def read_account(root: Path, digest: str) -> tuple[EventLog, int]:
    """The account of the store with this digest, and how many problems there were; an empty one where it has none."""
    empty = EventLog((), (), Tally(), {}, digest)
    try:
        said = json.loads((root / "account.json").read_text(encoding="utf-8"))
    except OSError:
        return empty, 0
    if said["digest"] != digest:
        return empty, 0
    problems = tuple(DataProblem(**problem) for problem in said["problems"])
    log = replace(empty, problems=problems, tally=Tally(**said["records"]), sources=said["sources"])
    return log, said["problems_found"]
