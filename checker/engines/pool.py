"""How are buckets judged on all cores, so that a stop leaves nothing half done?"""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from checker.engines.bulk import Outcome, Task, judge_bucket
from checker.model.error import CheckerError

Progress = Callable[[Outcome], None]


def judge_store(task: Task, workers: int | None = None, progress: Progress | None = None) -> Outcome:
    """The outcome of a whole store; `progress` is told of each bucket as it is done.

    Raises: CheckerError if a worker was killed, most likely for want of memory. KeyboardInterrupt stops the workers.
    """
    total = Outcome()
    parts: dict[int, Outcome] = {}
    for number, part in _parts(task, min(workers or _cores(), task.store.buckets)):
        parts[number] = part
        if progress is not None:
            progress(part)
    for number in sorted(parts):
        total.add(parts[number])
    total.finish(task)
    return total


def _cores() -> int:
    """The cores at hand for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _parts(task: Task, workers: int) -> Iterator[tuple[int, Outcome]]:
    if workers <= 1:
        yield from ((number, judge_bucket(task, number)) for number in range(task.store.buckets))
        return
    # A fresh interpreter per worker: Arrow's threads do not survive a fork.
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    try:
        waiting = {pool.submit(judge_bucket, task, number): number for number in range(task.store.buckets)}
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()
    except BrokenProcessPool:
        raise CheckerError(
            "a worker process was killed, most likely for want of memory; try --workers 1 or more buckets"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
