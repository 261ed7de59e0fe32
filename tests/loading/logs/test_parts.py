"""Does reading a log in parts give what reading it whole gives?"""

from collections import Counter
from pathlib import Path

import pytest

from checker.loading.logs import load_log
from checker.loading.logs.canonical import write_canonical
from checker.loading.logs.options import LogOptions
from checker.loading.logs.parts import is_canonical, load_parts
from checker.model.report import Tally

LOGS = Path(__file__).parents[3] / "examples" / "logs"
NATIVE = [LOGS / name for name in ("order_list.json", "cancellations_search.json", "webhooks.jsonl", "messages.json")]
ODD = (
    b'{"event_id": "x", "order_id": "1", "type": "order_created"}\n'
    b"{broken\n"
    b'{"type": "log_coverage", "facts": {"observes": ["refunds"]}}\n'
)


@pytest.fixture(params=["log.jsonl", "log.csv", "log.parquet", "log.jsonl.gz"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The examples in every canonical form; the plain one has rows that cannot be used and one about the whole log."""
    path = tmp_path / request.param
    write_canonical(load_log(NATIVE), path)
    if request.param == "log.jsonl":
        path.write_bytes(path.read_bytes() + ODD)
    return path


@pytest.mark.parametrize("parts", [1, 3, 8])
def test_parts_make_up_the_whole(log: Path, parts: int) -> None:
    """Histories with their places in the log, problems and the account of all records are those of the whole log."""
    whole, found = load_log([log]), list(load_parts([log], LogOptions(), parts))
    together = sorted((h for part in found for h in part.histories), key=lambda history: history.order_id)
    assert tuple(together) == whole.histories
    assert sum((part.tally for part in found), Tally()) == whole.tally
    assert Counter(p.reason for part in found for p in part.problems) >= Counter(p.reason for p in whole.problems)
    assert {part.digest for part in found} == {whole.digest}


def test_only_canonical_logs_come_apart(log: Path) -> None:
    """Native answers tell of many orders at once and are read whole."""
    assert is_canonical([log], LogOptions())
    assert not is_canonical([log, NATIVE[0]], LogOptions())
