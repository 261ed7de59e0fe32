"""Which orders would a new version judge differently?"""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from checker.cli.audit import orders_read
from checker.cli.clock import now
from checker.cli.instant import INSTANT
from checker.cli.language import reader_language
from checker.cli.log_words import log_options
from checker.cli.reader import lang_option
from checker.cli.terminal import say
from checker.cli.version_names import version_named
from checker.model.error import EventLogError, UsageError
from checker.reports.phrases import Lang


@click.command(short_help="Replay real orders under two versions.")
@click.argument("old")
@click.argument("new")
@click.argument("logs", metavar="LOG...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as-of", type=INSTANT, help="The moment of the audit, with its offset; nothing later is seen.")
@click.option("--format", "form", type=click.Choice(["console", "json"]), default="console", show_default=True)
@log_options
@lang_option
def command(
    old: str, new: str, logs: tuple[Path, ...], as_of: datetime | None, form: str, lang: Lang | None, **words: Any
) -> int:
    """Judge the orders of LOG... by version OLD and by version NEW, each as if it had always been in force.

    Every case that comes out differently is told with its direction and the clause that makes the difference.
    OLD and NEW are policy files, or shipped versions such as tiktok_shop.vn.order_fulfilment@2024-08-26.

    Exit codes: 0, or 1 if NEW calls itself editorial and changes a verdict; 2 if nothing could be compared.
    """
    from checker.changes.impact import Bench, impact
    from checker.engines.columnar import findings
    from checker.engines.differing import differing
    from checker.reports.impacts import impact_json, impact_text

    before, after = version_named(old), version_named(new)
    if before.id != after.id:
        raise UsageError(f"`{before.id}` and `{after.id}` are different policies; expected two versions of one")
    orders = orders_read(logs, words, (after,))
    if not orders:
        raise EventLogError(f"no orders of market `{after.market.id}` in {', '.join(map(str, logs))}")
    found = impact(before, after, orders, as_of or now(), Bench(findings, differing))
    say(impact_json(found) if form == "json" else impact_text(found, lang or reader_language()))
    return found.exit_code
