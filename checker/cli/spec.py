"""How do the features read in another language, and as a site?"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.clock import now
from checker.cli.features import chosen, feature_words
from checker.cli.language import reader_language
from checker.cli.reader import lang_option
from checker.cli.terminal import complain, say
from checker.model.report import ExitCode

if TYPE_CHECKING:
    from checker.harness.feature import Feature
    from checker.harness.titles import RuleTitles


@click.group(name="spec", short_help="Render features in three languages, or as a site to read.")
def command() -> None:
    """Read the features of the policies: in another language, as a phrase book, or as a site."""


@command.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@lang_option
def render(path: Path, lang: str | None) -> int:
    """Print a feature file in another language; every sentence says the same."""
    from checker.harness.feature import read_feature
    from checker.harness.gherkin_text import gherkin_text
    from checker.harness.render import Reader, rendered
    from checker.harness.titles import read_titles, untranslated

    feature, language = read_feature(path), lang or reader_language()
    titles = {} if language == feature.language else read_titles(path, language)
    rules = _rule_titles(path)
    say(gherkin_text(rendered(feature, Reader(feature.language, language, titles, rules))))
    if language != feature.language:
        for text, line in untranslated(feature, path, language, rules):
            complain(f"{path}:{line}:1: no translation of `{text}`", "warning")
    return ExitCode.CLEAN


@command.command()
@lang_option
def steps(lang: str | None) -> int:
    """Print the phrase book: every sentence, and the words that fit its slots."""
    from checker.harness.phrase_book import phrase_book

    say(phrase_book(lang or reader_language()))
    return ExitCode.CLEAN


@command.command()
@feature_words
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a translation is missing.")
def titles(paths: tuple[Path, ...], policy_files: tuple[Path, ...], check: bool) -> int:
    """Bring the .po files beside the features up to date: new titles come in empty, vanished ones go."""
    from checker.harness.catalogue import LANGUAGES
    from checker.harness.feature import read_feature
    from checker.harness.runner import feature_files

    missing = 0
    for path in feature_files(chosen(paths)):
        feature, rules = read_feature(path), _rule_titles(path)
        for language in LANGUAGES:
            if language != feature.language:
                missing += _titles(feature, path, (language, rules), check)
    complain(f"{missing} titles without a translation", "titles")
    return ExitCode.VIOLATIONS if check and missing else ExitCode.CLEAN


def _titles(feature: "Feature", path: Path, into: "tuple[str, RuleTitles]", check: bool) -> int:
    from checker.harness.titles import po_path, untranslated, updated_titles

    if not check:
        po_path(path, into[0]).write_bytes(updated_titles(feature, path, *into))
    missing = untranslated(feature, path, *into)
    for text, line in missing:
        complain(f"{path}:{line}:1: no translation of `{text}` into `{into[0]}`", "warning")
    return len(missing)


def _rule_titles(path: Path) -> "RuleTitles":
    from checker.harness.pool import pool
    from checker.harness.titles import rule_titles

    return rule_titles(pool((), Path()))


@command.command()
@feature_words
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("spec"),
    show_default=True,
    help="The folder of the site.",
)
def build(paths: tuple[Path, ...], policy_files: tuple[Path, ...], out: Path) -> int:
    """Write the features as a site that opens from a file: three languages, search, pictures, coverage."""
    from checker.harness.pool import pool
    from checker.harness.site import build_site

    files = chosen(paths)
    site = build_site(files, pool(policy_files, Path()), out, now())
    complain(f"{site.pages} pages · {site.tests} tests · {site.failed} failed · {out / 'index.html'}", "spec")
    return ExitCode.VIOLATIONS if site.failed else ExitCode.CLEAN


@command.command()
@feature_words
@click.option("--ndjson", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the messages.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write Cucumber's page.")
def messages(paths: tuple[Path, ...], policy_files: tuple[Path, ...], ndjson: Path | None, html: Path | None) -> int:
    """Run the features and tell the result as Cucumber Messages; without FILE, on stdout."""
    from checker.harness.messages import messages as told
    from checker.harness.messages import ndjson as as_lines
    from checker.harness.messages import official_page
    from checker.harness.pool import pool
    from checker.harness.runner import load_cases, run

    results = [run(case) for case in load_cases(chosen(paths), pool(policy_files, Path()))]
    envelopes = tuple(told(results, now()))
    if html is not None:
        html.write_text(official_page(envelopes), encoding="utf-8")
    if ndjson is not None:
        ndjson.write_text(as_lines(envelopes), encoding="utf-8")
    if html is None and ndjson is None:
        say(as_lines(envelopes))
    return ExitCode.VIOLATIONS if any(result.failures for result in results) else ExitCode.CLEAN
