"""What falls due next?"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from checker.cli.audit import Audit, audit, audit_options, report_of
from checker.cli.instant import SPAN
from checker.cli.reader import lang_option, view_of
from checker.cli.store import is_store, store_report
from checker.cli.terminal import complain, say
from checker.cli.writing import FILE_WIDTH, write_whole
from checker.model.finding import Verdict
from checker.model.report import Report
from checker.reports.formats import DUE_FORMATS, render_due
from checker.reports.listing import listed_due
from checker.reports.phrases import Lang

MOST = 1_000
"""So many deadlines of a rule are listed of a store."""


@click.command(short_help="List what falls due next.")
@audit_options
@click.option("--within", type=SPAN, help="Only what is due in so long: 30min, 12h, 3d.")
@click.option("--format", "form", type=click.Choice(list(DUE_FORMATS)), default="table", show_default=True)
@click.option("-o", "--out", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@lang_option
def command(within: timedelta | None, form: str, target: Path | None, **words: Any) -> int:
    """List the duties that are running in LOG..., soonest first, with the time left and the platform's own deadline.

    The format `ics` is a calendar (RFC 5545) with a to-do for each deadline; a newer file updates an older one's.
    """
    view = view_of(words)
    if target is not None:
        view = replace(view, colour=False, width=FILE_WIDTH)
    report = _report(audit(words), view.lang)
    if form == "csv" and (partly := listed_due(report, view.lang, within)):
        complain(partly, label="note")
    chunks = render_due(form, report, view, within)
    if target is not None:
        write_whole(target, chunks)
        return 0
    for chunk in chunks:
        say(chunk)
    return 0


def _report(asked: Audit, lang: Lang) -> Report:
    """The report on a log, or on the running duties of a store, the soonest of each rule."""
    return store_report(asked, lang, {Verdict.PENDING: MOST}) if is_store(asked.logs) else report_of(asked, lang)
