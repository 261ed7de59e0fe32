"""What do the shortest runs cost? CPU time of help and of a check of one order, against Python alone."""

import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOG = ROOT / "examples" / "canonical_events.jsonl"
ORDER = b"582300000000000103"
AT = "2026-01-31T18:00:00+09:00"
ROUNDS = 9


def cpu_seconds(words: list[str]) -> float:
    """The CPU time of one run, user and system."""
    before = os.times()
    subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, check=False)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def imported(words: list[str]) -> tuple[float, set[str]]:
    """The share of a run that importing takes, and the packages that it imports."""
    done = subprocess.run([sys.executable, "-X", "importtime", *words], cwd=ROOT, capture_output=True, check=False)
    rows = [line.split(b"|") for line in done.stderr.splitlines() if line.startswith(b"import time:")][1:]
    own = sum(int(row[0].rpartition(b":")[2]) for row in rows)
    return own / 1e6, {row[2].strip().decode().partition(".")[0] for row in rows}


def main(folder: Path) -> None:
    one = folder / "one.jsonl"
    one.write_bytes(b"".join(line for line in LOG.read_bytes().splitlines(keepends=True) if ORDER in line))
    runs = {
        "python alone": ["-c", "pass"],
        "checker --help": ["-m", "checker", "--help"],
        "checker check, one order": ["-m", "checker", "check", str(one), "--as-of", AT],
    }
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, words in runs.items():
            taken[name].append(cpu_seconds(words))
    for name, words in runs.items():
        importing, packages = imported(words)
        heavy = sorted({"numpy", "pyarrow", "pandas", "jsonschema", "rich", "yaml"} & packages) or ["nothing heavy"]
        middle = statistics.median(taken[name])
        print(f"{name}: {middle * 1000:.0f} ms of CPU; imports {importing * 1000:.0f} ms of wall: {', '.join(heavy)}")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        main(Path(made))
