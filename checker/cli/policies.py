"""What is in force, since when, from which source?"""

from datetime import datetime

import click

from checker.cli.audit import chosen_policies
from checker.cli.clock import now
from checker.cli.instant import INSTANT
from checker.cli.reader import lang_option, view_of
from checker.cli.terminal import say


@click.command(short_help="Show what is in force.")
@click.option("--policy", default="tiktok_shop", show_default=True, metavar="ID|PATH", help="Which policies.")
@click.option("--as-of", type=INSTANT, help="The moment to ask about.")
@lang_option
def command(policy: str, as_of: datetime | None, lang: str | None) -> int:
    """Show every version of every policy: in force since when, from which source, known how well."""
    from checker.reports.console.shelf import render

    for chunk in render(chosen_policies(policy, None), as_of or now(), view_of({"lang": lang})):
        say(chunk)
    return 0
