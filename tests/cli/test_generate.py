"""Does `checker generate` make a log that `checker check` finds right?"""

import json

from checker.model.report import ExitCode


def test_check_finds_what_was_injected(run, tmp_path):
    """What the list beside the log says is violated is what the check finds, no more and no less."""
    target = tmp_path / "demo.jsonl"
    made = run("generate", "--orders", 200, "--seed", 3, "--inject", 30, "--out", target)
    assert made.code == ExitCode.CLEAN
    assert "events of 200 orders" in made.err
    assert "violations" in made.err
    listed = [json.loads(line) for line in (tmp_path / "demo.injected.jsonl").read_text().splitlines()]
    as_of = made.err.partition("--as-of ")[2].strip()
    done = run("check", target, "--as-of", as_of, "--format", "json")
    found = [row for row in json.loads(done.out)["findings"] if row["verdict"] == "violated"]
    assert done.code == ExitCode.VIOLATIONS
    assert sorted((row["subject"]["id"], row["rule"].partition("@")[0]) for row in found) == sorted(
        (row["order_id"], row["rule"]) for row in listed if row["verdict"] == "violated"
    )


def test_targets_that_cannot_be_written(run, tmp_path):
    """An unknown form and a missing folder are refused with what was expected."""
    unknown = run("generate", "--out", tmp_path / "log.doc")
    assert unknown.code == ExitCode.COULD_NOT_CHECK
    assert "no canonical suffix; expected .jsonl" in unknown.err
    missing = run("generate", "--orders", 1, "--out", tmp_path / "none" / "log.jsonl")
    assert missing.code == ExitCode.COULD_NOT_CHECK
    assert "cannot be written" in missing.err
