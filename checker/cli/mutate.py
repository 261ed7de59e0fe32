"""Which slips in a policy would its features notice?"""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.features import chosen, feature_words
from checker.cli.terminal import complain, say
from checker.model.report import ExitCode
from checker.reports.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.harness.cases import Case
    from checker.harness.mutation import Fate
    from checker.model.policy import Policy

THRESHOLD = 95.0


@click.command(short_help="Show which slips in a policy its features would notice.")
@feature_words
@click.option(
    "--threshold",
    type=click.FloatRange(0, 100),
    default=THRESHOLD,
    show_default=True,
    help="The percentage of slips that must be noticed.",
)
@click.option("--json", "as_json", type=click.Path(path_type=Path), metavar="FILE", help="Write the report as JSON.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write the report as a page.")
def command(
    paths: tuple[Path, ...],
    policy_files: tuple[Path, ...],
    threshold: float,
    as_json: Path | None,
    html: Path | None,
) -> int:
    """Make one small slip after another in the policies that features name, and run the features on each.

    \b
    killed              a scenario notices the slip
    not asserted        findings differ, but no scenario says what they should be
    not distinguished   no scenario makes a difference
    no coverage         no scenario claims anything of the rule
    equivalent          reviewed: no order could tell (<feature>.equivalents.toml gives the reason)

    \b
    Exit codes:   0  the threshold is reached
                  1  it is not
                  2  could not run
    """
    import json

    from checker.harness.mutation_report import mutation_report, page, score

    results, _ = mutated(paths, policy_files)
    report = mutation_report(results, threshold)
    if as_json is not None:
        as_json.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    if html is not None:
        html.write_text(page(report), encoding="utf-8")
    fates = [fate for _, found in results for fate in found]
    _tell(results)
    reached = score(fates)
    states = Counter(fate.state.value for fate in fates)
    counts = " · ".join(f"{state} {number}" for state, number in states.items())
    complain(f"{len(fates)} mutants · {counts} · score {reached:.1f} % of {threshold:g} %", label="mutate")
    return ExitCode.CLEAN if reached >= threshold else ExitCode.VIOLATIONS


def mutated(
    paths: tuple[Path, ...], policy_files: tuple[Path, ...]
) -> "tuple[list[tuple[Policy, Sequence[Fate]]], Sequence[Case]]":
    """The fates of all mutants of every policy version that the features name, and the tests."""
    from checker.harness.equivalents import equivalents
    from checker.harness.mutation import State, fates
    from checker.harness.pool import pool
    from checker.harness.runner import feature_files, load_cases

    files = feature_files(chosen(paths))
    cases = load_cases(files, pool(policy_files, Path()))
    named = {(policy.id, policy.effective): policy for case in cases for policy in case.world.policies}
    known = equivalents(files)
    results: list[tuple[Policy, Sequence[Fate]]]
    results = [(policy, tuple(fates(policy, cases, known))) for policy in named.values()]
    told = {fate.mutant.id for _, found in results for fate in found if fate.state is State.EQUIVALENT}
    for mutant in known.keys() - told:
        complain(f"`{mutant}` is listed as equivalent, but there is no such mutant or a scenario notices it", "warning")
    return results, cases


def _tell(results: "Sequence[tuple[Policy, Sequence[Fate]]]") -> None:
    """The score of each rule or parameter, then every mutant that lives."""
    from checker.harness.mutation import State
    from checker.harness.mutation_report import score
    from checker.harness.tables import table

    rows = []
    for policy, fates in results:
        names = dict.fromkeys(fate.mutant.id.split(" ")[0].rstrip(":") for fate in fates)
        for name in names:
            mine = [fate for fate in fates if fate.mutant.id.split(" ")[0].rstrip(":") == name]
            rows.append((f"{score(mine):5.1f} %", str(len(mine)), f"{policy.id}.{name}@{policy.effective}"))
    say(table(rows) if rows else "")
    for _, fates in results:
        for fate in fates:
            if fate.state not in (State.KILLED, State.EQUIVALENT):
                mutant = fate.mutant
                place = f"{mutant.location.path}:{mutant.location.line}:{mutant.location.column}"
                say(f"{printable(f'{place}: {fate.state.value}: {mutant.id}')}\n")
