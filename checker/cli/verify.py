"""Do both engines say the same of this log?"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from checker.cli.audit import audit, audit_options, chosen_policies, orders_read
from checker.cli.clock import now
from checker.cli.scope import judging, scope
from checker.cli.store import is_store, store_agreement
from checker.cli.terminal import complain, say
from checker.model.error import EventLogError
from checker.model.finding import Finding
from checker.model.history import OrderHistory
from checker.model.report import ExitCode

if TYPE_CHECKING:
    from checker.engines.agreement import Agreement

SHOWN = 5
"""Disagreements told in full."""


@click.command(short_help="Judge a log on both engines and compare.")
@audit_options
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Only so many orders, chosen by --seed.")
@click.option("--seed", type=int, default=0, show_default=True, help="Which sample.")
def command(sample: int | None, seed: int, **words: Any) -> int:
    """Judge the orders of LOG... by the interpreter and by the columnar engine; verdict, due time, version and
    evidence of every finding must be equal. Of a store the columns are read as a check reads them.

    The exit code is 0 if they are, 2 if not.
    """
    if is_store(words["logs"]):
        return _told(store_agreement(audit(words), sample, seed))
    policies = judging(chosen_policies(words.pop("policy"), words.pop("assume")), scope(words))
    as_of, may_be_empty = words.pop("as_of") or now(), words.pop("allow_empty")
    orders = _sampled(orders_read(words.pop("logs"), words, policies), sample, seed)
    if not orders and not may_be_empty:
        raise EventLogError("no orders to compare; --allow-empty accepts that")
    from checker.engines import columnar, reference

    one = reference.findings(orders, policies, as_of)
    other = columnar.findings(orders, policies, as_of)
    wrong = list(_disagreements(one, other))
    for line in wrong[:SHOWN]:
        complain(line, label="disagreement")
    say(f"{len(orders):,} orders, {len(one):,} findings on each engine, {len(wrong):,} differ\n")
    return ExitCode.COULD_NOT_CHECK if wrong else ExitCode.CLEAN


def _told(found: "Agreement") -> ExitCode:
    """Says how far both engines agree on a store."""
    for one, other in found.pairs:
        complain(_disagreement(one, other), label="disagreement")
    say(f"{found.orders:,} orders, {found.findings:,} findings on each engine, {found.differing:,} differ\n")
    return ExitCode.COULD_NOT_CHECK if found.differing else ExitCode.CLEAN


def _disagreement(one: Finding | None, other: Finding | None) -> str:
    if one is not None and other is not None:
        return f"order `{one.subject_id}`, {one.rule}: differ in {', '.join(_differing(one, other))}"
    found = one or other
    assert found is not None  # noqa: S101 - one of the two has it
    return f"order `{found.subject_id}`, {found.rule}: only {'in columns' if one is None else 'by the interpreter'}"


def _sampled(orders: Sequence[OrderHistory], count: int | None, seed: int) -> tuple[OrderHistory, ...]:
    """So many orders in their sequence, the same for the same seed."""
    if count is None or count >= len(orders):
        return tuple(orders)
    places = random.Random(seed).sample(range(len(orders)), count)  # noqa: S311 - a sample, no secret
    return tuple(orders[place] for place in sorted(places))


def _disagreements(one: Sequence[Finding], other: Sequence[Finding]) -> Iterator[str]:
    if len(one) != len(other):
        yield f"{len(one):,} findings by the interpreter, {len(other):,} in columns"
    for first, second in zip(one, other, strict=False):
        if first != second:
            yield _disagreement(first, second)


def _differing(first: Finding, second: Finding) -> Iterator[str]:
    for field in fields(first):
        if field.name != "evidence" and getattr(first, field.name) != getattr(second, field.name):
            yield field.name
    for field in fields(first.evidence):
        if getattr(first.evidence, field.name) != getattr(second.evidence, field.name):
            yield f"evidence.{field.name}"
