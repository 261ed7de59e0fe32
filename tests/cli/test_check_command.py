"""Does `checker check` say what its exit codes promise?"""

import json

import pytest

from checker.model.report import ExitCode

AS_OF = ("--as-of", "2026-02-01T10:00+09:00")


def test_violations(run, canonical):
    """Violations at or above the severity give 1."""
    done = run("check", canonical, *AS_OF)
    assert done.code == ExitCode.VIOLATIONS
    assert done.out.startswith("checker 0.1.0  as of Sun 1 Feb 2026 10:00 JST\n")
    assert done.err == ""


def only(canonical, tmp_path, order):
    """The log of one order alone."""
    lines = [line for line in canonical.read_text().splitlines() if order in line]
    path = tmp_path / "one.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_exit_codes(run, canonical, tmp_path):
    """A clean order gives 0, under --strict 3 for what could not be judged; a violated one gives 1 all the same."""
    clean = only(canonical, tmp_path, "582300000000000102")
    assert run("check", clean, *AS_OF).code == ExitCode.CLEAN
    assert run("check", clean, *AS_OF, "--strict").code == ExitCode.INCOMPLETE
    assert run("check", canonical, *AS_OF, "--strict").code == ExitCode.VIOLATIONS


def test_fail_on(run, canonical, tmp_path):
    """Violations below the severity do not fail the run."""
    late = only(canonical, tmp_path, "582300000000000103")
    assert run("check", late, *AS_OF, "--fail-on", "major").code == ExitCode.VIOLATIONS
    assert run("check", late, *AS_OF, "--fail-on", "critical").code == ExitCode.CLEAN


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "is empty"), ("{}\n", "no orders to judge in"), ('{"a": \n', "broken JSON")],
)
def test_no_orders(run, tmp_path, text, message):
    """A log without orders could not be checked, unless that is accepted."""
    path = tmp_path / "empty.jsonl"
    path.write_text(text)
    done = run("check", path)
    assert done.code == ExitCode.COULD_NOT_CHECK
    assert done.err.startswith("error: ")
    assert message in done.err


def test_orders_of_no_market(run, canonical):
    """Orders that no policy judges are no compliance: all of them is an error, some are incomplete under --strict."""
    assert run("check", canonical, *AS_OF, "--market", "XX").code == ExitCode.COULD_NOT_CHECK
    done = run("check", canonical, *AS_OF, "--market", "XX", "--allow-empty", "--strict")
    assert done.code == ExitCode.INCOMPLETE
    assert "is of market `XX`, which no policy here judges" in " ".join(done.out.split())


def test_allow_empty(run, tmp_path):
    """No orders can be accepted."""
    path = tmp_path / "events.jsonl"
    path.write_text('{"event_id": "e", "ts": "2026-01-01T00:00:00Z"}\n')
    assert run("check", path, *AS_OF).code == ExitCode.COULD_NOT_CHECK
    assert run("check", path, *AS_OF, "--allow-empty").code in (ExitCode.CLEAN, ExitCode.COULD_NOT_CHECK)


def test_unknown_policy(run, canonical):
    """A policy that is not there is no verdict."""
    done = run("check", canonical, "--policy", "tiktok_shop.mars")
    assert done.code == ExitCode.COULD_NOT_CHECK
    assert "no policy `tiktok_shop.mars`; expected the beginning of one of: tiktok_shop." in done.err


def test_naive_as_of(run, canonical):
    """A moment without an offset is refused, with what to write instead."""
    done = run("check", canonical, "--as-of", "2026-02-01T10:00")
    assert done.code == ExitCode.COULD_NOT_CHECK
    assert "has no UTC offset; write 2026-02-01T10:00+09:00 for Japan" in done.err


def test_old_log(run, canonical, monkeypatch):
    """A log much older than the present gets a hint, on stderr; a moment that was asked for gets none."""
    from datetime import UTC, datetime

    assert "hint" not in run("check", canonical).err
    monkeypatch.setattr("checker.cli.audit.now", lambda: datetime(2026, 2, 13, tzinfo=UTC))
    assert "hint: the last event of the log is 7 d 21 h old; --as-of TIME" in run("check", canonical).err
    assert run("check", canonical, "--as-of", "2026-02-13T00:00Z").err == ""


def test_outputs(run, canonical, tmp_path):
    """Files are written beside what stdout shows."""
    done = run(
        "check",
        canonical,
        *AS_OF,
        "--output",
        f"json={tmp_path / 'r.json'}",
        "--output",
        f"console={tmp_path / 'r.txt'}",
    )
    assert done.code == ExitCode.VIOLATIONS
    assert json.loads((tmp_path / "r.json").read_bytes())["as_of"] == "2026-02-01T01:00:00Z"
    assert (tmp_path / "r.txt").read_text().startswith("checker 0.1.0")


def test_json_on_stdout(run, canonical):
    """JSON on stdout is nothing but JSON."""
    assert json.loads(run("check", canonical, *AS_OF, "--format", "json").out)["report"] == "checker"


def test_language(run, canonical, monkeypatch):
    """The report comes in the language asked for, else in that of the environment."""
    assert "违规" in run("check", canonical, *AS_OF, "--lang", "zh").out
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert "違反" in run("check", canonical, *AS_OF).out


def test_the_commands_to_run_next_repeat_the_words(run, canonical):
    """What is suggested next looks at the same log at the same moment."""
    out = run("check", canonical, *AS_OF, "--shop", "a b").out
    assert f"checker due {canonical} --shop 'a b' --as-of 2026-02-01T01:00:00Z" in out
