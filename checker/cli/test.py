"""Do the features of the policies hold?"""

import os
from pathlib import Path

import click

from checker.cli.features import chosen, feature_words
from checker.cli.terminal import complain, say
from checker.model.report import ExitCode
from checker.reports.printable import printable

_FAILED, _NOTHING = 1, 5


@click.command(short_help="Run features as tests.")
@feature_words
@click.option("--fast", is_flag=True, help="Without pytest and the frozen clock, on the reference engine only.")
@click.option("--junit", metavar="FILE", help="Write a JUnit report.")
@click.option("-k", "matching", metavar="WORDS", help="Only tests whose name has these words.")
@click.option("-v", "--verbose", is_flag=True, help="Name every test.")
def command(
    paths: tuple[Path, ...],
    policy_files: tuple[Path, ...],
    fast: bool,
    junit: str | None,
    matching: str | None,
    verbose: bool,
) -> int:
    """Run .feature files or folders of them as tests; without PATH, those in `./features`.

    \b
    Exit codes:   0  all hold
                  1  at least one does not
                  2  could not run (a sentence nobody reads, no tests, a policy not valid)
    """
    files = chosen(paths)
    if fast:
        return _fast(files, policy_files)
    words = [*map(str, files), *(f"--policy-features={path}" for path in files)]
    words += [f"--policy-files={path}" for path in policy_files]
    # Options with `=`: a path of its own would move pytest's root folder, and with it what is collected.
    words += [f"--rootdir={Path.cwd()}", f"--config-file={os.devnull}", "-pno:cacheprovider", "--import-mode=importlib"]
    words += ["-Wignore::pytest.PytestAssertRewriteWarning", "-v" if verbose else "-q"]
    words += [f"--junit-xml={junit}"] if junit else []
    words += ["-k", matching] if matching else []
    return _exit_code(words)


def _exit_code(words: list[str]) -> int:
    import pytest

    code = int(pytest.main(words))
    if code == _NOTHING:
        complain("no test was run; expected at least one scenario")
    return code if code in (ExitCode.CLEAN, _FAILED) else ExitCode.COULD_NOT_CHECK


def _fast(paths: tuple[Path, ...], policy_files: tuple[Path, ...]) -> int:
    from checker.harness.pool import pool
    from checker.harness.runner import load_cases, run
    from checker.harness.telling import told

    results = [run(case) for case in load_cases(paths, pool(policy_files, Path()))]
    failed = [result for result in results if result.failures]
    for result in failed:
        case = result.case
        say(f"{printable(f'{case.feature.path}:{case.line}: {case.title}')}\n")
        for failure in result.failures:
            lines = told(failure.claim.said, failure.found, case.feature.language).splitlines()
            say("".join(f"  {printable(line)}\n" for line in lines))
    complain(f"{len(results)} run · {len(failed)} failed", label="test")
    return ExitCode.VIOLATIONS if failed else ExitCode.CLEAN
