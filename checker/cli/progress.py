"""How far has long reading come? Shown on a terminal only, and only when it takes long."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

Step = Callable[[int], None]
"""Takes how many bytes more have been read."""

PATIENCE_SECONDS = 1.0


@contextmanager
def progress(paths: Sequence[Path]) -> Iterator[Step | None]:
    """A callback that draws a bar on stderr once reading has taken a second; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(sum(_size(path) for path in paths))
    try:
        yield bar.step
    finally:
        bar.close()


def _size(path: Path) -> int:
    """The bytes of a file, or of all files of a folder."""
    inside = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in inside if file.is_file())


class _Bar:
    """A rich progress bar that is not even imported before it is needed."""

    def __init__(self, total: int) -> None:
        self._began = monotonic()
        self._total, self._done = total, 0
        self._draw: Callable[[int], None] | None = None
        self._stop: Callable[[], None] | None = None

    def step(self, read: int) -> None:
        """Moves the bar."""
        self._done += read
        if self._draw is None and monotonic() - self._began > PATIENCE_SECONDS:
            self._open()
        if self._draw is not None:
            self._draw(self._done)

    def close(self) -> None:
        """Takes the bar away."""
        if self._stop is not None:
            self._stop()

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import Progress

        bar = Progress(console=Console(stderr=True), transient=True)
        task = bar.add_task("", total=self._total)
        self._draw, self._stop = (lambda done: bar.update(task, completed=done)), bar.stop
        bar.start()
