"""Which log, which policies, which moment: the words that every judging command shares, and the report they ask for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from checker.cli.clock import now
from checker.cli.instant import INSTANT
from checker.cli.log_words import log_options, log_words, placed
from checker.cli.progress import Bar, progress
from checker.cli.scope import Scope, accepted, judging, scope, scope_options
from checker.cli.store import is_store, order_report, store_report
from checker.cli.store_words import WITHOUT_WORDS, StoreWords
from checker.cli.terminal import complain
from checker.engines.choice import EngineName
from checker.model.activity import Activity
from checker.model.error import EventLogError, UsageError
from checker.model.history import OrderHistory
from checker.model.lexicon import Lexicon
from checker.model.policy import Policy
from checker.model.report import EventLog, Report
from checker.reports.instants import span
from checker.reports.phrases import Lang, phrase

Command = Callable[..., Any]

STALE = timedelta(days=7)
"""From this age on a log is likely to be judged at the wrong moment."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What one run audits. `as_of` None is the present."""

    logs: tuple[Path, ...]
    policy: str
    as_of: datetime | None
    assume: Path | None
    allow_empty: bool
    scope: Scope
    log_words: dict[str, Any]
    engine: EngineName = "auto"
    stored: StoreWords = WITHOUT_WORDS


def audit_options(command: Command) -> Command:
    """The command with the words of an audit."""
    words = (
        click.argument("logs", metavar="LOG...", nargs=-1, required=True, type=click.Path(path_type=Path)),
        click.option(
            "--policy",
            default="tiktok_shop.jp",
            show_default=True,
            metavar="ID|PATH",
            help="Policies whose id begins so, or a policy file or folder.",
        ),
        click.option("--as-of", type=INSTANT, help="The moment of the audit, with its offset; nothing later is seen."),
        click.option(
            "--assume",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Your own values for parameters that are not published.",
        ),
        click.option("--allow-empty", is_flag=True, help="No orders or no rules are no error."),
    )
    for word in reversed(words):
        command = word(command)
    return log_options(scope_options(command))


def audit(words: dict[str, Any]) -> Audit:
    """The audit that the words on the command line describe; takes them out of `words`."""
    return Audit(
        logs=words.pop("logs"),
        policy=words.pop("policy"),
        as_of=words.pop("as_of"),
        assume=words.pop("assume"),
        allow_empty=words.pop("allow_empty"),
        scope=scope(words),
        log_words=log_words(words),
    )


def report_of(asked: Audit, lang: Lang, order_id: str | None = None) -> Report:
    """The report that the audit asks for, on one order alone if it is named.

    Raises: CheckerError where nothing can be judged.
    """
    if is_store(asked.logs):
        return store_report(asked, lang) if order_id is None else order_report(asked, order_id)
    from checker.check import check

    policies = judging(chosen_policies(asked.policy, asked.assume), asked.scope)
    with progress(asked.logs) as bar:
        log = read_log(asked.logs, placed(asked.log_words, policies), bar)
        log = log if order_id is None else _only(log, order_id)
        as_of = asked.as_of or asked.scope.known_at or now()
        report = check(log, policies, as_of, _lexicons(log), engine=asked.engine)
    _demand_something(report, asked.allow_empty)
    if asked.as_of is None:
        last = max((event.occurred_at for history in log.histories for event in history.events), default=as_of)
        mention_age(last, as_of, lang)
    return accepted(report, asked.scope)


def _only(log: EventLog, order_id: str) -> EventLog:
    found = tuple(history for history in log.histories if history.order_id == order_id)
    if found:
        return replace(log, histories=found)
    if not log.histories:
        raise EventLogError(_no_orders(log))
    names = [history.order_id for history in log.histories]
    near = get_close_matches(order_id, names, n=1, cutoff=0.8)
    guess = f"did you mean `{near[0]}`?" if near else f"expected one of {len(names):,} orders, such as `{names[0]}`"
    raise UsageError(f"no order `{order_id}` in this log; {guess}")


def _lexicons(log: EventLog) -> Mapping[str, Lexicon]:
    """The shipped lexicons, where there is a message to read."""
    if not any(event.activity is Activity.MESSAGE_SENT for history in log.histories for event in history.events):
        return {}
    from checker.loading.lexicons import load_lexicons
    from checker.loading.policies import shipped_policies

    return load_lexicons(shipped_policies() / "lexicons")


def mention_age(last: datetime, as_of: datetime, lang: Lang) -> None:
    """Tells that a log with so old a last event may be meant to be judged at an earlier moment."""
    if as_of - last > STALE:
        age, example = span(lang, as_of - last), last.isoformat().replace("+00:00", "Z")
        complain(phrase(lang, "report", "hint_as_of", age=age, example=example), label="hint")


def orders_read(paths: tuple[Path, ...], words: dict[str, Any], policies: Sequence[Policy]) -> tuple[OrderHistory, ...]:
    """The orders of the files that these policies judge, their messages read; takes the log's words out of `words`."""
    from checker.check import orders_of

    with progress(paths) as bar:
        log = read_log(paths, placed(log_words(words), policies), bar)
        return orders_of(log, policies, _lexicons(log))


def read_log(paths: tuple[Path, ...], words: dict[str, Any], bar: Bar | None) -> EventLog:
    """Everything that the files say; the bar is told when they are read."""
    from checker.loading.logs import load_log
    from checker.loading.logs.options import LogOptions

    log = load_log(paths, LogOptions(**words), None if bar is None else bar.read)
    if bar is not None:
        bar.judge()
    return log


def chosen_policies(wanted: str, assume: Path | None) -> tuple[Policy, ...]:
    """The shipped policies whose id begins so, or those of a file or folder, under the shop's own assumptions."""
    from checker.loading.policies import load_policies

    if "/" in wanted or wanted.endswith((".yaml", ".yml")) or wanted == ".":
        found = load_policies(Path(wanted))
    else:
        found = _shipped(wanted)
    if assume is None:
        return found
    from checker.loading.policies.assumptions import assume as assumed_by
    from checker.loading.policies.assumptions import load_assumptions

    return assumed_by(found, load_assumptions(assume))


def _shipped(wanted: str) -> tuple[Policy, ...]:
    """The shipped policies whose id begins so; the files of others are not read, which takes most of a short run."""
    from checker.loading.policies import load_policies, shipped_policies

    folder = shipped_policies().joinpath(*wanted.split("."))
    under = load_policies(folder) if any(folder.rglob("????-??-??.yaml")) else ()
    found = tuple(policy for policy in under if policy.id == wanted or policy.id.startswith(f"{wanted}."))
    if not found:
        raise UsageError(f"no policy `{wanted}`; {_known(load_policies())}")
    return found


def _known(policies: Sequence[Policy]) -> str:
    names = sorted({policy.market.id for policy in policies} | {policy.id for policy in policies})
    return f"expected the beginning of one of: {', '.join(names)}" if names else "none is installed"


def _demand_something(report: Report, allow_empty: bool) -> None:
    """Nothing, where there were orders to judge and rules to judge them by."""
    if allow_empty:
        return
    if not any(policy.rules for policy in report.policies):
        raise UsageError("no rules to judge by; --allow-empty accepts that")
    if not report.log.histories:
        raise EventLogError(_no_orders(report.log))


def _no_orders(log: EventLog) -> str:
    files = ", ".join(log.sources) or "the files given"
    shown = [f"{p.path}:{p.line or 1}: {p.reason}; {p.hint}" for p in log.problems[:3]]
    return "\n".join([f"no orders to judge in {files}; --allow-empty accepts that", *shown])
