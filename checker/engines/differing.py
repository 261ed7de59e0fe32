"""Which orders do two versions judge differently, seen before any proof is made?"""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.engines.columnar.audit import audit
from checker.engines.columnar.bucket import Bucket, bucket_of
from checker.engines.table import verdict_table
from checker.model.finding import Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy

_CASE = ("order_id", "rule", "trigger_id", "verdict", "outcome", "due_at")


def differing(
    orders: Sequence[OrderHistory], old: Policy, new: Policy, as_of: datetime
) -> tuple[tuple[OrderHistory, ...], int]:
    """The orders that the two versions judge or may judge differently, and how many verdicts the others have.

    Orders that arrays cannot judge are among the first.
    """
    bucket = bucket_of(orders, as_of)
    (before, hard), (after, also_hard) = (_verdicts(bucket, policy, as_of) for policy in (old, new))
    sides = pa.concat_tables((_sided(before, 1), _sided(after, -1)))
    uneven = sides.group_by(list(_CASE), use_threads=False).aggregate([("side", "sum")])
    names = set(uneven.filter(pc.not_equal(uneven["side_sum"], 0))["order_id"].to_pylist())
    names |= {order.order_id for order, is_hard in zip(orders, hard | also_hard, strict=True) if is_hard}
    settled = pc.sum(pc.invert(pc.is_in(after["order_id"], pa.array(sorted(names), pa.string())))).as_py()
    return tuple(order for order in orders if order.order_id in names), int(settled or 0)


def _verdicts(bucket: Bucket, policy: Policy, as_of: datetime) -> tuple[pa.Table, np.ndarray]:
    audited = audit(bucket, (policy,), as_of)
    return verdict_table(audited, as_of).select(list(_CASE)), audited.hard


def _sided(table: pa.Table, side: int) -> pa.Table:
    """The rows that count as a case, each due time only where it is still ahead."""
    idle = pc.equal(table["verdict"], Verdict.NOT_APPLICABLE.value)
    kept = table.filter(pc.invert(idle))
    pending = pc.equal(kept["verdict"], Verdict.PENDING.value)
    due = pc.if_else(pending, kept["due_at"], pa.scalar(None, kept["due_at"].type))
    kept = kept.set_column(_CASE.index("due_at"), "due_at", due)
    return kept.append_column("side", pa.array(np.full(len(kept), side, np.int64)))
