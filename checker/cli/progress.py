"""How far has long work come? Shown on a terminal only, and only when it takes long."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Timer

PATIENCE_SECONDS = 1.0


class Bar:
    """A bar on stderr that is drawn, and rich imported, only once the work has taken long."""

    def __init__(self, total: int) -> None:
        self._total, self._done, self._lines, self._judging = total, 0, 0, False
        self._lock = Lock()
        self._draw: Callable[[], None] | None = None
        self._stop: Callable[[], None] | None = None
        self._timer = Timer(PATIENCE_SECONDS, self._open)
        self._timer.daemon = True
        self._timer.start()

    def read(self, number: int) -> None:
        """So many bytes more have been read."""
        self._done += number
        if self._draw is not None:
            self._draw()

    def take(self, lines: int) -> None:
        """So many lines more are dealt with; from then on their pace is shown."""
        self._lines += lines

    def judge(self) -> None:
        """All is read; how long judging takes is not known."""
        self._judging = True
        if self._draw is not None:
            self._draw()

    def close(self) -> None:
        """Takes the bar away, drawn or not."""
        self._timer.cancel()
        with self._lock:
            if self._stop is not None:
                self._stop()
            self._stop = lambda: None

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._stop is not None:
                return
            columns = (BarColumn(), TextColumn("{task.fields[pace]}"), TimeElapsedColumn())
            bar = Progress(*columns, console=Console(stderr=True), transient=True)
            reading = bar.add_task("", total=self._total, completed=self._done, visible=not self._judging, pace="")
            judging = bar.add_task("", total=None, visible=self._judging, pace="")

            def draw() -> None:
                lines = (bar.tasks[0].speed or 0) * self._lines / max(self._done, 1)
                pace = f"{lines:,.0f} lines/s" if lines else ""
                bar.update(reading, completed=self._done, visible=not self._judging, pace=pace)
                bar.update(judging, visible=self._judging)

            self._draw, self._stop = draw, bar.stop
            bar.start()


@contextmanager
def progress(paths: Sequence[Path]) -> Iterator[Bar | None]:
    """A bar over the bytes of these files; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = Bar(sum(map(_size, paths)))
    try:
        yield bar
    finally:
        bar.close()


def _size(path: Path) -> int:
    """The bytes of a file, or of all files of a folder."""
    inside = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in inside if file.is_file())


@contextmanager
def orders_done(total: int) -> Iterator[Callable[[int], None] | None]:
    """Takes how many orders more are done and shows the pace and the time left; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, pace="")
        yield lambda orders: bar.update(task, advance=orders, pace=f"{bar.tasks[0].speed or 0:,.0f}/s")
