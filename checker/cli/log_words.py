"""What must the reader of a log be told on the command line?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from checker.model.activity import Observable

Command = Callable[..., Any]
_NAMES = ("timezone", "shop", "shipping", "date_order", "observes", "quarantine")


def log_options(command: Command) -> Command:
    """The command with the words about its log files."""
    words = (
        click.option("--timezone", default="Asia/Tokyo", show_default=True, help="Zone of times without offset."),
        click.option("--shop", metavar="ID", help="The shop of every order that names none."),
        click.option("--shipping", type=click.Choice(["local", "cross_border"]), help="How this shop ships."),
        click.option("--date-order", type=click.Choice(["dmy", "mdy", "ymd"]), help="How ambiguous dates are meant."),
        click.option(
            "--observes",
            multiple=True,
            type=click.Choice([name.value for name in Observable]),
            help="The log shows this completely, beyond what its format proves (repeatable).",
        ),
        click.option(
            "--quarantine",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Write every record that could not be used to this file.",
        ),
    )
    for word in reversed(words):
        command = word(command)
    return command


def log_words(words: dict[str, Any]) -> dict[str, Any]:
    """The fields of LogOptions that the words say; takes them out of `words`."""
    said = {name: words.pop(name) for name in _NAMES}
    said["shop_id"] = said.pop("shop")
    said["observes"] = tuple(map(Observable, said["observes"]))
    return said
