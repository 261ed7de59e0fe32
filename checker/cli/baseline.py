"""Which violations are known today?"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.audit import Audit, audit, audit_options, report_of
from checker.cli.language import reader_language
from checker.cli.reader import lang_option
from checker.cli.store import is_store, store_cases
from checker.cli.terminal import complain
from checker.reports.phrases import Lang

if TYPE_CHECKING:
    from checker.reports.baselines import Said


@click.group(short_help="Write down the violations of today, so that only new ones count.")
def command() -> None:
    """Keep the violations of today in a file; `checker check --baseline FILE` then fails only on new ones.

    A case is known by policy, rule, order and trigger - by no line number and no version.
    """


@command.command()
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@audit_options
@lang_option
def write(file: Path, **words: Any) -> int:
    """Write the violations of LOG... to FILE; those waived are left out."""
    from checker.loading.baselines import load_baseline
    from checker.reports.baselines import baseline_json

    lang = words.pop("lang") or reader_language()
    before = load_baseline(file) if file.exists() else frozenset()
    cases, as_of = _cases(audit(words), lang)
    file.write_text(baseline_json(cases, as_of), encoding="utf-8")
    gone = len(before - cases.keys())
    complain(f"{file}: {len(cases)} cases, {len(cases.keys() - before)} of them new; {gone} gone", label="written")
    return 0


def _cases(asked: Audit, lang: Lang) -> tuple[Mapping[str, "Said"], datetime]:
    """The violations by their case, and the moment at which they are known."""
    from checker.changes.baseline import known_cases
    from checker.reports.baselines import said_of

    if is_store(asked.logs):
        return store_cases(asked)
    report = report_of(asked, lang)
    return {case: said_of(finding) for case, finding in known_cases(report).items()}, report.as_of
