"""Runs of the command, in process, with a frozen clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checker.cli import main

LOGS = Path(__file__).parents[2] / "examples" / "logs"


@dataclass(frozen=True)
class Run:
    """What a run said."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Run]:
    """Runs `checker` with these words, in English, at 2026-02-01T10:00+09:00, in a pipe of 100 columns."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for module in ("audit", "policies", "store"):
        monkeypatch.setattr(f"checker.cli.{module}.now", lambda: datetime(2026, 2, 1, 1, tzinfo=UTC))

    def runs(*words: object) -> Run:
        code = main([str(word) for word in words])
        out, err = capfdbinary.readouterr()
        return Run(code, out.decode(), err.decode())

    return runs


@pytest.fixture
def logs() -> Path:
    """The example logs of the repository."""
    return LOGS


@pytest.fixture
def canonical(logs: Path) -> Path:
    """The example log in canonical form."""
    return logs.parent / "canonical_events.jsonl"
