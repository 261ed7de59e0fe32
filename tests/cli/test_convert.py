"""Does `checker convert` write the canonical form?"""

import json

from checker.model.report import ExitCode


def test_convert(run, logs, tmp_path):
    """A native file becomes canonical lines."""
    target = tmp_path / "log.jsonl"
    done = run("convert", logs / "webhooks.jsonl", "-o", target)
    assert done.code == ExitCode.CLEAN
    assert {"event_id", "order_id"} <= set(json.loads(target.read_text().splitlines()[-1]))
    assert "events of 7 orders" in done.err


def test_unknown_form(run, logs, tmp_path):
    """A target whose form is not known is refused."""
    assert run("convert", logs / "webhooks.jsonl", "-o", tmp_path / "log.doc").code == ExitCode.COULD_NOT_CHECK
