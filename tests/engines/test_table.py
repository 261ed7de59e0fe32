"""Does the table of verdicts say what the findings say?"""

from types import ModuleType

import pytest

from checker.engines import reference
from checker.engines.columnar.audit import audit
from checker.engines.columnar.bucket import bucket_of
from checker.engines.table import table_of, verdict_table

KEY = [("order_id", "ascending"), ("rule", "ascending"), ("version", "ascending"), ("trigger_id", "ascending")]


@pytest.mark.parametrize("seed", range(10))
def test_table_equals_findings(dense: ModuleType, grammar: ModuleType, seed: int) -> None:
    """Verdict, reason, what is missing, class, due time, events and finality stand there as in the findings."""
    orders, policies, as_of = dense.histories(seed, 60, coarse=0), grammar.timeline(seed), grammar.as_of(seed)
    audited = audit(bucket_of(orders, as_of), policies, as_of)
    easy = [order for order, is_hard in zip(orders, audited.hard, strict=True) if not is_hard]
    found = (f for f in reference.findings(easy, policies, as_of) if f.subject.value == "order")
    assert verdict_table(audited, as_of).sort_by(KEY).to_pylist() == table_of(found).sort_by(KEY).to_pylist()
