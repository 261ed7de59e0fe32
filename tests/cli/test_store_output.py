"""Does a file of all verdicts on a store say what that of its log says?"""

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from checker.cli import main

KEY = ("subject_id", "rule", "trigger_at", "reason", "decisive_at")
NULL = {"case", "sentence", "arithmetic", "place", "platform_due_at"}
"""What would need every event, and is null in the file of a store."""
AS_OF = ("--as-of", "2026-01-20T15:00:00Z")


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A generated log, and the store that is made of it."""
    folder = tmp_path_factory.mktemp("logs")
    log, store = folder / "log.jsonl", folder / "store"
    assert main(["generate", "--orders", "150", "--seed", "5", "--inject", "20", "--out", str(log)]) == 0
    assert main(["convert", str(log), "--out", str(store), "--buckets", "3"]) == 0
    return log, store


def both(run: Any, logs: tuple[Path, Path], folder: Path, form: str, *words: Any) -> tuple[Path, Path]:
    """The file of the log and that of the store."""
    files = folder / f"log.{form}", folder / f"store.{form}"
    for log, file in zip(logs, files, strict=True):
        of_store = ("--workers", 2) if log.is_dir() else ()
        assert run("check", log, *AS_OF, "--output", f"{form}={file}", *words, *of_store).code == 1
    return files


def ordered(rows: list[dict[str, Any]], left_out: set[str]) -> list[dict[str, Any]]:
    kept = [{name: value for name, value in row.items() if name not in left_out} for row in rows]
    return sorted(kept, key=lambda row: str([row[name] for name in KEY]))


def of_orders(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["subject"] == "order"]


def test_parquet(run: Any, logs: tuple[Path, Path], tmp_path: Path) -> None:
    """Every column that needs no event is equal in every row; findings on rates are whole."""
    whole, stored = (pq.read_table(file) for file in both(run, logs, tmp_path, "parquet"))
    assert stored.schema == whole.schema
    assert ordered(stored.to_pylist(), NULL) == ordered(whole.to_pylist(), NULL)
    rates = [[row for row in table.to_pylist() if row["subject"] != "order"] for table in (stored, whole)]
    assert rates[0] == rates[1] != []
    assert all(row[name] is None for row in of_orders(stored.to_pylist()) for name in NULL)


def test_csv(run: Any, logs: tuple[Path, Path], tmp_path: Path) -> None:
    """The cells of a spreadsheet are written alike."""
    texts = [file.read_text("utf-8-sig") for file in both(run, logs, tmp_path, "csv", "--lang", "ja")]
    whole, stored = ([*csv.DictReader(text.splitlines())] for text in texts)
    assert ordered(of_orders(stored), NULL) == ordered(of_orders(whole), NULL)
    assert len(stored) == len(whole)


def test_json_lines(run: Any, logs: tuple[Path, Path], tmp_path: Path) -> None:
    """A line has the shape of a log's, without the events."""
    whole, stored = (
        [json.loads(line) for line in file.read_text().splitlines()] for file in both(run, logs, tmp_path, "jsonl")
    )
    left_out = {"id", "sentence", "arithmetic", "place", "evidence", "events"}
    sides = [
        sorted(json.dumps({k: v for k, v in row.items() if k not in left_out}, sort_keys=True) for row in rows)
        for rows in (whole, stored)
    ]
    assert sides[0] == sides[1]
    due = [
        sorted(str(row["evidence"]["due"]["due_at"]) for row in rows if "due" in row["evidence"])
        for rows in (whole, stored)
    ]
    assert due[0] == due[1] != []


@pytest.mark.parametrize("words", [("--engine", "reference"), ("--state", "state")], ids=["reference", "state"])
def test_whoever_judges(
    run: Any, logs: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str]
) -> None:
    """The interpreter and a state give the same file."""
    monkeypatch.chdir(tmp_path)
    plain, other = tmp_path / "plain.parquet", tmp_path / "other.parquet"
    run("check", logs[1], *AS_OF, "--workers", 1, "--output", f"parquet={plain}")
    run("check", logs[1], *AS_OF, "--workers", 1, "--output", f"parquet={other}", *words)
    rows = [ordered(pq.read_table(file).to_pylist(), set()) for file in (plain, other)]
    assert rows[0] == rows[1] != []


def test_what_is_known_stands_in_the_file(run: Any, logs: tuple[Path, Path], tmp_path: Path) -> None:
    """Under a baseline every violation has its case, and says whether it is known."""
    assert run("baseline", "write", tmp_path / "known.json", logs[0], *AS_OF).code == 0
    file = tmp_path / "v.parquet"
    words = (*AS_OF, "--workers", 1, "--baseline", tmp_path / "known.json", "--output", f"parquet={file}")
    done = run("check", logs[1], *words, "--format", "json")
    rows = pq.read_table(file).to_pylist()
    wrong = [row for row in rows if row["verdict"] == "violated"]
    assert done.code == 0
    assert len(wrong) > 10
    assert all(row["known"] and len(row["case"]) == 32 for row in wrong)
    assert not any(row["known"] for row in rows if row["verdict"] != "violated")


def test_verdicts_on_stdout(run: Any, logs: tuple[Path, Path]) -> None:
    """A text format of all verdicts can be read from stdout."""
    done = run("check", logs[1], *AS_OF, "--workers", 1, "--format", "jsonl")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert pa.array([row["verdict"] for row in rows]).value_counts().to_pylist() != []
    assert {row["subject"]["kind"] for row in rows} == {"order", "shop"}


def test_broken_file_is_none(run: Any, logs: tuple[Path, Path], tmp_path: Path) -> None:
    """Where one file cannot be written no other is there."""
    good, bad = f"parquet={tmp_path}/a.parquet", f"csv={tmp_path}/none/b.csv"
    assert run("check", logs[1], *AS_OF, "--workers", 1, "--output", good, "--output", bad).code == 2
    assert list(tmp_path.iterdir()) == []
