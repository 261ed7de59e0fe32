"""How is a log of any format read that is larger than the memory? Once to disk by order, then part by part."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from checker.loading.logs.growing import growing
from checker.loading.logs.log import Progress
from checker.loading.logs.options import LogOptions
from checker.model.report import EventLog, Tally


def load_spilled(
    paths: Sequence[Path], options: LogOptions, parts: int, progress: Progress | None = None
) -> Iterator[EventLog]:
    """The orders of the files, part by part; the account, and what was odd, come with the last.

    What is odd about two orders at once - one id in both - is not seen. A JSON document is read as a whole.
    Raises: EventLogError if a file cannot be read.
    """
    with growing(options, parts, None) as log:
        log.read(paths, progress)
        buyers, problems = log.buyers(lambda _: ()), dict.fromkeys(log.aside.all_problems())
        for number in range(parts):
            found, odd = log.part(number, (), buyers)
            problems |= dict.fromkeys(odd)
            if number < parts - 1:
                yield EventLog(found, (), Tally(), {}, "")
            else:
                yield replace(log.account(buyers), histories=found, problems=tuple(problems))
