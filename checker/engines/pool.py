"""How are buckets judged on all cores, so that a stop leaves nothing half done?"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import connection, resource_tracker
from typing import TypeVar

from checker.engines.bulk import Outcome, Task, judge_bucket, outcome_for
from checker.model.error import CheckerError
from checker.model.finding import Finding

Progress = Callable[[Outcome], None]
Part = TypeVar("Part")


def judge_store(task: Task, workers: int | None = None, progress: Progress | None = None) -> Outcome:
    """The outcome of a whole store; `progress` is told of each bucket as it is done.

    Raises: CheckerError if a worker was killed, most likely for want of memory. KeyboardInterrupt stops the workers.
    """
    total = outcome_for(task)
    findings: dict[int, list[Finding]] = {}
    for number, part in of_buckets(partial(judge_bucket, task), task.store.buckets, workers):
        findings[number], part.findings = part.findings, []
        total.add(part)
        if progress is not None:
            progress(part)
    total.findings = [finding for number in sorted(findings) for finding in findings[number]]
    total.finish(task)
    return total


def cores() -> int:
    """The cores at hand for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def of_buckets(judge: Callable[[int], Part], buckets: int, workers: int | None) -> Iterator[tuple[int, Part]]:
    """What the function gives of each bucket, as they are done; `judge` must survive pickling.

    No worker outlives the call. Raises: CheckerError if a worker was killed.
    """
    workers = min(workers or cores(), buckets)
    if workers <= 1:
        yield from ((number, judge(number)) for number in range(buckets))
        return
    # A fresh interpreter per worker: Arrow's threads do not survive a fork.
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _end_with_the_parent)
    try:
        with _interrupts_left_to_the_parent():
            waiting = {pool.submit(judge, number): number for number in range(buckets)}
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()
    except BrokenProcessPool:
        raise CheckerError(
            "a worker process was killed, most likely for want of memory; try --workers 1, or convert into more buckets"
        ) from None
    finally:
        for worker in multiprocessing.active_children():
            worker.terminate()
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_left_to_the_parent() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal; what is started here never sees it, the caller sees it afterwards."""
    resource_tracker.ensure_running()  # starting it unblocks signals
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_the_parent() -> None:
    """Lets a worker end when its parent does; by itself it would wait for work for ever."""
    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
