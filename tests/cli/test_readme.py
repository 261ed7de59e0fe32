"""Does the README tell the truth: its first output, its commands, its example files?"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
AS_OF = "2026-01-31T18:00:00+09:00"


def test_first_output(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The output shown is the beginning of what the command above it prints."""
    monkeypatch.chdir(ROOT)
    shown = re.search(r"```\n(checker 0.*?)\n\.\.\.\n```", README, re.DOTALL)
    assert shown is not None
    audit = run("check", "examples/logs", "--as-of", AS_OF, "--lang", "en")
    assert audit.out.startswith(shown[1])
    assert audit.code == 1


def test_ci_runs_the_test_command() -> None:
    """CI calls the README's test command, word for word."""
    command = next(line for line in README.splitlines() if line.endswith("-m pytest"))
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_example_assumptions(run: Callable[..., Any]) -> None:
    """The example assumptions load, and give the unpublished rate a verdict that names them."""
    words = ("--as-of", AS_OF, "--lang", "en", "--assume", ROOT / "examples" / "assumptions.yaml")
    audit = run("check", ROOT / "examples" / "logs", *words)
    assert "2 of 6 = 33.33%, over the limit 2.5%" in audit.out
    assert "assumed by the shop: seller_fault_window, seller_fault_limit" in audit.out
