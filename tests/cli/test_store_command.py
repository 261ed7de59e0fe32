"""Are stores of orders written, judged and refused as said?"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

LOGS = Path(__file__).parents[2] / "examples" / "logs"
NATIVE = [LOGS / name for name in ("order_list.json", "cancellations_search.json", "webhooks.jsonl", "messages.json")]
AT = ("--as-of", "2026-03-01T00:00:00Z")


@pytest.fixture
def store(run: Any, tmp_path: Path) -> Path:
    assert run("convert", *NATIVE, "--market", "JP", "--out", tmp_path / "log", "--buckets", 2).code == 0
    return tmp_path / "log"


def counts(text: str, key: str) -> Counter[tuple[str, str, str | None]]:
    found: Counter[tuple[str, str, str | None]] = Counter()
    for row in json.loads(text)[key]:
        rule = row["rule"]
        outcome = row.get("outcome")
        found[rule, row["verdict"], outcome] += row.get("count", 1)
    return found


def test_store_is_judged_like_its_log(run: Any, store: Path) -> None:
    """A store gives the counts, the strays and the exit code that its log gives."""
    whole = run("check", *NATIVE, *AT, "--format", "json")
    stored = run("check", store, *AT, "--format", "json", "--workers", 1)
    assert stored.code == whole.code == 1
    assert counts(stored.out, "tallies") == counts(whole.out, "findings")
    assert (
        counts(stored.out, "tallies")[
            "tiktok_shop.jp.order_cancellation.seller_fault_rate@2025-10-28", "undetermined", None
        ]
        > 0
    )


def test_store_is_told_in_the_readers_language(run: Any, store: Path) -> None:
    """Verdicts are counted per rule, in words of the reader."""
    told = run("check", store, *AT, "--workers", 1, "--lang", "ja").out
    assert "tiktok_shop.jp.order_cancellation.seller_answers_cancel_request@2025-10-28: " in told
    assert "違反" in told


def test_state_gives_the_same_counts(run: Any, store: Path, tmp_path: Path) -> None:
    """Two nights with a state count what a run without one counts, rates apart."""
    for _ in range(2):
        night = run("check", store, *AT, "--format", "json", "--workers", 1, "--state", tmp_path / "state")
    without = counts(run("check", store, *AT, "--format", "json", "--workers", 1).out, "tallies")
    of_orders = Counter({key: count for key, count in without.items() if "_rate@" not in key[0]})
    assert counts(night.out, "tallies") == of_orders


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--engine", "reference"), "a store is judged in columns"),
        (("--format", "json", "--waivers", "w.yaml"), "need single findings"),
        (("--output", "json=x.json"), "a store is counted, not listed"),
    ],
)
def test_what_a_store_cannot_is_refused(run: Any, store: Path, words: tuple[str, ...], message: str) -> None:
    """What needs single findings is refused loudly, never left out."""
    done = run("check", store, *AT, *words)
    assert done.code == 2
    assert message in done.err


def test_words_of_a_store_need_one(run: Any) -> None:
    """--state on a log that is no store is refused with what to do."""
    done = run("check", *NATIVE, *AT, "--state", "x")
    assert done.code == 2
    assert "checker convert LOG... --out FOLDER" in done.err


def test_engine_can_be_named(run: Any) -> None:
    """Either engine can be asked for; the report names who judged and finds the same."""
    reports = {
        name: json.loads(run("check", *NATIVE, *AT, "--format", "json", "--engine", name).out)
        for name in ("reference", "columnar")
    }
    assert [report["tool"]["engine"] for report in reports.values()] == ["reference", "columnar"]
    assert reports["reference"]["findings"] == reports["columnar"]["findings"]


def test_markets_are_told_apart(run: Any, store: Path) -> None:
    """With the policies of all markets each order is judged by its own, as in a log that is no store."""
    whole = run("check", *NATIVE, *AT, "--policy", "tiktok_shop", "--format", "json", "--market", "JP")
    stored = run("check", store, *AT, "--policy", "tiktok_shop", "--format", "json", "--workers", 1)
    assert counts(stored.out, "tallies") == counts(whole.out, "findings")
