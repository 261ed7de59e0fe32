"""What is noted of a bucket for a report: what to list, what is accepted, and every verdict as a table?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from checker.engines.columnar.audit import Audit
from checker.engines.columnar.cancelled import cancelled
from checker.engines.columnar.probe import Flags, Ints
from checker.engines.source import Source
from checker.engines.survey import STRAYS, Orders, Survey, of_audit, of_findings, orders_at, violated
from checker.engines.table import STANDING_SCHEMA, table_of, verdict_table, with_standing
from checker.engines.task import Accept, Group, Listing, Task
from checker.interpreter.judge import judge
from checker.model.finding import Finding, Verdict
from checker.model.history import OrderHistory


@dataclass(slots=True)
class Noted:
    """What a report wants of the orders of one market in a bucket.

    `accepted` are all violations with what is known of them, None where nobody accepts any.
    """

    bucket: int
    survey: Survey
    accepted: tuple[Finding, ...] | None = None
    tables: list[pa.Table] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of the orders of one market in a bucket; `alone` are the interpreter's findings on hard orders."""

    audited: Audit
    alone: Sequence[Finding]


def note(task: Task, listing: Listing, group: Group, where: tuple[Source, Ints], judged: Judged) -> Noted:
    """What is noted of the orders of one market, which stand in these rows of a source."""
    source, rows = where
    orders = orders_at(source.number, source.order_ids(), rows)
    survey = of_audit(judged.audited, orders, listing.most)
    survey.add(of_findings(judged.alone, group.duties, source.number, listing.most))
    survey.cancellations = cancelled(judged.audited.bucket, listing.timezone)
    noted = Noted(source.number, survey)
    if listing.accept is not None:
        wrong = tuple(source.histories(rows[_violating(orders, judged)]))
        noted.accepted = accepted(task, listing.accept, group, wrong)
    if listing.verdicts is not None:
        table = pa.concat_tables([verdict_table(judged.audited, task.as_of), table_of(judged.alone)])
        noted.tables.append(with_standing(table, noted.accepted or ()))
    return noted


def _violating(orders: Orders, judged: Judged) -> Flags:
    """Which orders violate something."""
    alone = [finding.subject_id for finding in judged.alone if finding.verdict is Verdict.VIOLATED]
    is_alone: Flags = pc.is_in(orders.ids, pa.array(alone, pa.string())).to_numpy(zero_copy_only=False)
    return violated(judged.audited) | is_alone


def accepted(task: Task, accept: Accept, group: Group, histories: Sequence[OrderHistory]) -> tuple[Finding, ...]:
    """The violations of these orders, marked where they are waived or known."""
    found = (finding for history in histories for finding in judge(history, group.policies, task.as_of))
    return accept(tuple(finding for finding in found if finding.verdict is Verdict.VIOLATED), histories)


def strays(source: Source, rows: Ints) -> Survey:
    """What is noted of orders that no market claims."""
    if not len(rows):
        return Survey()
    first = sorted(source.order_ids().take(pa.array(rows)).to_pylist())[:STRAYS]
    return Survey(strays=[(0, order_id, source.number) for order_id in first], stray_events=source.events_of(rows))


def write_verdicts(listing: Listing, bucket: int, tables: Sequence[pa.Table]) -> None:
    """Writes the verdicts on the orders of a bucket, where they are wanted."""
    file = listing.verdicts_file(bucket)
    if file is not None:
        pq.write_table(pa.concat_tables([STANDING_SCHEMA.empty_table(), *tables]), file, compression="lz4")
