"""What does a database read? The findings as a Parquet table."""

import io
from collections.abc import Iterator
from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq

from checker.model.report import Report
from checker.reports.rows import COLUMNS, DAYS, FLAGS, INSTANTS, MEASURES, NUMBERS, rows
from checker.reports.view import View
from checker.reports.wording import Wording

BATCH = 8192
_TYPES = {
    **dict.fromkeys(INSTANTS, pa.timestamp("us", "UTC")),
    **dict.fromkeys(DAYS, pa.date32()),
    **dict.fromkeys(NUMBERS, pa.int64()),
    **dict.fromkeys(MEASURES, pa.float64()),
    **dict.fromkeys(FLAGS, pa.bool_()),
}
SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in COLUMNS])


def render(report: Report, view: View) -> Iterator[bytes]:
    """One file; its bytes are the same for the same report."""
    say = Wording(view.lang, report.policies, report.as_of)
    remaining = rows(report, say)
    target = io.BytesIO()
    with pq.ParquetWriter(target, SCHEMA, compression="zstd") as writer:
        while batch := list(islice(remaining, BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema=SCHEMA))
    yield target.getvalue()
