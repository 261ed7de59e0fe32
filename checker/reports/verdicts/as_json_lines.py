"""What does a stream of all verdicts on a store look like? A JSON object a line, in the shape of a log's findings."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson
import pyarrow as pa

_PLAIN = (
    "rule", "policy", "rule_id", "effective", "severity", "bearer", "verdict", "outcome", "reason", "provisional",
    "waived_by", "known", "sentence", "arithmetic", "place",
)  # fmt: skip


def render(parts: Iterable[pa.Table]) -> Iterator[bytes]:
    """A line for each verdict."""
    for part in parts:
        for batch in part.to_batches(max_chunksize=1 << 13):
            yield b"".join(_line(row) for row in batch.to_pylist())


def _line(row: Mapping[str, Any]) -> bytes:
    told = {"as_of": row["as_of"], "id": row["case"], **{name: row[name] for name in _PLAIN}}
    told |= {"subject": {"kind": row["subject"], "id": row["subject_id"]}, "evidence": _evidence(row)}
    return orjson.dumps(told, option=orjson.OPT_UTC_Z) + b"\n"


def _evidence(row: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of the proof, without what is absent."""
    full = {
        "due": None if row["due_at"] is None else {"due_at": row["due_at"]},
        "trigger_at": row["trigger_at"],
        "decisive_at": row["decisive_at"],
        "late_by_seconds": row["late_by_seconds"],
        "missing": (row["missing"] or "").split(),
        "assumed": (row["assumed"] or "").split(),
        "counts": _counts(row),
    }
    return {name: value for name, value in full.items() if value is not None and value != []}


def _counts(row: Mapping[str, Any]) -> dict[str, Any] | None:
    if row["denominator"] is None:
        return None
    return {name: row[name] for name in ("numerator", "denominator", "unclear", "percent")}
