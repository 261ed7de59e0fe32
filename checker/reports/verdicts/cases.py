"""Which violations stand in a table of verdicts, by their case?"""

from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from checker.model.finding import Verdict
from checker.reports.baselines import Said

_TOLD = ["case", "policy", "rule", "order_id", "trigger_at"]


def cases_in(table: pa.Table) -> dict[str, Said]:
    """What is said of the violations that nobody waived."""
    wrong = pc.and_(pc.equal(table["verdict"], Verdict.VIOLATED.value), pc.is_null(table["waived_by"]))
    return {row["case"]: _said(row) for row in table.filter(wrong).select(_TOLD).to_pylist()}


def _said(row: dict[str, Any]) -> Said:
    at: datetime | None = row["trigger_at"]
    said = {"rule": f"{row['policy']}.{row['rule']}", "order": row["order_id"]}
    return said if at is None else {**said, "trigger": at.isoformat()}
