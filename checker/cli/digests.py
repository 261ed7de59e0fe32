"""Has a version been changed after it came into force?"""

from pathlib import Path

import click

from checker.cli.terminal import complain, say
from checker.model.report import ExitCode


@click.command(short_help="Guard versions in force against silent edits.")
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--record", "recording", is_flag=True, help="Record the versions that have no digest yet.")
def command(path: Path | None, recording: bool) -> int:
    """Compare the versions under PATH (default: those shipped) with their recorded digests.

    Exit codes: 0 every version is as recorded, 1 some have no digest yet, 2 one has changed.
    """
    from checker.loading.policies.drafts import read_drafts
    from checker.loading.policies.lint.digests import digest_problems, record, unrecorded
    from checker.loading.policies.policy_files import shipped_policies
    from checker.loading.text.problem import refuse

    root = path or shipped_policies()
    if recording:
        new, file = record(root)
        say("".join(f"{name}\n" for name in new))
        complain(f"{file}: {len(new)} new", label="recorded")
        return ExitCode.CLEAN
    drafts, problems = read_drafts(root)
    refuse((*problems, *digest_problems(drafts)))
    missing = unrecorded(drafts)
    say("".join(f"{name}: no digest yet\n" for name in missing))
    return ExitCode.VIOLATIONS if missing else ExitCode.CLEAN
