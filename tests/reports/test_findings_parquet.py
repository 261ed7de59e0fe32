"""Can a database read the findings?"""

from datetime import UTC, date, datetime

import duckdb

from checker.model.finding import Reason
from checker.reports.findings_parquet import render
from checker.reports.view import View


def test_another_engine_reads_it(made, tmp_path):
    """DuckDB counts the violations by rule and reads times as times."""
    path = tmp_path / "findings.parquet"
    path.write_bytes(b"".join(render(made.report(), View())))
    counted = duckdb.sql(
        f"select rule_id, count(*) from '{path}' where verdict = 'violated' group by all order by all"  # noqa: S608
    ).fetchall()
    assert counted == [("approved_first", 1), ("fault_rate", 1), ("seller_answers", 2), ("seller_does_not_ask", 1)]
    late = duckdb.sql(
        f"select epoch_ms(due_at), effective, late_by_seconds from '{path}' where reason = '{Reason.LATE}'"  # noqa: S608
    ).fetchall()
    assert late == [(int(datetime(2025, 12, 3, 1, tzinfo=UTC).timestamp() * 1000), date(2025, 10, 28), 4800.0)]


def test_no_findings_are_an_empty_table(made, tmp_path):
    """Without findings there is a table with all its columns."""
    from dataclasses import replace

    path = tmp_path / "findings.parquet"
    path.write_bytes(b"".join(render(replace(made.report(), findings=()), View())))
    assert duckdb.sql(f"select count(*), count(case_) from (select \"case\" as case_ from '{path}')").fetchall() == [  # noqa: S608
        (0, 0)
    ]
