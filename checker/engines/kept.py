"""What do the verdicts that a state keeps come to, as if all orders had been judged tonight?"""

from dataclasses import replace
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from checker.engines.bulk import Outcome, Task, outcome_for
from checker.engines.listing import accepted, write_verdicts
from checker.engines.pool import Progress, judge_store, of_buckets
from checker.engines.proving import histories_named
from checker.engines.state import Generation
from checker.engines.survey import of_findings
from checker.engines.table import SCHEMA, with_standing
from checker.engines.tabled import Rules, survey_of, tallies_of
from checker.engines.task import Accept, Listing
from checker.model.finding import Finding, Verdict
from checker.model.heads import heads
from checker.model.policy import Policy
from checker.model.rule import Classification, Rate


def kept_outcome(task: Task, kept: Generation, workers: int | None = None, progress: Progress | None = None) -> Outcome:
    """The outcome of the whole store: verdicts on orders from the tables, rates and cancellations counted anew."""
    anew, total = judge_store(_unkept(task), workers, progress), outcome_for(task)
    # Classifications are judged again for the rates; what they come to stands in the tables.
    for told in (anew.tallies, anew.findings, anew.survey.unjudged):
        told.clear()
    total.add(anew)
    for _, part in of_buckets(partial(_bucket, task, kept), task.store.buckets, workers):
        total.add(part)
    total.finish(task)
    return total


def _unkept(task: Task) -> Task:
    """What a state does not keep: rates, with the tables by which they class, and what is not judged at all."""
    groups = tuple(replace(group, policies=tuple(map(_rates, group.policies))) for group in task.groups)
    listing = None if task.listing is None else Listing({}, task.listing.timezone)
    return replace(task, groups=groups, show=frozenset(), listing=listing)


def _rates(policy: Policy) -> Policy:
    return replace(policy, rules=tuple(rule for rule in policy.rules if isinstance(rule, Rate | Classification)))


def _bucket(task: Task, kept: Generation, number: int) -> Outcome:
    """What the table of a bucket comes to."""
    table, rules = pq.read_table(kept.verdicts_file(number), schema=SCHEMA), Rules(heads(task.policies), task.duties)
    found = outcome_for(task)
    found.tallies = tallies_of(table, rules)
    if task.listing is not None:
        found.survey = survey_of(table, rules, number, task.listing.most)
        marked = () if task.listing.accept is None else _accepted(task, task.listing.accept, (number, table))
        if task.listing.accept is not None:
            found.accept(marked, of_findings(marked, task.duties, number, task.listing.most))
        write_verdicts(task.listing, number, [with_standing(table, marked)])
    return found


def _accepted(task: Task, accept: Accept, where: tuple[int, pa.Table]) -> tuple[Finding, ...]:
    """The violations in a table, proven and marked."""
    bucket, table = where
    wrong = table.filter(pc.equal(table["verdict"], Verdict.VIOLATED.value))
    histories = histories_named(task.store, (bucket, tuple(pc.unique(wrong["order_id"]).to_pylist())))
    of_group = ((group, tuple(h for h in histories if group.claims(h.facts))) for group in task.groups)
    return tuple(found for group, ours in of_group for found in accepted(task, accept, group, ours))
