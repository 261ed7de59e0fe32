"""What differs between two versions of a policy, by meaning?"""

import click

from checker.cli.language import reader_language
from checker.cli.reader import lang_option
from checker.cli.terminal import say
from checker.cli.version_names import version_named
from checker.model.policy import Change
from checker.model.report import ExitCode
from checker.reports.phrases import Lang


@click.command(short_help="Tell by meaning what a new version changes.")
@click.argument("old")
@click.argument("new")
@click.option("--format", "form", type=click.Choice(["console", "json"]), default="console", show_default=True)
@lang_option
def command(old: str, new: str, form: str, lang: Lang | None) -> int:
    """Tell what version NEW changes against OLD: which rule got stricter or looser, and by what.

    OLD and NEW are policy files, or shipped versions such as tiktok_shop.vn.order_fulfilment@2024-08-26.

    Exit codes: 0, or 1 if NEW calls itself editorial and means something else.
    """
    from checker.changes.diff import difference
    from checker.reports.differences import difference_json, difference_text

    found = difference(version_named(old), version_named(new))
    say(difference_json(found) if form == "json" else difference_text(found, lang or reader_language()))
    broken = found.new.change is Change.EDITORIAL and not found.is_empty
    return ExitCode.VIOLATIONS if broken else ExitCode.CLEAN
