"""Is the table that operations staff read true?"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.conversation import Reading

DOC = Path(__file__).parents[2] / "docs" / "conversation.md"
ROWS = re.findall(r"^\| (.+) \| (explicit|indirect|no) \|$", DOC.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("told", "verdict"), ROWS)
def test_table_of_sentences_is_true(judge: Callable[..., list[Reading]], told: str, verdict: str) -> None:
    """Each sentence of the table gets the verdict that stands beside it."""
    *before, message = told.removeprefix("B: ").split(" / ")
    reading = judge(*(f"B: {line}" for line in before), f"S: {message}")[-1]
    assert reading.solicits == verdict


def test_table_covers_every_verdict() -> None:
    """The table was found, and shows both sides of the line."""
    assert len(ROWS) >= 30
    assert {verdict for _, verdict in ROWS} == {"explicit", "indirect", "no"}
