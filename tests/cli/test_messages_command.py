"""Does `checker messages judge` tell for each message how it is read, and why?"""

import json
from pathlib import Path

import pytest

from checker.cli import main


def judged(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> tuple[int, list[dict[str, object]], str]:
    code = main(["messages", "judge", str(path), *words])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_each_message_gets_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Threads may be mixed in the file; each keeps its own memory of who asked first."""
    path = tmp_path / "chat.jsonl"
    path.write_text(
        '{"id": 1, "sender": "buyer", "text": "I want to cancel", "conversation": "a"}\n'
        '{"id": "2", "sender": "seller", "text": "Please cancel the order", "conversation": "b"}\n'
        '{"id": "3", "sender": "seller", "text": "Please cancel the order", "conversation": "a"}\n'
        '{"id": "4", "sender": "seller", "text": "Please cancel the order", "lang": "fr"}\n',
        encoding="utf-8",
    )
    code, rows, _ = judged(capsys, path)
    assert code == 0
    assert [(row["id"], row["solicits"], row["lang"]) for row in rows] == [
        (1, "no", "en"),
        ("2", "explicit", "en"),
        ("3", "no", "en"),
        ("4", "explicit", "fr"),
    ]
    assert rows[1]["words"] == ["please cancel"]
    assert "-buyer_asked_first" in rows[2]["because"]


def test_bad_lines_are_told_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bad line costs only itself."""
    path = tmp_path / "chat.jsonl"
    path.write_text('oops\n{"id": "1", "sender": "seller", "text": "hello"}\n', encoding="utf-8")
    code, rows, err = judged(capsys, path)
    assert (code, [row["solicits"] for row in rows]) == (0, ["no"])
    assert f"{path}:1: not JSON" in err
    assert "1 of 2 lines could not be used" in err


def test_nothing_usable_could_not_be_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With no usable line the exit code is 2."""
    path = tmp_path / "chat.jsonl"
    path.write_text("oops\n", encoding="utf-8")
    assert judged(capsys, path)[0] == 2


def test_output_obeys_no_terminal_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a terminal would obey is escaped, and means the same in JSON."""
    path = tmp_path / "chat.jsonl"
    path.write_text('{"id": "\\u202e\\u009b", "sender": "seller", "text": "x"}\n', encoding="utf-8")
    main(["messages", "judge", str(path)])
    out = capsys.readouterr().out
    assert out.rstrip("\n").isprintable()
    assert json.loads(out)["id"] == "\u202e\u009b"


def test_learned_score_can_be_switched_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --no-learned no reason is a learned one."""
    path = tmp_path / "chat.jsonl"
    path.write_text('{"id": "1", "sender": "seller", "text": "please cancel"}\n', encoding="utf-8")
    _, rows, _ = judged(capsys, path, "--no-learned")
    assert rows[0]["solicits"] == "explicit"
    assert not any("learned" in reason for reason in rows[0]["because"])
