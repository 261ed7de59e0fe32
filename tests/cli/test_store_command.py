"""Are stores of orders written, judged and refused as said?"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from checker.engines.agreement import Agreement
from checker.model.finding import Evidence, Finding, Reason, RuleRef, Verdict
from checker.model.rule import Bearer, Severity, Subject
from checker.reports.phrases import Lang, phrase

LOGS = Path(__file__).parents[2] / "examples" / "logs"
NATIVE = [LOGS / name for name in ("order_list.json", "cancellations_search.json", "webhooks.jsonl", "messages.json")]
AT = ("--as-of", "2026-03-01T00:00:00Z")


@pytest.fixture
def store(run: Any, tmp_path: Path) -> Path:
    assert run("convert", *NATIVE, "--market", "JP", "--out", tmp_path / "log", "--buckets", 2).code == 0
    return tmp_path / "log"


def told(text: str) -> dict[str, Any]:
    """What a report says, apart from the names of the log's files and who judged."""
    said: dict[str, Any] = json.loads(text)
    del said["tool"], said["log"]["sources"], said["log"]["digest"]
    return said


def listed(said: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings of which a store's report has all here: violations and dated deadlines, and rates."""
    return [f for f in said["findings"] if f["verdict"] == "violated" or f["subject"]["kind"] != "order"]


@pytest.mark.parametrize("engine", ["auto", "reference"])
def test_store_is_told_like_its_log(run: Any, store: Path, engine: str) -> None:
    """A store gives the report and the exit code that its log gives, whoever judges it."""
    whole = run("check", *NATIVE, *AT, "--format", "json", "--market", "JP")
    stored = run("check", store, *AT, "--format", "json", "--workers", 1, "--engine", engine)
    one, two = told(whole.out), told(stored.out)
    assert stored.code == whole.code == 1
    assert {**two, "findings": [], "events": {}, "listed": 0} == {**one, "findings": [], "events": {}, "listed": 0}
    assert listed(two) == listed(one) != []


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_store_is_read_like_its_log(run: Any, store: Path, lang: Lang) -> None:
    """At a terminal both reports are the same but for the commands that they advise."""
    whole = run("check", *NATIVE, *AT, "--lang", lang, "--market", "JP").out
    stored = run("check", store, *AT, "--workers", 1, "--lang", lang).out
    assert body(stored, lang) == body(whole, lang)
    assert len(body(whole, lang)) > 50


def body(text: str, lang: Lang) -> list[str]:
    """The lines of a report before what to run next, those apart that say what has more."""
    lines = text.rpartition(phrase(lang, "report", "next_steps"))[0].splitlines()
    return [line for line in lines if "--format json" not in line and "--output parquet" not in line]


def test_state_gives_the_same_report(run: Any, store: Path, tmp_path: Path) -> None:
    """Two nights with a state tell what a run without one tells."""
    words = ("--format", "json", "--workers", 1)
    for _ in range(2):
        night = run("check", store, *AT, *words, "--state", tmp_path / "state")
    assert night.out == run("check", store, *AT, *words).out


def test_what_a_store_cannot_is_refused(run: Any, store: Path, tmp_path: Path) -> None:
    """A state is kept by the columnar engine only."""
    done = run("check", store, *AT, "--engine", "reference", "--state", tmp_path / "state")
    assert done.code == 2
    assert "--state is for the columnar engine" in done.err


def test_words_of_a_log_are_refused(run: Any, store: Path) -> None:
    """What the reader of a log is told was told when the store was made."""
    done = run("check", store, *AT, "--market", "JP", "--observes", "messages")
    assert done.code == 2
    assert "--market, --observes: is said to `checker convert`" in done.err


def test_old_store_is_told_of(run: Any, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --as-of an old store is judged now, and it is said how to judge it at its own time."""
    assert "hint" not in run("check", store, "--workers", 1).err
    monkeypatch.setattr("checker.cli.store.now", lambda: datetime(2027, 2, 1, tzinfo=UTC))
    assert "the last event of the log is 36" in run("check", store, "--workers", 1).err


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
    assert told(stored.out)["tallies"] == told(whole.out)["tallies"] != []


def test_order_of_a_store_is_explained(run: Any, store: Path) -> None:
    """The reasoning on one order is that of its log; an order that is not there is said to be missing."""
    whole = run("explain", "582300000000000103", *NATIVE, *AT, "--market", "JP")
    assert run("explain", "582300000000000103", store, *AT).out == whole.out
    missing = run("explain", "582300000000000193", store, *AT)
    assert missing.code == 2
    assert "no order `582300000000000193` in this store" in missing.err


@pytest.mark.parametrize("form", ["table", "json", "csv", "ics"])
def test_deadlines_of_a_store(run: Any, store: Path, form: str) -> None:
    """What falls due is that of the log, in every format."""
    words = ("--as-of", "2026-01-31T18:00:00+09:00", "--format", form)
    whole = run("due", *NATIVE, *words, "--market", "JP")
    assert run("due", store, *words).out == whole.out


def test_baseline_of_a_store(run: Any, store: Path, tmp_path: Path) -> None:
    """Every violation of a store is written down, not only those listed, and is known from then on."""
    for name, logs in (("one", (*NATIVE, "--market", "JP")), ("two", (store,))):
        assert run("baseline", "write", tmp_path / name, *logs, *AT).code == 0
    one, two = ([row["case"] for row in json.loads((tmp_path / name).read_text())["cases"]] for name in ("one", "two"))
    assert two == one != []
    assert run("check", store, *AT, "--workers", 1, "--baseline", tmp_path / "two").code == 0


def test_waivers_on_a_store(run: Any, store: Path, tmp_path: Path) -> None:
    """A waived violation of a store is none that counts, and a waiver of nothing has lapsed."""
    report = told(run("check", store, *AT, "--workers", 1, "--format", "json").out)
    wrong = next(f for f in report["findings"] if f["verdict"] == "violated" and f["subject"]["kind"] == "order")
    rule = f"policy: {wrong['policy']}\n    rule: {wrong['rule_id']}"
    rest = "reason: x\n    approved_by: y\n    from: 2026-02-01\n    expires: 2026-03-31"
    waivers = "\n".join(
        f"  - id: {name}\n    {rule}\n    match: {{order_id: '{order}'}}\n    {rest}"
        for name, order in (("W1", wrong["subject"]["id"]), ("W2", "1"))
    )
    (tmp_path / "w.yaml").write_text(f"language: 1\ntimezone: Asia/Tokyo\nwaivers:\n{waivers}\n")
    words = ("--format", "json", "--waivers", tmp_path / "w.yaml")
    stored, whole = run("check", store, *AT, *words), run("check", *NATIVE, *AT, "--market", "JP", *words)
    assert told(stored.out)["tallies"] == told(whole.out)["tallies"]
    assert told(stored.out)["lapsed_waivers"] == told(whole.out)["lapsed_waivers"] != []
    assert [f["waived_by"] for f in told(stored.out)["findings"] if f["waived_by"]] == ["W1"]


def test_engines_agree_on_a_store(run: Any, store: Path) -> None:
    """All orders of a store, or a sample of them, are judged on both engines."""
    done = run("verify", store, *AT)
    assert done.code == 0
    assert done.out == run("verify", *NATIVE, *AT, "--market", "JP").out
    assert run("verify", store, *AT, "--sample", 2).out.startswith("2 orders, ")


def test_disagreement_on_a_store(run: Any, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the engines differ on a store the command fails, and says where."""
    rule = RuleRef("p", "r", date(2026, 1, 1))
    one = Finding(rule, Severity.MINOR, Bearer.SELLER, Subject.ORDER, "1", Verdict.PENDING, Evidence(Reason.OPEN))
    pairs = [(None, one), (one, replace(one, verdict=Verdict.VIOLATED))]
    monkeypatch.setattr("checker.engines.agreement.agreement", lambda *_: Agreement(7, 9, 2, pairs))
    done = run("verify", store, *AT)
    assert (done.code, done.out) == (2, "7 orders, 9 findings on each engine, 2 differ\n")
    assert "order `1`, p.r@2026-01-01: only in columns" in done.err
    assert "order `1`, p.r@2026-01-01: differ in verdict" in done.err
