"""What is wrong with a policy file?"""

from pathlib import Path

import click

from checker.cli.terminal import complain, say
from checker.model.report import ExitCode
from checker.reports.printable import printable


@click.command(short_help="Find every mistake in policy files.")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--why", metavar="ID", help="Explain a kind of problem by its id, with a wrong and a right snippet.")
def command(paths: tuple[Path, ...], why: str | None) -> int:
    """Find every mistake in policy files or folders; without PATH, in the policies that come with the program.

    Exit codes: 0 none (warnings are shown), 2 at least one error.
    """
    if why is not None:
        return _explain(why)
    from checker.loading.policies.lint import lint
    from checker.loading.text.problem import Level

    problems = [problem for path in paths or (None,) for problem in lint(path)]
    errors = sum(problem.level is Level.ERROR for problem in problems)
    for problem in problems:
        say(f"{printable(str(problem))}{'' if problem.level is Level.ERROR else ' (warning)'}\n")
    complain(f"errors {errors} · warnings {len(problems) - errors}", label="lint")
    return ExitCode.COULD_NOT_CHECK if errors else ExitCode.CLEAN


def _explain(number: str) -> int:
    from checker.loading.policies.lint import explanations

    known = explanations()
    if number not in known:
        raise click.UsageError(f"no problem `{printable(number)}`; expected one of {', '.join(known)}")
    found = known[number]
    say(f"{found.id} {found.title} ({found.level})\n\n{found.why}\n\nwrong:\n{found.bad}\n\nright:\n{found.good}\n")
    return ExitCode.CLEAN
