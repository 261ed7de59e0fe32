"""Which scenarios would notice the slips that no feature notices?"""

from pathlib import Path

import click

from checker.cli.features import feature_words
from checker.cli.language import reader_language
from checker.cli.mutate import mutated
from checker.cli.reader import lang_option
from checker.cli.terminal import complain, say
from checker.model.report import ExitCode


@click.command(short_help="Write scenarios for the slips that no feature notices.")
@feature_words
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only for this rule.")
@lang_option
def command(paths: tuple[Path, ...], policy_files: tuple[Path, ...], rules: tuple[str, ...], lang: str | None) -> int:
    """Write Gherkin for each slip that lives, to be compared with the source by a person and then kept or dropped."""
    from checker.harness.suggest import as_feature, suggestions

    results, cases = mutated(paths, policy_files)
    found, without = suggestions(results, cases, rules)
    if found:
        say(as_feature(found, lang or reader_language()))
    for fate in without:
        complain(f"no scenario found for `{fate.mutant.id}`; is it equivalent?", "hint")
    complain(f"{len(found)} scenarios suggested · {len(without)} slips without", label="suggest")
    return ExitCode.CLEAN
