"""Who judges, with how many processes, and from which state: the words about engines and stores."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import click

from checker.engines.choice import ENGINES, EngineName
from checker.model.error import UsageError

SPARK: Literal["spark"] = "spark"
Command = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class StoreWords:
    """What is said about engines and stores."""

    engine: EngineName | Literal["spark"] = "auto"
    workers: int | None = None
    state: Path | None = None
    master: str | None = None

    @classmethod
    def taken_from(cls, words: dict[str, Any]) -> "StoreWords":
        """What the words on the command line say; taken out of them."""
        return cls(words.pop("engine"), words.pop("workers"), words.pop("state"), words.pop("master"))

    def own_engine(self) -> EngineName:
        """The engine for a log that is no store.

        Raises: UsageError where something is said that only a store understands.
        """
        if any((self.workers, self.state, self.master)) or self.engine == SPARK:
            raise UsageError(
                "--workers, --state and Spark need a store; `checker convert LOG... --out FOLDER` makes one"
            )
        return self.engine


WITHOUT_WORDS = StoreWords()
"""What other commands say of engines and stores."""


def store_options(command: Command) -> Command:
    """The command with the words about engines and stores."""
    folder = click.Path(file_okay=False, path_type=Path)
    words = (
        click.option(
            "--engine", type=click.Choice([*ENGINES, SPARK]), default="auto", help="Who judges; all find the same."
        ),
        click.option("--workers", type=click.IntRange(min=1), help="Processes for a store.  [default: all cores]"),
        click.option("--master", metavar="URL", help="Where Spark runs.  [default: as spark-submit says, or local]"),
        click.option("--state", type=folder, metavar="DIR", help="Judge again only what changed since the last run."),
    )
    for word in reversed(words):
        command = word(command)
    return command
