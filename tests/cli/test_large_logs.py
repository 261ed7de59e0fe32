"""Is a large canonical log judged as the store that is made from it, and is nothing left of that?"""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from checker.cli import large_logs

AT = ("--as-of", "2026-03-01T00:00:00Z", "--workers", "1", "--format", "json")


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Every log is large; temporary files lie here."""
    found = tmp_path / "scratch"
    found.mkdir()
    monkeypatch.setattr(large_logs, "LARGE", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(found))
    return found


def told(text: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(text)
    said["findings"] = [found for found in said["findings"] if found["verdict"] == "violated"]
    return said


def test_large_log_is_told_like_its_store(run: Any, canonical: Path, scratch: Path, tmp_path: Path) -> None:
    """Report and exit code are those of the store; the log keeps its name; nothing stays behind."""
    assert run("convert", canonical, "--market", "JP", "--out", tmp_path / "store").code == 0
    log, store = run("check", canonical, *AT, "--market", "JP"), run("check", tmp_path / "store", *AT)
    assert (log.code, told(log.out)) == (store.code, told(store.out))
    assert (log.code, len(told(log.out)["findings"])) == (1, 6)
    assert str(canonical) in log.err
    assert list(scratch.iterdir()) == []


def test_stopped_run_leaves_nothing(run: Any, canonical: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is taken away when the run is stopped."""

    def stopped(*words: object) -> None:
        assert list(scratch.glob("*/store/store.json"))
        raise KeyboardInterrupt

    monkeypatch.setattr("checker.cli.check.whole_report", stopped)
    assert run("check", canonical, *AT).code not in (0, 1)
    assert list(scratch.iterdir()) == []


def test_what_only_a_log_can_be_asked(run: Any, canonical: Path, logs: Path, scratch: Path, tmp_path: Path) -> None:
    """Native logs, chosen engines and quarantined records are judged as logs are."""
    words = ("--as-of", "2026-03-01T00:00:00Z")
    assert "is large" not in run("check", logs / "order_list.json", *words).err
    assert "is large" not in run("check", canonical, *words, "--engine", "columnar").err
    assert "is large" not in run("check", canonical, *words, "--quarantine", tmp_path / "bad.jsonl").err
