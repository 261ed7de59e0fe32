"""Who reads, and on what?"""

import shlex
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import click
from click.core import ParameterSource

from checker.cli.language import reader_language
from checker.cli.terminal import is_colourful, width
from checker.reports.phrases import Lang
from checker.reports.view import View

Command = Callable[..., Any]

_LONGEST = 160
_REPEATED = frozenset(
    {
        "policy",
        "as_of",
        "assume",
        "market",
        "timezone",
        "shop",
        "shipping",
        "date_order",
        "observes",
        "lang",
        "policy_at",
        "known_at",
        "waivers",
        "baseline",
    }
)


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
        command=_words(words.get("logs", ())),
        root=str(Path.cwd()),
    )


def _words(logs: tuple[Path, ...]) -> str:
    """The words of this run that another command needs to look at the same thing, for the reader to copy."""
    context = click.get_current_context()
    said = [word for param in context.command.params for word in _said(context, param)]
    line = shlex.join([*map(str, logs), *said])
    return line if len(line) <= _LONGEST else shlex.join(["LOG...", *said]).replace("'LOG...'", "LOG...")


def _said(context: click.Context, param: click.Parameter) -> list[str]:
    """An option of the audit as it was given; nothing where it was left to its default."""
    if param.name not in _REPEATED or context.get_parameter_source(param.name) is not ParameterSource.COMMANDLINE:
        return []
    value = context.params[param.name]
    values = value if isinstance(value, tuple) else (value,)
    return [word for one in values for word in (param.opts[0], _as_word(one))]


def _as_word(value: object) -> str:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)
