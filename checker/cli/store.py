"""How are millions of orders kept, judged and counted from the command line?"""

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from checker.cli.clock import now
from checker.cli.progress import orders_done
from checker.cli.store_writing import lexicons
from checker.cli.terminal import say
from checker.engines.choice import ENGINES, EngineName
from checker.model.error import EventLogError, UsageError
from checker.model.event import Value
from checker.model.finding import RuleRef, Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Market, Policy
from checker.model.report import ExitCode
from checker.model.rule import Severity
from checker.reports.phrases import Lang, phrase

if TYPE_CHECKING:
    from checker.cli.audit import Audit
    from checker.engines.bulk import Group, Outcome, Tallies, Task
    from checker.engines.store import Store

SPARK: Literal["spark"] = "spark"
Command = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class StoreWords:
    """What is said about engines and stores."""

    engine: EngineName | Literal["spark"]
    workers: int | None
    state: Path | None
    master: str | None

    @classmethod
    def taken_from(cls, words: dict[str, Any]) -> "StoreWords":
        """What the words on the command line say; taken out of them."""
        return cls(words.pop("engine"), words.pop("workers"), words.pop("state"), words.pop("master"))

    def own_engine(self) -> EngineName:
        """The engine for a log that is no store.

        Raises: UsageError where something is said that only a store understands.
        """
        if any((self.workers, self.state, self.master)) or self.engine == SPARK:
            raise UsageError(
                "--workers, --state and Spark need a store; `checker convert LOG... --out FOLDER` makes one"
            )
        return self.engine


@dataclass(frozen=True, slots=True)
class Shown:
    """How the outcome is told, and what it means for the exit code."""

    form: str
    lang: Lang
    fail_on: Severity
    strict: bool
    writes_files: bool


def store_options(command: Command) -> Command:
    """The command with the words about engines and stores."""
    folder = click.Path(file_okay=False, path_type=Path)
    words = (
        click.option(
            "--engine", type=click.Choice([*ENGINES, SPARK]), default="auto", help="Who judges; all find the same."
        ),
        click.option("--workers", type=click.IntRange(min=1), help="Processes for a store.  [default: all cores]"),
        click.option("--master", metavar="URL", help="Where Spark runs.  [default: as spark-submit says, or local]"),
        click.option("--state", type=folder, metavar="DIR", help="Judge again only what changed since the last run."),
    )
    for word in reversed(words):
        command = word(command)
    return command


def is_store(logs: tuple[Path, ...]) -> bool:
    """Whether the log is one store."""
    return len(logs) == 1 and (logs[0] / "store.json").is_file()


def check_store(asked: "Audit", words: StoreWords, shown: Shown) -> int:
    """Judges every order of a store and says what the verdicts come to.

    Raises: UsageError where something is asked that only a smaller log can be asked.
    """
    from checker.cli.audit import chosen_policies
    from checker.cli.scope import judging
    from checker.engines.bulk import Task
    from checker.engines.store import open_store

    _refuse(asked, words, shown)
    policies = judging(chosen_policies(asked.policy, asked.assume), asked.scope)
    store = open_store(asked.logs[0])
    _demand_read(store)
    if not store.orders and not asked.allow_empty:
        raise EventLogError(f"no orders in {asked.logs[0]}; --allow-empty accepts that")
    task = Task(store, _groups(policies), asked.as_of or asked.scope.known_at or now())
    return _told(task, _outcome(task, words), shown)


def _refuse(asked: "Audit", words: StoreWords, shown: Shown) -> None:
    if words.engine == "reference":
        raise UsageError("a store is judged in columns; `checker verify` compares them with the interpreter")
    if shown.form not in ("console", "json") or shown.writes_files:
        raise UsageError("a store is counted, not listed; expected --format console or json, without --output")
    if words.engine == SPARK and words.state is not None:
        raise UsageError("--state is for runs on one machine; Spark judges everything")
    if asked.scope.waivers or asked.scope.baseline:
        raise UsageError("--waivers and --baseline need single findings; a store is counted")


