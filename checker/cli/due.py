"""What falls due next?"""

from datetime import timedelta
from typing import Any

import click

from checker.cli.audit import audit, audit_options, report_of
from checker.cli.instant import SPAN
from checker.cli.reader import lang_option, view_of
from checker.cli.terminal import say


@click.command(short_help="List what falls due next.")
@audit_options
@click.option("--within", type=SPAN, help="Only what is due in so long: 30min, 12h, 3d.")
@lang_option
def command(within: timedelta | None, **words: Any) -> int:
    """List the deadlines that are running in LOG..., soonest first, with the time left and the platform's own."""
    from checker.reports.console.deadlines import render

    view = view_of(words)
    for chunk in render(report_of(audit(words), view.lang), view, within):
        say(chunk)
    return 0
