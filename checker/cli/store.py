"""What report does a store of orders give, however many there are?"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from checker.cli.clock import now
from checker.cli.store_judging import engine_name, judge_by
from checker.cli.store_words import SPARK
from checker.cli.store_writing import lexicons
from checker.model.error import EventLogError, UsageError
from checker.model.finding import Finding, Verdict
from checker.model.report import Report
from checker.reports.formats import render
from checker.reports.phrases import Lang
from checker.reports.verdicts import VERDICT_FORMATS, render_verdicts
from checker.reports.view import View

if TYPE_CHECKING:
    import pyarrow as pa

    from checker.check.store import StoreAudit
    from checker.cli.audit import Audit
    from checker.engines.agreement import Agreement
    from checker.engines.store import Store
    from checker.reports.baselines import Said

Most = Mapping[Verdict, int]


def is_store(logs: tuple[Path, ...]) -> bool:
    """Whether the log is one store."""
    return len(logs) == 1 and (logs[0] / "store.json").is_file()


def store_report(asked: "Audit", lang: Lang, most: Most | None = None) -> Report:
    """The report on every order of a store; `most` says how many findings of each rule and verdict are listed.

    Raises: CheckerError where nothing can be judged.
    """
    return _checked(asked, lang, most, None)[0]


@dataclass(frozen=True, slots=True)
class WholeReport:
    """A report, and beside it all that it does not list: tables of verdicts on orders, and findings on rates."""

    report: Report
    rates: tuple[Finding, ...]
    verdicts: Path

    def tell(self, form: str, view: View) -> Iterator[bytes]:
        """The report in a format; formats of one verdict a row have all of them."""
        if form not in VERDICT_FORMATS:
            return render(form, self.report, view)
        return render_verdicts(form, self.report, view, (tables_in(self.verdicts), self.rates))


def tables_in(folder: Path) -> Iterator["pa.Table"]:
    """The tables of verdicts in a folder, bucket by bucket."""
    import pyarrow.parquet as pq

    return map(pq.read_table, sorted(folder.glob("*.parquet")))


@contextmanager
def whole_report(asked: "Audit", lang: Lang, forms: Iterable[str]) -> Iterator[WholeReport]:
    """The report on a store, to be told in these formats while the context lasts.

    Raises: CheckerError where nothing can be judged.
    """
    with TemporaryDirectory(prefix="checker-") as name:
        folder = Path(name)
        verdicts = folder if VERDICT_FORMATS.keys() & {*forms} else None
        yield WholeReport(*_checked(asked, lang, None, verdicts), folder)


def _checked(
    asked: "Audit", lang: Lang, most: Most | None, verdicts: Path | None
) -> tuple[Report, tuple[Finding, ...]]:
    from checker.check.store import check_store
    from checker.cli.audit import mention_age
    from checker.engines.store import last_event_at
    from checker.engines.task import LISTED

    words = asked.stored
    if words.state is not None and words.engine in (SPARK, "reference"):
        raise UsageError("--state is for the columnar engine; Spark and the interpreter judge everything")
    audit = _audit(asked, LISTED if most is None else most, verdicts)
    report, rates = check_store(audit, judge_by(words), engine_name(words), words.workers)
    if not report.census.orders and not asked.allow_empty:
        raise EventLogError(f"no orders to judge in {asked.logs[0]}; --allow-empty accepts that")
    if asked.as_of is None:
        mention_age(last_event_at(audit.store) or report.as_of, report.as_of, lang)
    return report, rates


def store_cases(asked: "Audit") -> tuple[dict[str, "Said"], datetime]:
    """The violations of a store by their case, those waived left out, and the moment at which they are known."""
    from checker.changes.baseline import known_cases
    from checker.check.store import check_store
    from checker.reports.baselines import said_of
    from checker.reports.verdicts.cases import cases_in

    with TemporaryDirectory(prefix="checker-") as name:
        audit = replace(_audit(asked, {}, Path(name)), with_cases=True)
        report, rates = check_store(audit, judge_by(asked.stored), engine_name(asked.stored), asked.stored.workers)
        cases = {case: said_of(found) for case, found in known_cases(replace(report, findings=rates)).items()}
        for table in tables_in(Path(name)):
            cases |= cases_in(table)
        return cases, report.as_of


def order_report(asked: "Audit", order_id: str) -> Report:
    """The report on one order of a store.

    Raises: UsageError where the store does not hold it.
    """
    from checker.check import check
    from checker.engines.proving import histories_named, located
    from checker.engines.store import read_account

    audit = _audit(asked, {}, None)
    bucket = located(audit.store, (order_id,)).get(order_id)
    if bucket is None:
        raise UsageError(f"no order `{order_id}` in this store; {_guess(audit.store, order_id)}")
    log, _ = read_account(audit.store)
    log = replace(log, histories=histories_named(audit.store, (bucket, (order_id,))))
    return check(log, audit.policies, audit.as_of)


def store_agreement(asked: "Audit", count: int | None, seed: int) -> "Agreement":
    """How far interpreter and columns agree on so many orders of a store, or on all of them."""
    from checker.check.store import task_of
    from checker.engines.agreement import agreement

    audit = _audit(asked, {}, None)
    found = agreement(replace(task_of(audit), listing=None), count, seed, asked.stored.workers)
    if not found.orders and not asked.allow_empty:
        raise EventLogError("no orders to compare; --allow-empty accepts that")
    return found


def _guess(store: "Store", order_id: str) -> str:
    """What may have been meant, looked for in one bucket."""
    from checker.engines.source import stored_ids

    names = stored_ids(store, 0).to_pylist()
    near = get_close_matches(order_id, names, n=1, cutoff=0.8)
    example = f", such as `{names[0]}`" if names else ""
    return f"did you mean `{near[0]}`?" if near else f"expected one of {store.orders:,} orders{example}"


def _audit(asked: "Audit", most: Most, verdicts: Path | None) -> "StoreAudit":
    """What is asked of the store, with everything that its files say."""
    from checker.check.store import StoreAudit
    from checker.cli.audit import chosen_policies
    from checker.cli.scope import judging, known_cases_of, waivers_of
    from checker.engines.store import open_store

    if said := [f"--{name.replace('_', '-')}" for name, value in asked.log_words.items() if value]:
        raise UsageError(f"{', '.join(said)}: is said to `checker convert`; a store keeps what its log meant")
    policies = judging(chosen_policies(asked.policy, asked.assume), asked.scope)
    if not any(policy.rules for policy in policies) and not asked.allow_empty:
        raise UsageError("no rules to judge by; --allow-empty accepts that")
    store = open_store(asked.logs[0])
    _demand_read(store)
    return StoreAudit(
        store,
        policies,
        asked.as_of or asked.scope.known_at or now(),
        most,
        waivers_of(asked.scope, policies),
        known_cases_of(asked.scope),
        verdicts,
        asked.stored.engine == "reference",
    )


def _demand_read(store: "Store") -> None:
    today = {name: lexicon.digest for name, lexicon in lexicons().items()}
    if store.lexicons and store.lexicons != today:
        raise EventLogError(f"{store.root}: its messages were read by other words than today's; convert the log again")
