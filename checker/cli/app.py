"""Which commands are there, and what does the program say when it cannot check?"""

import sys
import traceback
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module

import click

from checker import __version__
from checker.cli.terminal import complain
from checker.model.error import CheckerError
from checker.model.exit_code import ExitCode
from checker.reports.printable import printable

INTERRUPTED = 130
"""What shells expect of a program stopped by Ctrl-C."""

COMMANDS = {
    "check": "Judge the orders of a log by the policies in force.",
    "explain": "Tell the whole reasoning on one order, as a timeline.",
    "due": "List what falls due next, soonest first.",
    "policies": "Show what is in force, since when, from which source.",
    "compare": "Compare a shop's own policy with the platform's, point by point.",
    "baseline": "Write the violations of today, so that only new ones count.",
    "lint": "Find every mistake in policy files.",
    "schema": "Print the JSON Schema of the policy language.",
    "diff": "Tell by meaning what a new version changes.",
    "impact": "Replay real orders under two versions.",
    "digests": "Guard versions in force against silent edits.",
    "convert": "Write a log in the canonical form.",
    "generate": "Make a log with known violations.",
    "verify": "Judge a log on both engines and compare.",
    "messages": "Show how chat messages are read.",
    "test": "Run features as tests.",
    "cover": "Show which clauses of a policy its features try.",
    "mutate": "Show which slips in a policy its features would notice.",
    "suggest": "Write scenarios for the slips that no feature notices.",
    "spec": "Render features in three languages, or as a site to read.",
    "new": "Begin a policy's next version, or a rule's feature.",
}
"""Each command lives in the module of its name and is imported only when it runs."""


class LazyGroup(click.Group):
    """The commands, imported one at a time: `--help` needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"checker.cli.{cmd_name}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command and its arguments; a name that is none is met with the nearest one."""
        if args and args[0] not in COMMANDS:
            near = get_close_matches(args[0], COMMANDS, n=1)
            guess = f"did you mean `{near[0]}`?" if near else f"expected one of {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command `{printable(args[0])}`; {guess}", ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from their one-line texts, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
@click.version_option(__version__, prog_name="checker")
def app(debug: bool) -> None:
    """Check order histories against a marketplace's cancellation rules, with proof for every verdict.

    \b
    Start with:   checker check LOG...
    Then:         checker explain ORDER_ID LOG...
                  checker due LOG...

    \b
    Exit codes:   0  nothing at or above --fail-on
                  1  violations at or above --fail-on
                  2  could not check (usage, policy or log not valid, no orders, no rules)
                  3  checked, but incomplete under --strict
    """


def main(args: Sequence[str] | None = None) -> int:
    """The exit code of one run; never raises, and says on stderr why it could not check."""
    words = list(sys.argv[1:] if args is None else args)
    try:
        result = app.main(words, prog_name="checker", standalone_mode=False)
    except click.ClickException as error:
        error.show()
    except CheckerError as error:
        complain(str(error))
    except (click.Abort, KeyboardInterrupt):
        complain("nothing half done counts; run the same command again", label="stopped")
        return INTERRUPTED
    except OSError as error:
        complain(f"{error.filename or 'a file'}: {(error.strerror or str(error)).lower()}")
    except Exception as error:  # a bug of ours must not look like a verdict
        _confess(error, words)
    else:
        return int(result or 0)
    return ExitCode.COULD_NOT_CHECK


def _confess(error: Exception, words: Sequence[str]) -> None:
    if "--debug" in words:
        traceback.print_exception(error)
        return
    complain(f"unexpected {type(error).__name__}: {error}")
    complain("this is a bug in checker; `checker --debug ...` shows where", label="hint")
