"""What is left of a run that is stopped in the middle? Nothing half done, and nobody who goes on."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from checker.cli import main

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are watched in /proc")

ORDERS, BUCKETS, PATIENCE = 800, 30, 60.0
NIGHTS = ("2026-01-31T15:00:00Z", "2026-01-20T00:00:00Z")  # at an earlier moment everything is judged again
STOPPED = "stopped: nothing half done counts; run the same command again"
KILLED = "a worker process was killed, most likely for want of memory; try --workers 1"
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    assert main(["generate", "--orders", str(ORDERS), "--out", str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def night(log: Path) -> Path:
    """The last rows under other ids, as a file of another night."""
    path = log.with_name("night.jsonl")
    lines = log.read_bytes().splitlines(keepends=True)[-1500:]
    path.write_bytes(b"".join(line.replace(b"-0", b"-9") for line in lines))
    return path


@pytest.fixture(scope="module")
def built(log: Path) -> Path:
    """A store that can grow and the state of a first night; every test takes a copy."""
    room = log.parent / "built"
    assert main(["convert", str(log), "--add", "--out", str(room / "store"), "--buckets", str(BUCKETS)]) == 0
    assert main([*check(room, 0), "--workers", "1"]) in (0, 1)
    return room


@pytest.fixture
def room(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "room"))


def check(room: Path, night: int) -> list[str]:
    return ["check", str(room / "store"), "--state", str(room / "state"), "--as-of", NIGHTS[night]]


@contextmanager
def running(*words: object) -> Iterator[subprocess.Popen[str]]:
    """The command in a process group of its own, as a terminal starts it."""
    command = [sys.executable, "-m", "checker", *map(str, words)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        yield process
    finally:
        if group(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def until(found: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Waits until something is there; the command must not have ended by then."""
    end = time.monotonic() + PATIENCE
    while not found():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.002)


def group(leader: int) -> dict[int, str]:
    """The living processes of a group, with their command lines."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, _, owner = (entry / "stat").read_text().rpartition(") ")[2].split()[:3]
            if int(owner) == leader and state != "Z":
                found[int(entry.name)] = (entry / "cmdline").read_text()
        except OSError:
            continue
    return found


def workers(process: subprocess.Popen[str]) -> list[int]:
    """The workers that have begun to load arrays."""
    started = (pid for pid, words in group(process.pid).items() if "spawn_main" in words)
    return [pid for pid in started if "libarrow" in Path(f"/proc/{pid}/maps").read_text()]


def is_deaf(worker: int) -> bool:
    """Whether Ctrl-C is kept from a process: the second signal, in the mask of those that are blocked."""
    status = dict(line.split(":\t") for line in Path(f"/proc/{worker}/status").read_text().splitlines())
    return int(status["SigBlk"], 16) & 2 == 2


def said(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """The exit code and what was said, once nobody of the group is left."""
    out, err = process.communicate(timeout=PATIENCE)
    end = time.monotonic() + PATIENCE
    while group(process.pid):
        assert time.monotonic() < end
        time.sleep(0.01)
    return process.returncode, out, err


def files_in(folder: Path) -> Files:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("when", ["workers load", "a bucket is done"])
def test_ctrl_c_while_workers_judge(room: Path, when: str) -> None:
    """Ctrl-C on a terminal: one message, no traceback of any process, store and state as they were."""
    before = files_in(room)
    with running(*check(room, 1), "--workers", 2) as process:
        if when == "workers load":
            until(lambda: len(workers(process)) == 2, process)
            assert all(map(is_deaf, workers(process)))
        else:
            until(lambda: list(room.glob("state/run-000002/*.parquet")), process)
        os.killpg(process.pid, signal.SIGINT)
        assert said(process) == (130, "", f"\n{STOPPED}\n")
    assert files_in(room) == before


def test_killed_worker(room: Path) -> None:
    """A worker that is killed: what to do next, no verdict in the exit code, store and state as they were."""
    before = files_in(room)
    with running(*check(room, 1), "--workers", 2) as process:
        until(lambda: len(workers(process)) == 2, process)
        os.kill(workers(process)[0], signal.SIGKILL)
        code, out, err = said(process)
    assert (code, out) == (2, "")
    assert err.startswith("error: ") and KILLED in err
    assert files_in(room) == before


def test_killed_command_leaves_no_worker(room: Path) -> None:
    """A command that is killed takes its workers with it; the next run goes on from the last state."""
    before = files_in(room)
    with running(*check(room, 1), "--workers", 2) as process:
        until(lambda: len(workers(process)) == 2, process)
        process.kill()
        said(process)
    assert before.items() <= files_in(room).items()
    assert main([*check(room, 1), "--workers", "1"]) in (0, 1)


@pytest.mark.parametrize("add", [False, True], ids=["new", "added"])
def test_ctrl_c_while_a_store_is_written(room: Path, log: Path, night: Path, add: bool) -> None:
    """Ctrl-C after the first buckets: what was there is as it was, and no folder looks like a store that is none."""
    before, target = files_in(room), room / ("store" if add else "new")
    words = [night, "--add"] if add else [log, "--buckets", BUCKETS]
    with running("convert", *words, "--out", target) as process:
        until(lambda: list(target.glob("events/*-1.parquet" if add else "events/*.parquet")), process)
        os.killpg(process.pid, signal.SIGINT)
        assert said(process) == (130, "", f"\n{STOPPED}\n")
    if add:
        assert files_in(room) == before
    else:
        assert main(["check", str(target)]) == 2


def test_ctrl_c_while_a_file_is_written(log: Path, tmp_path: Path) -> None:
    """Ctrl-C while a log is rewritten leaves the old file."""
    target = tmp_path / "log.csv"
    target.write_text("old")
    with running("convert", log, "--out", target) as process:
        until(lambda: len(files_in(tmp_path)) == 2, process)
        os.killpg(process.pid, signal.SIGINT)
        assert said(process) == (130, "", f"\n{STOPPED}\n")
    assert files_in(tmp_path) == {"log.csv": b"old"}
