"""Do made-up logs become files that are read like any other?"""

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from checker.engines.store import Store, histories_in, open_store
from checker.generating import Sample, made
from checker.generating.files import list_beside, write_sample
from checker.loading.logs import load_log
from checker.model.error import UsageError

FORMS = ("log.jsonl", "log.csv", "log.parquet", "log.jsonl.gz", "log.xes", "log.json")
SAMPLE = Sample(seed=9, percent=50)


def in_bucket(store: Store, bucket: int) -> np.ndarray:
    return np.arange(pq.read_metadata(store.orders_file(bucket)).num_rows)


@pytest.mark.parametrize("name", FORMS)
def test_reading_gives_the_orders_that_were_made(name: str, tmp_path: Path) -> None:
    """Every form holds all orders; their events say what was made, and nothing is odd about them."""
    write_sample(SAMPLE, 40, tmp_path / name)
    log = load_log([tmp_path / name])
    wanted = {one.history.order_id: one.history for one in (made(SAMPLE, number) for number in range(40))}
    assert log.problems == ()
    assert {history.order_id for history in log.histories} == wanted.keys()
    for history in log.histories:
        other = wanted[history.order_id]
        assert (history.facts, history.observes) == (other.facts, other.observes)
        assert [(e.occurred_at, e.activity, e.actor, e.attributes) for e in history.events] == [
            (e.occurred_at, e.activity, e.actor, e.attributes) for e in other.events
        ]


@pytest.mark.parametrize("name", FORMS)
def test_same_seed_same_bytes(name: str, tmp_path: Path) -> None:
    """Log and list are the same for the same seed, and others for another."""
    written = []
    for folder, seed in (("a", 1), ("b", 1), ("c", 2)):
        (tmp_path / folder).mkdir()
        target = tmp_path / folder / name
        write_sample(Sample(seed), 60, target)
        written.append((target.read_bytes(), list_beside(target).read_bytes()))
    assert written[0] == written[1]
    assert written[0][0] != written[2][0]
    assert written[0][1] != written[2][1]


def test_store_has_every_order_in_its_bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A target without a suffix becomes a store; the list beside it is that of a file."""
    monkeypatch.setattr("checker.generating.files.PER_BUCKET", 10)
    account = write_sample(SAMPLE, 40, tmp_path / "log")
    write_sample(SAMPLE, 40, tmp_path / "log.jsonl")
    store = open_store(tmp_path / "log")
    assert (store.buckets, store.orders, store.events) == (4, 40, account.events)
    found = [history for bucket in range(4) for history in histories_in(store, bucket, in_bucket(store, bucket))]
    assert {history.order_id for history in found} == {made(SAMPLE, number).history.order_id for number in range(40)}
    assert any("solicits" in event.attributes for history in found for event in history.events)
    assert len((tmp_path / "log.injected.jsonl").read_text().splitlines()) == len(account.expected)


def test_list_names_order_rule_verdict_and_what_was_done(tmp_path: Path) -> None:
    """One line for everything that a check must find."""
    account = write_sample(SAMPLE, 40, tmp_path / "log.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "log.injected.jsonl").read_text().splitlines()]
    assert [line["order_id"] for line in lines] == sorted(note.order_id for note in account.expected)
    assert lines[0] == {
        "order_id": "580000900000000001",
        "rule": "tiktok_shop.jp.order_cancellation.seller_answers_cancel_request",
        "verdict": "violated",
        "done": "seller approves after 48 h and 1 s",
    }


def test_progress_is_told_of_every_order(tmp_path: Path) -> None:
    """Each order counts once."""
    told: list[int] = []
    write_sample(SAMPLE, 7, tmp_path / "log.jsonl", told.append)
    assert sum(told) == 7


def test_unknown_suffix_leaves_nothing_behind(tmp_path: Path) -> None:
    """A form that is not known is refused before anything is written."""
    with pytest.raises(UsageError, match="no canonical suffix; expected"):
        write_sample(SAMPLE, 7, tmp_path / "log.doc")
    assert list(tmp_path.iterdir()) == []
