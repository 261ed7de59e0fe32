"""Does `checker verify` compare, sample and complain?"""

from pathlib import Path
from typing import Any

import pytest

from checker.engines import columnar

LOGS = Path(__file__).parents[2] / "examples" / "logs"
WORDS = ("verify", LOGS / "webhooks.jsonl", LOGS / "order_list.json", "--as-of", "2026-03-01T00:00:00Z")


def test_engines_agree(run: Any) -> None:
    """Both engines find the same on the examples, and it is said on how much."""
    done = run(*WORDS)
    assert done.code == 0
    assert done.out == "7 orders, 125 findings on each engine, 0 differ\n"


def test_sample(run: Any) -> None:
    """Only so many orders are compared."""
    assert run(*WORDS, "--sample", 2).out.startswith("2 orders, ")


def test_disagreement_is_no_agreement(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the engines differ the command fails, and says where."""
    monkeypatch.setattr(columnar, "findings", lambda *_: ())
    done = run(*WORDS)
    assert done.code == 2
    assert "125 findings by the interpreter, 0 in columns" in done.err
