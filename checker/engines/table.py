"""How do verdicts look as one table, whoever gave them?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.engines.columnar.audit import Audit, Part
from checker.engines.columnar.bucket import micros
from checker.engines.columnar.classification import outcome
from checker.engines.columnar.probe import NEVER, Codes, Flags, Ints
from checker.engines.columnar.sheet import NO_CLASS, REASONS, VERDICTS
from checker.engines.columnar.stage import at_rows
from checker.engines.columnar.watch import provisional_orders
from checker.model.case import case_key
from checker.model.event import Event
from checker.model.finding import Finding, RuleRef, Verdict
from checker.model.rule import Classification

INSTANT = pa.timestamp("us", "UTC")
SCHEMA = pa.schema(
    [
        ("policy", pa.string()),
        ("rule", pa.string()),
        ("version", pa.date32()),
        ("order_id", pa.string()),
        ("verdict", pa.string()),
        ("reason", pa.string()),
        ("missing", pa.string()),
        ("outcome", pa.string()),
        ("due_at", INSTANT),
        ("trigger_id", pa.string()),
        ("trigger_at", INSTANT),
        ("decisive_id", pa.string()),
        ("decisive_at", INSTANT),
        ("provisional", pa.bool_()),
    ]
)
"""One row per verdict on an order. `missing` are names, joined by a blank; what does not apply is null."""
STANDING_SCHEMA = pa.schema([*SCHEMA, ("case", pa.string()), ("waived_by", pa.string()), ("known", pa.bool_())])
"""The same, with what is known of violations; `case` is null where nobody asked."""


def verdict_table(audited: Audit, as_of: datetime) -> pa.Table:
    """The verdicts of an audit, rule by rule; hard orders are not among them."""
    bucket = audited.bucket
    named = Named(
        pa.array(bucket.order_ids, pa.string()),
        pa.array(bucket.event_ids, pa.string()),
        provisional_orders(bucket, micros(as_of)),
    )
    tables = [_of_part(audited, part, named) for part in audited.parts]
    return pa.concat_tables(tables) if tables else SCHEMA.empty_table()


@dataclass(frozen=True, slots=True)
class Named:
    """The ids of a bucket's orders and events, made once for all parts, and which orders are provisional."""

    order_ids: pa.Array
    event_ids: pa.Array
    provisional: Flags


def _of_part(audited: Audit, part: Part, named: Named) -> pa.Table:
    alive = np.flatnonzero(~audited.hard[part.orders])
    sheet, orders, bucket = part.sheet, part.orders[alive], audited.bucket
    trigger, decisive, cause = sheet.trigger[alive], sheet.decisive[alive], sheet.cause[alive]
    causes = audited.causes.known
    reasons = np.array([REASONS.index(known.reason) for known in causes] + [0], np.int64)
    rule = RuleRef(part.policy.id, part.rule.head.id, part.policy.effective)
    columns = {
        **_same(rule, len(alive)),
        "order_id": _taken(named.order_ids, orders),
        "verdict": _words(VERDICTS, sheet.verdict[alive]),
        "reason": _words(REASONS, np.where(cause >= 0, reasons[cause], sheet.reason[alive])),
        "missing": _words([" ".join(known.missing) for known in causes], cause),
        "outcome": _outcomes(part, alive),
        "due_at": _instants(sheet.due[alive]),
        "trigger_id": _taken(named.event_ids, trigger),
        "trigger_at": _instants(at_rows(bucket.at, trigger, NEVER)),
        "decisive_id": _taken(named.event_ids, decisive),
        "decisive_at": _instants(at_rows(bucket.at, decisive, NEVER)),
        "provisional": pa.array(named.provisional[orders]),
    }
    return pa.table(columns, SCHEMA)


def _same(rule: RuleRef, count: int) -> dict[str, pa.Array]:
    values = {"policy": pa.scalar(rule.policy), "rule": pa.scalar(rule.rule), "version": pa.scalar(rule.effective)}
    return {name: pa.repeat(value, count) for name, value in values.items()}


def _taken(values: pa.Array, rows: Ints) -> pa.Array:
    """The values at these rows, null where there is no row."""
    return values.take(pa.array(rows, mask=rows < 0))


def _words(words: Sequence[str], codes: Ints | Codes) -> pa.Array:
    return _taken(pa.array([str(word) for word in words], pa.string()), codes.astype(np.int64))


def _instants(at: Ints) -> pa.Array:
    return pa.array(at, mask=at == NEVER).cast(INSTANT)


def _outcomes(part: Part, alive: Ints) -> pa.Array:
    rule, sheet = part.rule, part.sheet
    if not isinstance(rule, Classification):
        return pa.nulls(len(alive), pa.string())
    width = len(rule.cases) - NO_CLASS
    codes = sheet.verdict[alive].astype(np.int64) * width + sheet.case[alive] - NO_CLASS
    pairs = [divmod(code, width) for code in range(len(VERDICTS) * width)]
    words = [outcome(rule, VERDICTS[verdict], case + NO_CLASS) for verdict, case in pairs]
    return pa.array(words, pa.string()).take(pa.array(codes))


def table_of(findings: Iterable[Finding]) -> pa.Table:
    """The rows that findings on orders stand for."""
    return pa.Table.from_pylist([_row(finding) for finding in findings], SCHEMA)


def _row(finding: Finding) -> dict[str, object]:
    evidence, rule = finding.evidence, finding.rule
    trigger, decisive = evidence.trigger, evidence.decisive
    is_unknown = finding.verdict is Verdict.UNDETERMINED
    return {
        "policy": rule.policy,
        "rule": rule.rule,
        "version": rule.effective,
        "order_id": finding.subject_id,
        "verdict": finding.verdict.value,
        "reason": evidence.reason.value,
        "missing": " ".join(evidence.missing) if is_unknown else None,
        "outcome": finding.outcome,
        "due_at": evidence.due.due_at if evidence.due else None,
        "trigger_id": _id(trigger),
        "trigger_at": trigger.occurred_at if trigger else None,
        "decisive_id": _id(decisive),
        "decisive_at": decisive.occurred_at if decisive else None,
        "provisional": finding.provisional,
    }


def with_standing(table: pa.Table, accepted: Iterable[Finding]) -> pa.Table:
    """The verdicts with what is known of these violations."""
    known = {(str(f.rule), f.subject_id, _id(f.evidence.trigger)): f for f in accepted}
    case, waived_by = (np.full(len(table), None, np.object_) for _ in range(2))
    is_known = np.zeros(len(table), np.bool_)
    rows = np.flatnonzero(pc.equal(table["verdict"], Verdict.VIOLATED.value).to_numpy()) if known else ()
    for place, row in zip(rows, table.take(pa.array(rows, pa.int64())).to_pylist(), strict=True):
        ref = RuleRef(row["policy"], row["rule"], row["version"])
        finding = known[str(ref), row["order_id"], row["trigger_id"]]
        case[place], waived_by[place], is_known[place] = case_key(finding), finding.waived_by, finding.known
    columns = {"case": pa.array(case, pa.string()), "waived_by": pa.array(waived_by, pa.string())}
    return pa.table(
        {**{name: table[name] for name in SCHEMA.names}, **columns, "known": pa.array(is_known)}, STANDING_SCHEMA
    )


def _id(event: Event | None) -> str | None:
    return None if event is None else event.event_id
