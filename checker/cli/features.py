"""Which feature files, and the policies that they name: the words that every command on features shares."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from checker.model.error import UsageError

Command = Callable[..., Any]

FOLDER = Path("features")


def feature_words(command: Command) -> Command:
    """The command with feature files and the folders of their policies."""
    paths = click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
    policies = click.option(
        "--policy-files",
        multiple=True,
        type=click.Path(exists=True, path_type=Path),
        metavar="DIR",
        help="Where the policies that features name are.  [default: ./policies, and those shipped]",
    )
    return paths(policies(command))


def chosen(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files or folders given, else `./features`. Raises: UsageError where there is neither."""
    for needed in ("gherkin", "pytest_bdd", "freezegun"):
        if find_spec(needed) is None:
            raise UsageError("features need more packages; install `order-policy-checker[test]`")
    if paths:
        return paths
    if not FOLDER.is_dir():
        raise UsageError("no features named and no folder `features` here; expected `checker ... PATH`")
    return (FOLDER,)
