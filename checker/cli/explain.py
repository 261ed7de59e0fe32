"""Why are the verdicts on one order what they are?"""

from typing import Any

import click

from checker.cli.audit import audit, audit_options, report_of
from checker.cli.reader import lang_option, view_of
from checker.cli.terminal import say


@click.command(short_help="Tell the whole reasoning on one order.")
@click.argument("order_id", metavar="ORDER_ID")
@audit_options
@click.option("--show-messages", is_flag=True, help="Show what people wrote.")
@lang_option
def command(order_id: str, **words: Any) -> int:
    """Tell the whole reasoning on one order of LOG... as a timeline.

    Every event with its place in the log, every rule with its verdict, its arithmetic and its clause, and what would
    settle those that could not be judged.
    """
    from checker.reports.console.timeline import render

    view = view_of(words)
    for chunk in render(report_of(audit(words), view.lang, order_id), view):
        say(chunk)
    return 0
