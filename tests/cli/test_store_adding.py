"""Is a store that grew night by night the store of all files at once?"""

import json
import random
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from checker.cli import main
from checker.engines.store import Store, histories_in, open_store, read_account
from checker.engines.store.addition import Addition

LOGS = Path(__file__).parents[2] / "examples" / "logs"
NIGHTS = (["order_list.json"], ["webhooks.jsonl", "cancellations_search.json"], ["messages.json"])
AT = ("--as-of", "2026-03-01T00:00:00Z", "--format", "json", "--workers", 1)


def night(run: Any, store: Path, *files: Path | str, words: tuple[Any, ...] = ()) -> Any:
    return run("convert", *(LOGS / file for file in files), "--add", "--out", store, *words)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store after three nights, which stays as it is."""
    store = tmp_path_factory.mktemp("built") / "grown"
    for number, files in enumerate(NIGHTS):
        words = ["convert", *(str(LOGS / file) for file in files), "--add", "--out", str(store)]
        assert main(words if number else [*words, "--buckets", "3"]) == 0
    return store


@pytest.fixture
def grown(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "grown"))


def held(store: Store) -> list[Any]:
    """Everything that is read of a store, fingerprints included."""
    found: list[Any] = [store.orders, store.events, store.lexicons, read_account(store)[0].tally, store.digest]
    for number in range(store.buckets):
        orders = pq.read_table(store.orders_file(number))
        found += [orders["fingerprint"].to_pylist(), list(histories_in(store, number, np.arange(len(orders))))]
    return found


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nights_make_up_the_store(run: Any, grown: Path, tmp_path: Path) -> None:
    """Orders, events, messages read, fingerprints and digest are those of one conversion."""
    once = tmp_path / "once"
    run("convert", *(LOGS / file for files in NIGHTS for file in files), "--out", once, "--buckets", 3)
    assert held(open_store(grown)) == held(open_store(once))


def test_rows_arrive_late(run: Any, tmp_path: Path) -> None:
    """Canonical rows that come in any sequence make up the store of all nights, though most orders are left alone."""
    rows = (LOGS.parent / "canonical_events.jsonl").read_bytes().splitlines(keepends=True)
    random.Random(4).shuffle(rows)  # noqa: S311 - it must repeat itself
    files = [tmp_path / f"{number}.jsonl" for number in range(5)]
    for number, file in enumerate(files):
        file.write_bytes(b"".join(rows[number * 9 : number * 9 + 9 if number < 4 else None]))
        assert night(run, tmp_path / "s", file, words=() if number else ("--buckets", 3)).code == 0
    once = run("convert", *files, "--out", tmp_path / "once", "--buckets", 3)
    assert once.code == 0, once.err
    assert held(open_store(tmp_path / "s")) == held(open_store(tmp_path / "once"))


def test_grown_store_holds_nothing_old(grown: Path) -> None:
    """What was replaced is gone."""
    assert len(files_in(grown)) == 3 * 3 + 3


def test_only_touched_orders_are_judged_again(run: Any, tmp_path: Path) -> None:
    """An event of one order writes one bucket, and the next night with a state judges that order."""
    lines = (LOGS.parent / "canonical_events.jsonl").read_bytes().splitlines(keepends=True)
    last = next(line for line in reversed(lines) if b'"order_id":"582300000000000103"' in line.replace(b" ", b""))
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    first.write_bytes(b"".join(line for line in lines if line != last))
    second.write_bytes(last)
    night(run, tmp_path / "s", first, words=("--buckets", 3))
    before, digests = files_in(tmp_path / "s"), [row for part in held(open_store(tmp_path / "s"))[5::2] for row in part]
    done = night(run, tmp_path / "s", second)
    assert "1 of 3 buckets written" in done.err
    changed = {name for name, content in files_in(tmp_path / "s").items() if before.get(name) != content}
    assert len(changed) == 3 + 3
    after = [row for part in held(open_store(tmp_path / "s"))[5::2] for row in part]
    assert len(set(after) - set(digests)) == 1


def test_stopped_addition_leaves_the_store(
    run: Any, grown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C after some buckets leaves every file as it was, and the next run adds all."""
    before, write = files_in(grown), Addition.write

    def stop(self: Addition, bucket: int, *what: Any) -> None:
        write(self, bucket, *what)
        if bucket == 1:
            raise KeyboardInterrupt

    extra = tmp_path / "extra.jsonl"
    extra.write_bytes((LOGS / "webhooks.jsonl").read_bytes().splitlines()[0].replace(b"17694", b"17697"))
    with monkeypatch.context() as patch:
        patch.setattr(Addition, "write", stop)
        assert night(run, grown, extra).code == 130
    assert files_in(grown) == before
    assert night(run, grown, extra).code == 0
    assert files_in(grown) != before


def test_new_words_read_all_messages_again(run: Any, grown: Path) -> None:
    """A store whose messages were read by other words is read anew where something is added."""
    said = json.loads((grown / "store.json").read_text())
    (grown / "store.json").write_text(json.dumps(said | {"lexicons": {"cancel_solicitation": "old"}}))
    assert "3 of 3 buckets written" in night(run, grown, "messages.json").err
    assert run("check", grown, *AT).code == 1


def test_file_that_was_added_is_named(run: Any, grown: Path) -> None:
    """Nothing is counted twice where a night is repeated, and the reader is told."""
    before = held(open_store(grown))
    done = night(run, grown, "messages.json")
    assert "messages.json: was added before; left out" in done.err
    assert held(open_store(grown)) == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--buckets", 2), "has 3 buckets; leave --buckets out"),
        (("--market", "TH"), "--market was `JP` when the log was begun"),
    ],
)
def test_what_would_mix_is_refused(run: Any, grown: Path, words: tuple[Any, ...], message: str) -> None:
    """Other buckets, or other words about the orders, are refused; nothing is written."""
    before = files_in(grown)
    done = night(run, grown, "order_detail.json", words=words)
    assert (done.code, message in done.err) == (2, True)
    assert files_in(grown) == before


def test_store_is_never_overwritten(run: Any, grown: Path, tmp_path: Path) -> None:
    """Converting into a store is refused, as is adding to one that keeps no records."""
    again = run("convert", LOGS / "webhooks.jsonl", "--out", grown)
    assert (again.code, "is a store already; --add adds to one" in again.err) == (2, True)
    run("convert", LOGS / "webhooks.jsonl", "--out", tmp_path / "plain")
    done = night(run, tmp_path / "plain", "messages.json")
    assert (done.code, "keeps no records to merge new ones with" in done.err) == (2, True)


def test_words_for_a_folder_need_one(run: Any, tmp_path: Path) -> None:
    """--add with a single file is refused."""
    done = night(run, tmp_path / "x.jsonl", "messages.json")
    assert (done.code, "are for a folder" in done.err) == (2, True)
