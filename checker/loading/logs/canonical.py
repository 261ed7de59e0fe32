"""The canonical form of an event log, as JSON Lines, CSV or Parquet, and as XES and OCEL for process mining."""

import csv
import gzip
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from checker.loading.logs.cells import guarded, instant_text, plain_observes, plain_value, refs_text
from checker.loading.logs.sources.canonical import COLUMNS, FACTS_ROW, SOURCE, TEXTS
from checker.loading.logs.sources.ocel import write_ocel
from checker.loading.logs.sources.xes import write_xes
from checker.model.error import UsageError
from checker.model.event import Actor, Event, Precision
from checker.model.history import OrderHistory
from checker.model.report import EventLog

Row = dict[str, Any]

INSTANTS = ("ts", "observed_at", "due")
BATCH = 8192
SCHEMA = pa.schema(
    [
        (name, pa.timestamp("us", "UTC"))
        if name in INSTANTS
        else (name, pa.list_(pa.string()))
        if name == "line_item_ids"
        else (name, pa.bool_())
        if name == "inferred"
        else (name, pa.string())
        for name in COLUMNS
    ]
)


def write_canonical(log: EventLog, target: Path) -> None:
    """Writes the orders of a log as `write_histories` does."""
    write_histories(log.histories, target)


def write_histories(histories: Iterable[OrderHistory], target: Path) -> None:
    """Writes the facts, the coverage and the events of every order; reading them gives the same histories.

    The suffix chooses: `.jsonl`, `.csv`, `.parquet`, `.xes`, or `.json` for OCEL 2.0; all but Parquet also with `.gz`.
    The target is whole or as it was before.
    Raises: UsageError for any other suffix, or if the target cannot be written.
    """
    packed = target.suffix == ".gz"
    suffix = (target.with_suffix("") if packed else target).suffix
    write = WRITERS.get(suffix)
    if write is None or (packed and suffix == ".parquet"):
        expected = ".jsonl, .csv, .xes or .json (OCEL 2.0), each also with .gz, or .parquet"
        raise UsageError(f"`{target.name}` has no canonical suffix; expected {expected}")
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with ExitStack() as stack:
            file = stack.enter_context(unfinished.open("wb"))
            # No name and no time in the header: the same log gives the same bytes.
            stream = stack.enter_context(gzip.GzipFile("", "wb", fileobj=file, mtime=0)) if packed else file
            write(rows(histories), cast("IO[bytes]", stream))
        unfinished.replace(target)
    except OSError as error:
        raise UsageError(f"{target.as_posix()}: cannot be written: {error.strerror or error}") from None
    finally:
        unfinished.unlink(missing_ok=True)


def rows(histories: Iterable[OrderHistory]) -> Iterator[Row]:
    """The canonical rows of these orders: of each its facts and coverage first, then its events."""
    for history in histories:
        facts = {name: plain_value(value) for name, value in history.facts.items()}
        facts["observes"] = plain_observes(history.observes)
        yield {"order_id": history.order_id, "type": FACTS_ROW, "facts": facts}
        for event in history.events:
            yield _event_row(event)


def _event_row(event: Event) -> Row:
    """The columns of one event that are known; instants stay instants."""
    attributes = dict(event.attributes)
    row: Row = {
        "event_id": event.event_id,
        "order_id": event.order_id,
        "ts": event.occurred_at,
        "ts_precision": None if event.precision is Precision.SECOND else event.precision.value,
        "observed_at": event.recorded_at,
        "type": event.activity.value,
        "actor": None if event.actor is Actor.UNKNOWN else event.actor.value,
        **{name: attributes.pop(name) for name in TEXTS if isinstance(attributes.get(name), str)},
        "line_item_ids": attributes.pop("line_item_ids", None),
        "due": attributes.pop("due", None),
        "inferred": event.inferred or None,
        "source": event.refs[0].source if event.refs else SOURCE,
        "source_ref": refs_text(event.refs),
        "facts": {name: plain_value(value) for name, value in attributes.items()} or None,
    }
    return {name: value for name in COLUMNS if (value := row.get(name)) is not None}


def _write_lines(found: Iterable[Row], stream: IO[bytes]) -> None:
    for row in found:
        plain = row | {name: instant_text(row[name]) for name in INSTANTS if name in row}
        stream.write(orjson.dumps(plain) + b"\n")


def _write_csv(found: Iterable[Row], stream: IO[bytes]) -> None:
    text = io.TextIOWrapper(stream, "utf-8", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in found:
        writer.writerow([_cell(name, row.get(name)) for name in COLUMNS])
    text.flush()
    text.detach()


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in INSTANTS:
        return instant_text(value)
    if name in ("facts", "line_item_ids"):
        return orjson.dumps(value).decode()
    return "true" if value is True else guarded(str(value))


def _write_parquet(found: Iterable[Row], stream: IO[bytes]) -> None:
    remaining = iter(found)
    with pq.ParquetWriter(stream, SCHEMA, compression="zstd") as writer:
        while batch := list(islice(remaining, BATCH)):
            flat = [row | ({"facts": orjson.dumps(row["facts"]).decode()} if "facts" in row else {}) for row in batch]
            writer.write_table(pa.Table.from_pylist(flat, schema=SCHEMA))


WRITERS: dict[str, Callable[[Iterable[Row], IO[bytes]], None]] = {
    ".jsonl": _write_lines,
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".xes": write_xes,
    ".json": write_ocel,
}
