"""Do the Cucumber Messages tell what became of every step?"""

import json
from datetime import UTC, datetime
from pathlib import Path

from checker.harness.cases import cases
from checker.harness.feature import read_feature
from checker.harness.messages import messages, ndjson, official_page
from checker.harness.runner import run
from checker.model.policy import Policy

FEATURE = """# language: ja
機能: 取消
  シナリオアウトライン: 期限
    前提 適用する規則は tiktok_shop.jp.order_cancellation@2025-10-28
    かつ 2025-12-01 08:00 に購入者が注文する（状態は未払い）
    かつ 2025-12-01 10:00 に購入者がキャンセルを申請する（申請番号 R1）
    もし <確認> の時点で確認する
    ならば 規則 seller_answers_cancel_request の判定は未確定
    例:
      | 確認                |
      | 2025-12-03 10:00    |
      | 2025-12-03 10:00:01 |
"""
AT = datetime(2025, 12, 9, tzinfo=UTC)


def told(tmp_path: Path, pool: tuple[Policy, ...]) -> list[dict]:
    path = tmp_path / "a.feature"
    path.write_text(FEATURE, encoding="utf-8")
    results = [run(case) for case in cases(read_feature(path), pool)]
    return [json.loads(line) for line in ndjson(tuple(messages(results, AT))).splitlines()]


def test_every_row_is_a_test_and_the_untrue_claim_fails(tmp_path: Path, pool: tuple[Policy, ...]) -> None:
    """The failing step carries the message in the feature's language; the run as a whole fails."""
    found = told(tmp_path, pool)
    statuses = [one["testStepFinished"]["testStepResult"] for one in found if "testStepFinished" in one]
    assert [result["status"] for result in statuses] == ["PASSED"] * 9 + ["FAILED"]
    assert statuses[-1]["message"] == (
        "期待: 規則 seller_answers_cancel_request の判定は未確定\n実際: 規則 seller_answers_cancel_request の判定は違反"
    )
    assert found[-1]["testRunFinished"]["success"] is False


def test_ids_refer_to_what_was_told_before(tmp_path: Path, pool: tuple[Policy, ...]) -> None:
    """Test cases name pickles, steps name pickle steps."""
    found = told(tmp_path, pool)
    pickles = {one["pickle"]["id"]: one["pickle"] for one in found if "pickle" in one}
    tests = [one["testCase"] for one in found if "testCase" in one]
    assert [test["pickleId"] for test in tests] == list(pickles)
    for test in tests:
        wanted = [step["id"] for step in pickles[test["pickleId"]]["steps"]]
        assert [step["pickleStepId"] for step in test["testSteps"]] == wanted


def test_a_feature_cannot_end_the_script_of_the_page(tmp_path: Path, pool: tuple[Policy, ...]) -> None:
    """Text of a feature stays text."""
    page = official_page(({"meta": {"x": "</script><script>alert(1)</script>"}},))
    assert "</script><script>alert" not in page
