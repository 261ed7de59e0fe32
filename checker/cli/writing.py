"""Where does a report go?"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import click

from checker.cli.terminal import say
from checker.reports.formats import FORMATS
from checker.reports.view import View

Output = tuple[str, Path]
Tell = Callable[[str, View], Iterator[bytes]]
"""Tells a report in a format, to a reader."""

FILE_WIDTH = 100


def output(word: str | Output) -> Output:
    """The format and the path of `FORMAT=PATH`.

    Raises: click.BadParameter.
    """
    if isinstance(word, tuple):
        return word
    form, equals, path = word.partition("=")
    if form not in FORMATS:
        raise click.BadParameter(f"`{form}` is no format; expected FORMAT=PATH with one of {', '.join(FORMATS)}")
    if not equals or not path:
        raise click.BadParameter(f"`{word}` names no file; expected {form}=PATH")
    return form, Path(path)


OUTPUT = output


def deliver(tell: Tell, view: View, form: str, outputs: Iterable[Output]) -> None:
    """Writes what is told in each format into its file, all of them or, where one cannot be made, none; then stdout."""
    plain = replace(view, colour=False, width=FILE_WIDTH)
    with ExitStack() as stack:
        staged = [(stack.enter_context(_staged(path, tell(other, plain))), path) for other, path in outputs]
        for partial, path in staged:
            partial.replace(path)
    for chunk in tell(form, view):
        say(chunk)


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Writes a file so that a run that is killed leaves the old one, or none; never half of the new one."""
    with _staged(path, chunks) as partial:
        partial.replace(path)


@contextmanager
def _staged(path: Path, chunks: Iterable[bytes]) -> Iterator[Path]:
    """A whole file beside the path, for renaming; what is not renamed is taken away."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(chunks)
            os.fchmod(file.fileno(), 0o666 & ~_umask())
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
