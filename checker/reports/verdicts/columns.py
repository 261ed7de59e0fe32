"""How does a table of verdicts get the columns of a report?"""

from collections.abc import Callable
from datetime import date
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from checker.interpreter.parameters import assumed_parameters
from checker.model.finding import Finding, Reason, RuleRef
from checker.model.heads import heads
from checker.model.report import Report
from checker.model.rule import Subject
from checker.reports.findings_parquet import SCHEMA
from checker.reports.rows import rows
from checker.reports.view import View
from checker.reports.wording import Wording

_AS_THEY_ARE = (
    "policy",
    "verdict",
    "reason",
    "missing",
    "outcome",
    "due_at",
    "trigger_at",
    "decisive_at",
    "provisional",
)
_STANDING = ("case", "waived_by", "known")
_SECOND = 1_000_000


class Columns:
    """The columns of one report, in its language. What would need the events themselves stays null.

    These are sentence, arithmetic, place and the platform's own due time; `case` is there where somebody asked for it.
    """

    def __init__(self, report: Report, view: View) -> None:
        self._report = report
        self._say = Wording(view.lang, report.policies, report.as_of)

    def of_verdicts(self, table: pa.Table) -> pa.Table:
        """The verdicts on orders of a table."""
        told = {name: table[name] for name in (*_AS_THEY_ARE, *_STANDING)}
        told |= {"rule_id": table["rule"], "effective": table["version"], "subject_id": table["order_id"]}
        told |= {"subject": _same(Subject.ORDER.value, table), "as_of": _same(self._report.as_of, table)}
        told |= self._of_rules(table) | {"late_by_seconds": _late_by(table)}
        return pa.table([told.get(field.name, pa.nulls(len(table), field.type)) for field in SCHEMA], SCHEMA)

    def of_findings(self, findings: tuple[Finding, ...]) -> pa.Table:
        """Findings as rows."""
        found = Report(findings, self._report.policies, self._report.log, self._report.as_of, self._report.engine)
        return pa.Table.from_pylist(list(rows(found, self._say)), SCHEMA)

    def _of_rules(self, table: pa.Table) -> dict[str, pa.ChunkedArray]:
        """What is the same for all verdicts of a rule, told once."""
        day = pc.strftime(table["version"].cast(pa.timestamp("s")), "%Y-%m-%d")
        names = pc.binary_join_element_wise(table["policy"], table["rule"], day, "\n").combine_chunks()
        encoded = names.dictionary_encode()
        refs = [_ref(name) for name in encoded.dictionary.to_pylist()]
        return {name: pa.array(map(tell, refs), pa.string()).take(encoded.indices) for name, tell in self._told.items()}

    @cached_property
    def _told(self) -> dict[str, Callable[[RuleRef], str | None]]:
        known, say = heads(self._report.policies), self._say
        return {
            "rule": str,
            "severity": lambda ref: known[ref].severity.name.lower(),
            "bearer": lambda ref: known[ref].bearer.value,
            "title": say.title,
            "clause": say.clause,
            "assumed": self._assumed,
        }

    def _assumed(self, ref: RuleRef) -> str | None:
        ruled = self._say.ruled(ref)
        return None if ruled is None else " ".join(assumed_parameters(ruled.policy, ruled.rule)) or None


def _same(value: object, table: pa.Table) -> pa.Array:
    return pa.repeat(pa.scalar(value), len(table))


def _ref(name: str) -> RuleRef:
    policy, rule, day = name.split("\n")
    return RuleRef(policy, rule, date.fromisoformat(day))


def _late_by(table: pa.Table) -> pa.ChunkedArray:
    """By how many seconds late answers are late."""
    late = pc.subtract(table["decisive_at"].cast(pa.int64()), table["due_at"].cast(pa.int64()))
    is_late = pc.equal(table["reason"], Reason.LATE.value)
    return pc.divide(pc.if_else(is_late, late, None).cast(pa.float64()), pa.scalar(float(_SECOND)))
