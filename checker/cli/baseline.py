"""Which violations are known today?"""

from pathlib import Path
from typing import Any

import click

from checker.cli.audit import audit, audit_options, report_of
from checker.cli.language import reader_language
from checker.cli.reader import lang_option
from checker.cli.terminal import complain


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
    from checker.changes.baseline import known_cases
    from checker.loading.baselines import load_baseline
    from checker.reports.baselines import baseline_json

    lang = words.pop("lang") or reader_language()
    before = load_baseline(file) if file.exists() else frozenset()
    report = report_of(audit(words), lang)
    cases = known_cases(report)
    file.write_text(baseline_json(cases, report.as_of), encoding="utf-8")
    gone = len(before - cases.keys())
    complain(f"{file}: {len(cases)} cases, {len(cases.keys() - before)} of them new; {gone} gone", label="written")
    return 0
