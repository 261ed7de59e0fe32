"""What do the commands about changes print, and with which exit code?"""

import json
from pathlib import Path
from shutil import copytree

import pytest

from checker.cli.app import main

LOGS = str(Path(__file__).parents[2] / "examples" / "logs")
AS_OF = ("--as-of", "2026-02-10T00:00:00+09:00")
WAIVERS = """
language: 1
timezone: Asia/Tokyo
waivers:
  - id: W-1
    policy: tiktok_shop.jp.order_cancellation
    rule: seller_answers_cancel_request
    match: {order_id: '582300000000000103'}
    reason: snow
    approved_by: Sato
    from: 2026-01-01
    expires: 2026-06-29
"""
VN = "tiktok_shop.vn.order_fulfilment"


def test_baseline_lets_only_the_new_fail(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Violations written down no longer fail; a second writing finds nothing new."""
    file = str(tmp_path / "known.json")
    assert main(["check", LOGS, *AS_OF]) == 1
    assert main(["baseline", "write", file, LOGS, *AS_OF]) == 0
    assert main(["check", LOGS, *AS_OF, "--baseline", file]) == 0
    capfd.readouterr()
    assert main(["baseline", "write", file, LOGS, *AS_OF]) == 0
    assert "9 cases, 0 of them new; 0 gone" in capfd.readouterr().err


def test_a_waived_finding_stays_in_the_report(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It is violated, and names its waiver, in JSON and on the console."""
    path = tmp_path / "waivers.yaml"
    path.write_text(WAIVERS, encoding="utf-8")
    main(["check", LOGS, *AS_OF, "--waivers", str(path), "--format", "json"])
    found = json.loads(capfd.readouterr().out)["findings"]
    assert [f["verdict"] for f in found if f["waived_by"] == "W-1"] == ["violated"]
    main(["check", LOGS, *AS_OF, "--waivers", str(path), "--lang", "en"])
    assert "violated, waived by W-1: 582300000000000103" in capfd.readouterr().out


def test_a_bad_waiver_is_no_verdict(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A malformed file gives exit code 2 and its place."""
    path = tmp_path / "waivers.yaml"
    path.write_text(WAIVERS.replace("2026-06-29", "2027-06-29"), encoding="utf-8")
    assert main(["check", LOGS, *AS_OF, "--waivers", str(path)]) == 2
    assert "waivers.yaml:12:14: lasts 544 days; expected at most 180" in capfd.readouterr().err


def test_what_was_not_known_does_not_judge(capfd: pytest.CaptureFixture[str]) -> None:
    """Before its publication a policy judges nothing: there are no rules to judge by."""
    assert main(["check", LOGS, "--known-at", "2025-10-27T23:59:59+09:00"]) == 2
    assert main(["check", LOGS, "--known-at", "2026-02-10T00:00:00+09:00", "--format", "json"]) == 1
    assert json.loads(capfd.readouterr().out)["as_of"] == "2026-02-09T15:00:00Z"


def test_diff_and_impact_of_a_republication(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A republication differs in nothing; of another market's log nothing can be compared."""
    assert main(["diff", f"{VN}@2024-08-26", f"{VN}@2025-06-30", "--lang", "en"]) == 0
    assert "no difference in meaning" in capfd.readouterr().out
    row = {
        "type": "order_facts",
        "order_id": "o1",
        "facts": {"market": "VN", "shop_id": "s", "shipping_type": "TIKTOK"},
    }
    event = {
        "type": "order_created",
        "order_id": "o1",
        "event_id": "e1",
        "ts": "2024-08-26T03:00:00Z",
        "actor": "buyer",
    }
    log = tmp_path / "log.jsonl"
    log.write_text("".join(json.dumps(line) + "\n" for line in (row, event)), encoding="utf-8")
    words = [str(log), "--as-of", "2024-09-10T00:00:00+07:00", "--lang", "en"]
    assert main(["impact", f"{VN}@2024-08-26", f"{VN}@2025-06-30", *words]) == 0
    assert "no verdict changes" in capfd.readouterr().out
    assert main(["impact", f"{VN}@2024-08-26", "tiktok_shop.us.order_fulfilment@2026-01-26", *words]) == 2
    assert main(["diff", f"{VN}@2024-08-27", f"{VN}@2025-06-30"]) == 2
    assert f"expected a policy file or one of `{VN}@2023-01-12`" in capfd.readouterr().err


def test_a_false_editorial_fails(tmp_path: Path) -> None:
    """A version that calls itself editorial and means something else is a violation of that promise."""
    root = tmp_path / "policies"
    copytree(Path(__file__).parents[2] / "policies", root)
    old = root / "tiktok_shop/vn/order_fulfilment/2024-08-26.yaml"
    new = tmp_path / "policies/tiktok_shop/vn/order_fulfilment/2027-01-01.yaml"
    text = (
        old.read_text(encoding="utf-8")
        .replace("2024-08-26", "2027-01-01")
        .replace("working_days: 3", "working_days: 4")
    )
    new.write_text(text.replace("change: substantive", "change: editorial"), encoding="utf-8")
    assert main(["diff", str(old), str(new)]) == 1


def test_the_next_version_is_begun(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The copy and its list of places are written; a day that has a version is refused."""
    words = ["new", "version", f"{VN}@2025-07-15", "--effective", "2027-01-01", "--into", str(tmp_path)]
    assert main(words) == 0
    assert f"{tmp_path}/2027-01-01.yaml:5: effective: 2027-01-01" in capfd.readouterr().out
    assert main(words) == 2


def test_own_policy_exit_codes(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A worse value is exit code 1; a value that nothing published can be compared with is 3 under --strict."""
    path = tmp_path / "own.yaml"
    for value, strict, code in (
        ("free_cancel: {minutes: 10}", (), 1),
        ("free_cancel: {hours: 1}", ("--strict",), 0),
        ("cancel_notice: {hours: 1}", ("--strict",), 3),
    ):
        path.write_text(f"language: 1\nshop: s\nparameters: {{{value}}}\n", encoding="utf-8")
        assert main(["compare", str(path), *strict, *AS_OF, "--lang", "en"]) == code
    assert "PLATFORM'S VALUE NOT PUBLISHED" in capfd.readouterr().out
