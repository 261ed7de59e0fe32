"""Which orders break which rule?"""

from dataclasses import replace
from typing import Any

import click

from checker.cli.audit import audit, audit_options, report_of
from checker.cli.large_logs import as_store
from checker.cli.reader import lang_option, view_of
from checker.cli.store import is_store, whole_report
from checker.cli.store_words import StoreWords, store_options
from checker.cli.writing import OUTPUT, deliver
from checker.model.rule import Severity
from checker.reports.formats import FILES_ONLY, FORMATS, render

_TEXTS = [form for form in FORMATS if form not in FILES_ONLY]
_SEVERITIES = [severity.name.lower() for severity in Severity]


@click.command(short_help="Judge the orders of a log.")
@audit_options
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    default="minor",
    show_default=True,
    help="Violations of at least this severity give exit code 1.",
)
@click.option("--strict", is_flag=True, help="Anything that could not be judged gives exit code 3.")
@click.option("--format", "form", type=click.Choice(_TEXTS), default="console", help="What stdout shows.")
@click.option("--output", type=OUTPUT, multiple=True, metavar="FORMAT=PATH", help="Also write a file (repeatable).")
@click.option("--show-messages", is_flag=True, help="Let texts that people wrote into the report.")
@store_options
@lang_option
def command(form: str, fail_on: str, strict: bool, **words: Any) -> int:
    """Judge the orders of LOG... by the policies in force.

    LOG is an answer of the TikTok Shop API (orders, cancellations, messages), a webhook log, a Seller Center export,
    or a canonical log; several are merged. The format is recognised. A store that `checker convert` made is judged
    bucket by bucket, however many orders it holds, and counted; a canonical log of more than 100,000 orders or so is
    made one for the time.
    """
    outputs, view, stored = words.pop("output"), view_of(words), StoreWords.taken_from(words)
    with as_store(replace(audit(words), stored=stored)) as asked:
        if is_store(asked.logs):
            with whole_report(asked, view.lang, {form, *(name for name, _ in outputs)}) as whole:
                deliver(whole.tell, view, form, outputs)
            report = whole.report
        else:
            report = report_of(replace(asked, engine=stored.own_engine()), view.lang)
            deliver(lambda name, reader: render(name, report, reader), view, form, outputs)
    return report.exit_code(Severity[fail_on.upper()], strict=strict)
