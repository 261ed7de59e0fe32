"""Which formats hold every verdict? One module each, imported when asked for."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING

from checker.model.finding import Finding
from checker.model.report import Report
from checker.reports.view import View

if TYPE_CHECKING:
    import pyarrow as pa

VERDICT_FORMATS = {"csv": "as_csv", "jsonl": "as_json_lines", "parquet": "as_parquet"}
"""The formats that hold everything, each with `render(parts) -> Iterator[bytes]`."""

SLICE = 1 << 17
"""So many rows are widened at once."""


def render_verdicts(
    name: str, report: Report, view: View, verdicts: tuple[Iterable["pa.Table"], tuple[Finding, ...]]
) -> Iterator[bytes]:
    """Every verdict in the format of that name, piece by piece: those on orders are tables, those on rates findings."""
    from checker.reports.verdicts.columns import Columns

    columns, (tables, rates) = Columns(report, view), verdicts
    slices = (table.slice(start, SLICE) for table in tables for start in range(0, len(table), SLICE))
    parts = chain(map(columns.of_verdicts, slices), (columns.of_findings(rates),))
    chunks: Iterator[bytes] = import_module(f"checker.reports.verdicts.{VERDICT_FORMATS[name]}").render(parts)
    return chunks
