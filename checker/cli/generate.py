"""How does a made-up log with known violations come to be?"""

from collections import Counter
from pathlib import Path

import click

from checker.cli.progress import orders_done
from checker.cli.terminal import complain
from checker.model.finding import Verdict
from checker.model.report import ExitCode


@click.command(short_help="Make a log with known violations.")
@click.option("--orders", type=click.IntRange(min=1), default=1000, show_default=True, help="How many.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The same gives the same bytes.")
@click.option(
    "--inject",
    "percent",
    type=click.IntRange(0, 100),
    default=5,
    show_default=True,
    metavar="PERCENT",
    help="Orders that break a rule, or in every other case just keep it.",
)
@click.option(
    "-o",
    "--out",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help="*.jsonl, *.csv, *.parquet, *.xes, *.json (OCEL 2.0), or a folder.",
)
def command(orders: int, seed: int, percent: int, target: Path) -> int:
    """Make a log of the Japanese market that looks real: three months of orders, requests, parcels and chat.

    Beside it, NAME.injected.jsonl lists what a check must find: every violation, and every twin that keeps the same
    rule by a second or a word. No other order breaks a rule.
    """
    from checker.generating.files import list_beside, write_sample
    from checker.generating.moments import UNTIL
    from checker.generating.sample import Sample

    with orders_done(orders) as progress:
        account = write_sample(Sample(seed, percent), orders, target, progress)
    verdicts = Counter(one.verdict for one in account.expected)
    violated = verdicts.pop(Verdict.VIOLATED, 0)
    complain(f"{account.events:,} events of {account.orders:,} orders", label=str(target))
    complain(f"{violated:,} violations, {verdicts.total():,} twins", label=str(list_beside(target)))
    complain(f"checker check {target} --as-of {UNTIL.isoformat().replace('+00:00', 'Z')}", label="hint")
    return ExitCode.CLEAN
