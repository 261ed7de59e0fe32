"""Who reads, and on what?"""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click

from checker.cli.language import reader_language
from checker.cli.terminal import is_colourful, width
from checker.reports.phrases import Lang
from checker.reports.view import View

Command = Callable[..., Any]

_LOGS_REPEATED = 3


def lang_option(command: Command) -> Command:
    """The command with the reader's language."""
    return click.option(
        "--lang", type=click.Choice(list(get_args(Lang))), help="Language of the report.  [default: that of $LANG]"
    )(command)


def view_of(words: dict[str, Any]) -> View:
    """How this reader sees a report on stdout; takes its words out of `words`."""
    return View(
        lang=words.pop("lang") or reader_language(),
        width=width(sys.stdout),
        colour=is_colourful(sys.stdout),
        show_messages=words.pop("show_messages", False),
        command=_logs(words.get("logs", ())),
    )


def _logs(logs: tuple[Path, ...]) -> str:
    """The files as they were given, for commands to copy; only the idea of them where they are many."""
    return shlex.join(map(str, logs)) if 0 < len(logs) <= _LOGS_REPEATED else "LOG..."