def _demand_read(store: "Store") -> None:
    today = {name: lexicon.digest for name, lexicon in lexicons().items()}
    if store.lexicons and store.lexicons != today:
        raise EventLogError(f"{store.root}: its messages were read by other words than today's; convert the log again")


def _groups(policies: tuple[Policy, ...]) -> tuple["Group", ...]:
    from checker.engines.bulk import Group

    markets = {policy.market.id: policy.market for policy in policies}
    every = tuple(markets.values())
    facts = tuple(sorted({"market", *(name for market in every for name in market.orders)}))
    return tuple(
        Group(tuple(p for p in policies if p.market.id == market), partial(belongs, market, every), facts)
        for market in markets
    )


def belongs(market: str, markets: tuple[Market, ...], facts: Mapping[str, Value]) -> bool:
    """Whether an order of these facts is one of the market's."""
    from checker.check import market_of

    return market_of(OrderHistory("", facts, {}, ()), markets) == market


def _outcome(task: "Task", words: StoreWords) -> "Outcome":
    """What came of the whole store, or of what may have changed in it."""
    if words.engine == SPARK:
        return _on_spark(task, words)
    if words.state is None:
        from checker.engines.pool import judge_store

        with orders_done(task.store.orders) as step:
            return judge_store(task, words.workers, None if step is None else lambda part: step(part.orders))
    from checker.engines.state import judge_night, outcome_of

    return outcome_of(judge_night(task, words.state, words.workers))


def _on_spark(task: "Task", words: StoreWords) -> "Outcome":
    """What came of the whole store, judged by Spark."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError("Spark is not installed; `pip install 'order-policy-checker[spark]'`") from None
    from checker.engines.spark import judge_on

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("checker").config("spark.sql.session.timeZone", "UTC")
    session = (builder.master(words.master) if words.master else builder).getOrCreate()
    try:
        return judge_on(session, task)
    finally:
        session.stop()


def _told(task: "Task", outcome: "Outcome", shown: Shown) -> int:
    say("".join(_json(task, outcome) if shown.form == "json" else _text(task, outcome, shown.lang)))
    severities = {rule.head.id: rule.head.severity for g in task.groups for p in g.policies for rule in p.rules}
    violated = {t.rule.rule for t in outcome.tallies if t.verdict is Verdict.VIOLATED}
    if any(severities[rule] >= shown.fail_on for rule in violated):
        return ExitCode.VIOLATIONS
    verdicts = {tallied.verdict for tallied in outcome.tallies if tallied.outcome is None}
    incomplete = outcome.strays or Verdict.UNDETERMINED in verdicts
    return ExitCode.INCOMPLETE if shown.strict and incomplete else ExitCode.CLEAN


def _text(task: "Task", outcome: "Outcome", lang: Lang) -> Iterator[str]:
    yield f"{outcome.orders:,} orders, {task.store.events:,} events, as of {task.as_of.isoformat()}\n"
    for rule, counts in _by_rule(outcome.tallies).items():
        said = (f"{phrase(lang, 'verdict', verdict)} {counts[verdict]:,}" for verdict in Verdict if counts[verdict])
        yield f"{rule}: {', '.join(said)}\n"


def _by_rule(tallies: "Tallies") -> dict[RuleRef, Counter[Verdict]]:
    found: dict[RuleRef, Counter[Verdict]] = defaultdict(Counter)
    for tallied, count in tallies.items():
        found[tallied.rule][tallied.verdict] += count
    return dict(sorted(found.items(), key=lambda pair: str(pair[0])))


def _json(task: "Task", outcome: "Outcome") -> Iterator[str]:
    rows = [
        {"rule": str(t.rule), "verdict": t.verdict, "reason": t.reason, "outcome": t.outcome, "count": count}
        for t, count in sorted(outcome.tallies.items(), key=lambda pair: str(pair[0]))
    ]
    said = {
        "engine": "columnar",
        "as_of": task.as_of.isoformat(),
        "orders": outcome.orders,
        "events": task.store.events,
    }
    said |= {"judged_alone": outcome.hard, "strays": outcome.strays, "tallies": rows}
    yield json.dumps(said, indent=1) + "\n"
