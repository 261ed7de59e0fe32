"""What do verdicts come to that stand in a table, whoever gave them?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from checker.engines.survey import Survey
from checker.engines.task import Most
from checker.model.census import Gap, Standing, Tallied, Tallies, gap
from checker.model.finding import Reason, RuleRef, Verdict
from checker.model.rule import RuleHead

_RULE = ["policy", "rule", "version"]
_KIND = [*_RULE, "verdict", "reason", "missing", "outcome", "is_dated", "provisional"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What has to be known of rules to count verdicts on them: their heads, and which are obligations."""

    heads: Mapping[RuleRef, RuleHead]
    duties: frozenset[RuleRef]


def tallies_of(table: pa.Table, rules: Rules) -> Tallies:
    """How many verdicts of each kind stand in a table of verdicts on orders."""
    is_dated = pc.and_(pc.equal(table["verdict"], Verdict.PENDING.value), pc.is_valid(table["due_at"]))
    counted = table.append_column("is_dated", is_dated).group_by(_KIND).aggregate([([], "count_all")])
    found: Tallies = Tallies()
    for row in counted.to_pylist():
        found[_tallied(row, rules)] += row["count_all"]
    return found


def _tallied(row: Mapping[str, Any], rules: Rules) -> Tallied:
    ref, verdict = _ref(row), Verdict(row["verdict"])
    return Tallied(
        ref,
        rules.heads[ref].severity,
        verdict,
        Reason(row["reason"]),
        _names(row["missing"]),
        None if row["outcome"] is None else str(row["outcome"]),
        Standing.NEW if verdict is Verdict.VIOLATED else None,
        bool(row["is_dated"]),
        bool(row["provisional"]),
    )


def _ref(row: Mapping[str, Any]) -> RuleRef:
    return RuleRef(row["policy"], row["rule"], row["version"])


def survey_of(table: pa.Table, rules: Rules, bucket: int, most: Most) -> Survey:
    """The survey of the verdicts on whole orders of a bucket in a table."""
    violated = table.filter(pc.equal(table["verdict"], Verdict.VIOLATED.value))
    found = Survey(most, pc.count_distinct(violated["order_id"]).as_py())
    found.unjudged.update(_unjudged(table.filter(pc.equal(table["verdict"], Verdict.UNDETERMINED.value))))
    for verdict, limit in most.items():
        rows = table.filter(pc.equal(table["verdict"], verdict.value))
        if verdict is Verdict.PENDING:
            rows = rows.filter(pc.is_valid(rows["due_at"]))
        for ref in map(_ref, rows.select(_RULE).group_by(_RULE).aggregate([]).to_pylist()):
            if verdict is not Verdict.PENDING or ref in rules.duties:
                shelf = ref, verdict, Standing.NEW if verdict is Verdict.VIOLATED else None
                near = _first(rows.filter(_is(rows, ref)), verdict, limit)
                found.shelves[shelf] = [(due, order_id, bucket) for due, order_id in near]
    return found


def _is(table: pa.Table, ref: RuleRef) -> pa.ChunkedArray:
    same = pc.and_(pc.equal(table["policy"], ref.policy), pc.equal(table["rule"], ref.rule))
    return pc.and_(same, pc.equal(table["version"], pa.scalar(ref.effective)))


def _first(table: pa.Table, verdict: Verdict, most: int) -> list[tuple[int, str]]:
    """The first of these rows: by due time where they are pending, then by order id."""
    keys = ("due_at", "order_id") if verdict is Verdict.PENDING else ("order_id",)
    near = table.take(pc.select_k_unstable(table, most, [(key, "ascending") for key in keys]))
    due = near["due_at"].cast(pa.int64()).to_pylist() if verdict is Verdict.PENDING else [0] * len(near)
    return sorted(zip(due, near["order_id"].to_pylist(), strict=True))


def _unjudged(table: pa.Table) -> Counter[Gap]:
    """On how many orders something is undetermined in each group."""
    is_hidden = pc.equal(table["reason"], Reason.NOT_OBSERVED.value)
    lacking = pc.if_else(is_hidden, table["missing"], "")
    told = pa.table({"reason": table["reason"], "missing": lacking, "order_id": table["order_id"]})
    counted = told.group_by(["reason", "missing"]).aggregate([("order_id", "count_distinct")])
    rows = ((Reason(row["reason"]), _names(row["missing"]), row) for row in counted.to_pylist())
    return Counter({gap(reason, missing): row["order_id_count_distinct"] for reason, missing, row in rows})


def _names(missing: object) -> tuple[str, ...]:
    return tuple(str(missing or "").split())
