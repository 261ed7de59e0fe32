"""Which shape does a policy file have?"""

import click

from checker.cli.terminal import say

NAMES = ("policy", "market", "calendar", "assumptions", "waivers", "own_policy", "report")


@click.command(short_help="Print a JSON Schema.")
@click.argument("name", type=click.Choice(NAMES), default="policy")
def command(name: str) -> int:
    """Print the JSON Schema (2020-12) of a kind of file: policies, or what policies stand on, or JSON reports."""
    if name == "report":
        from checker.reports.json_report import schema_text as text

        say(text())
        return 0
    from checker.loading.text.schema import schema_text

    say(schema_text(name))
    return 0
