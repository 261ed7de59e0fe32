"""By which versions is judged, and which violations are accepted: the words that judging commands share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from checker.cli.instant import INSTANT
from checker.model.policy import Policy
from checker.model.report import Report
from checker.model.waiver import Waiver

Command = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Scope:
    """What narrows an audit; everything None: nothing does."""

    policy_at: datetime | None = None
    known_at: datetime | None = None
    waivers: Path | None = None
    baseline: Path | None = None


def scope_options(command: Command) -> Command:
    """The command with the words about versions, waivers and the baseline."""
    file = click.Path(dir_okay=False, path_type=Path)
    words = (
        click.option("--policy-at", type=INSTANT, help="Judge everything by the version in force at this moment."),
        click.option(
            "--known-at", type=INSTANT, help="As the audit would have looked then: later versions are not known."
        ),
        click.option("--waivers", type=file, metavar="FILE", help="Violations that somebody answers for."),
        click.option("--baseline", type=file, metavar="FILE", help="Known violations; only new ones count."),
    )
    for word in reversed(words):
        command = word(command)
    return command


def scope(words: dict[str, Any]) -> Scope:
    """The scope that the words on the command line describe; takes them out of `words`."""
    return Scope(**{name: words.pop(name) for name in ("policy_at", "known_at", "waivers", "baseline")})


def judging(policies: tuple[Policy, ...], asked: Scope) -> tuple[Policy, ...]:
    """The versions that judge."""
    from checker.changes.timeline import known_at, policy_at

    if asked.known_at is not None:
        policies = known_at(policies, asked.known_at)
    return policies if asked.policy_at is None else policy_at(policies, asked.policy_at)


def accepted(report: Report, asked: Scope) -> Report:
    """The report with what is waived, what the baseline knows, and what announced versions will change.

    Raises: PolicyError where one of the files is not valid.
    """
    from checker.changes.baseline import with_baseline
    from checker.changes.waiving import with_waivers

    report = with_waivers(report, waivers_of(asked, report.policies))
    return _foreseen(with_baseline(report, known_cases_of(asked)))


def waivers_of(asked: Scope, policies: Sequence[Policy]) -> tuple[Waiver, ...]:
    """The waivers of the file, none where there is none.

    Raises: PolicyError where it is not valid.
    """
    from checker.loading.waivers import load_waivers

    return () if asked.waivers is None else tuple(load_waivers(asked.waivers, policies))


def known_cases_of(asked: Scope) -> frozenset[str]:
    """The cases of the baseline, none where there is none.

    Raises: PolicyError where it is not valid.
    """
    from checker.loading.baselines import load_baseline

    return frozenset() if asked.baseline is None else load_baseline(asked.baseline)


def _foreseen(report: Report) -> Report:
    from checker.changes.timeline import upcoming

    if not upcoming(report.policies, report.as_of):
        return report
    from checker.changes.impact import Bench, with_upcoming
    from checker.engines.choice import findings_by

    return with_upcoming(report, Bench(findings_by("auto", len(report.log.histories))))
