"""How far has long work come? Shown on a terminal only, and only when it takes long."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

Step = Callable[[int, int | None], None]
"""Takes how much is done and how much there is, if known."""

PATIENCE = 1.0
"""Seconds before a bar appears."""


@contextmanager
def progress() -> Iterator[Step | None]:
    """A callback that draws a bar on stderr once the work has taken a second; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar()
    try:
        yield bar.step
    finally:
        bar.close()


class _Bar:
    """A rich progress bar that is not even imported before it is needed."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._bar: "Progress | None" = None  # noqa: F821

    def step(self, done: int, total: int | None) -> None:
        """Moves the bar."""
        if self._bar is None and monotonic() - self._began > PATIENCE:
            self._open()
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total)

    def close(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._bar = Progress(console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=None)
        self._bar.start()
