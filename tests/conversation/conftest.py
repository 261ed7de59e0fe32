"""The shipped lexicon, and conversations told in short."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.conversation import Reading, Turn, readings
from checker.loading.lexicons import load_lexicon
from checker.model.event import Actor
from checker.model.lexicon import Lexicon

Judge = Callable[..., list[Reading]]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(Path(__file__).parents[2] / "policies" / "lexicons" / "cancel_solicitation.yaml")


@pytest.fixture(scope="session")
def judge(lexicon: Lexicon) -> Judge:
    """The readings of a conversation told as `S: ...`, `B: ...` and `P: ...`."""
    actors = {"S": Actor.SELLER, "B": Actor.BUYER, "P": Actor.PLATFORM}

    def read(*lines: str) -> list[Reading]:
        return list(readings((Turn(actors[line[0]], line[3:]) for line in lines), lexicon))

    return read
