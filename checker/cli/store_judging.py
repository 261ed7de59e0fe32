"""Who judges a store: this machine, a state of last night, or Spark?"""

import os
import sys
from typing import TYPE_CHECKING

from checker.cli.progress import orders_done
from checker.cli.store_words import SPARK, StoreWords
from checker.model.error import UsageError

if TYPE_CHECKING:
    from checker.check.store import Judge
    from checker.engines.bulk import Outcome, Task


def engine_name(words: StoreWords) -> str:
    """Who judges, as a report says."""
    return "columnar" if words.engine == "auto" else words.engine


def judge_by(words: StoreWords) -> "Judge":
    """Who judges the whole store, or what may have changed in it."""

    def judge(task: "Task") -> "Outcome":
        if words.engine == SPARK:
            return _on_spark(task, words)
        from checker.engines.kept import kept_outcome
        from checker.engines.pool import judge_store
        from checker.engines.state import judge_night

        kept = None if words.state is None else judge_night(task, words.state, words.workers).generation
        with orders_done(task.store.orders) as step:
            told = None if step is None else lambda part: step(part.orders)
            if kept is None:
                return judge_store(task, words.workers, told)
            return kept_outcome(task, kept, words.workers, told)

    return judge


def _on_spark(task: "Task", words: StoreWords) -> "Outcome":
    """What came of the whole store, judged by Spark."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError("Spark is not installed; `pip install 'order-policy-checker[spark]'`") from None
    from checker.engines.spark import judge_on

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("checker").config("spark.sql.session.timeZone", "UTC")
    session = (builder.master(words.master) if words.master else builder).getOrCreate()
    try:
        return judge_on(session, task)
    finally:
        session.stop()
