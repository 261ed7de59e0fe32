"""checker compare: is your own policy at least as favourable as the platform's?"""

from datetime import datetime
from pathlib import Path

import click

from checker.cli.audit import chosen_policies
from checker.cli.clock import now
from checker.cli.instant import INSTANT
from checker.cli.language import reader_language
from checker.cli.terminal import say
from checker.reports.phrases import Lang


@click.command("compare")
@click.argument("own", metavar="OWN.yaml", type=click.Path(path_type=Path))
@click.option("--policy", default="tiktok_shop.jp", show_default=True, metavar="ID|PATH", help="What to compare with.")
@click.option("--as-of", type=INSTANT, help="Compare with the versions in force at this moment.")
@click.option("--strict", is_flag=True, help="Exit 3 if a stated value could not be compared.")
@click.option("--format", "form", type=click.Choice(["console", "json"]), default="console", show_default=True)
@click.option("--lang", type=click.Choice(["zh", "ja", "en"]), help="The reader's language.")
def command(own: Path, policy: str, as_of: datetime | None, strict: bool, form: str, lang: Lang | None) -> int:
    """Compare a shop's OWN.yaml with the platform's policy, point by point.

    Exit codes: 0 at least as favourable, 1 worse somewhere, 2 could not compare, 3 incomplete under --strict.
    """
    from checker.changes.compare import compare
    from checker.interpreter.versions import in_force, timelines
    from checker.loading.policies.own_policies import load_own_policy
    from checker.reports.comparisons import comparison_json, comparison_text

    found = (in_force(timeline, as_of or now()) for timeline in timelines(chosen_policies(policy, None)))
    versions = tuple(version for version in found if version is not None)
    comparison = compare(load_own_policy(own, versions), versions)
    say(comparison_json(comparison) if form == "json" else comparison_text(comparison, lang or reader_language()))
    return comparison.exit_code(strict=strict)
