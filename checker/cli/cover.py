"""Which clauses of a policy do its features try?"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.features import chosen, feature_words
from checker.cli.terminal import complain, say
from checker.model.report import ExitCode

if TYPE_CHECKING:
    from checker.harness.coverage import Coverage


@click.command(short_help="Show which clauses of a policy its features try.")
@feature_words
@click.option("--threshold", type=click.FloatRange(0, 100), default=0.0, help="The percentage of clauses to be tried.")
def command(paths: tuple[Path, ...], policy_files: tuple[Path, ...], threshold: float) -> int:
    """Count clauses of each rule, not lines: conditions both ways, each side of the deadline, verdicts claimed.

    \b
    Exit codes:   0  the threshold is reached
                  1  it is not
                  2  could not run
    """
    from checker.harness.coverage import coverage
    from checker.harness.pool import pool
    from checker.harness.runner import load_cases
    from checker.harness.tables import table

    cases = load_cases(chosen(paths), pool(policy_files, Path()))
    named = {(policy.id, policy.effective): policy for case in cases for policy in case.world.policies}
    rows, covered, clauses = [("rule", "tests", "clauses", "nearest to the deadline", "not tried")], 0, 0
    for policy in named.values():
        for found in coverage(policy, cases):
            rows.append(_row(found))
            covered, clauses = covered + found.covered, clauses + len(found.clauses)
    say(table(rows))
    reached = 100 * covered / clauses if clauses else 100.0
    complain(f"{covered} of {clauses} clauses tried · {reached:.1f} %", label="cover")
    return ExitCode.CLEAN if reached >= threshold else ExitCode.VIOLATIONS


def _row(found: "Coverage") -> tuple[str, str, str, str, str]:
    from checker.harness.coverage import nearest

    missing = ", ".join(clause.name for clause in found.clauses if not clause.is_covered)
    clauses = f"{found.covered}/{len(found.clauses)}"
    return (found.rule.head.id, str(found.tests), clauses, nearest(found), missing)
