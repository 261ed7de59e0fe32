"""Do the peers that the benchmark measures give the right answers?"""

import importlib
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from checker.generating import Sample
from checker.generating.files import write_sample

PEERS = Path(__file__).parents[2] / "bench" / "peers"


@pytest.fixture(scope="module")
def run() -> ModuleType:
    sys.path.insert(0, str(PEERS))
    return importlib.import_module("run")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log in which every injection is there twice."""
    target = tmp_path_factory.mktemp("log") / "store"
    write_sample(Sample(5, percent=60), 200, target)
    return target


def peer(run: ModuleType, module: str) -> object:
    (found,) = (peer for peer in run.PEERS if peer.module == module)
    if not run.is_installed(found):
        pytest.skip(f"{found.name} is not installed; the extra [bench] has it")
    return found


@pytest.fixture(scope="module")
def truth(run: ModuleType, store: Path) -> Counter[tuple[str, str, str]]:
    """What the interpreter says."""
    import ours

    return Counter(ours.answers(run.question.question(store, run.question.EIGHTEEN)))


@pytest.mark.parametrize("module", ["ours", "duck", "frames", "merges", "loop", "cel", "rego", "sigmas"])
def test_peer_agrees_with_the_interpreter(
    module: str, run: ModuleType, store: Path, truth: Counter[tuple[str, str, str]]
) -> None:
    """Every verdict of every rule that a peer can answer is the interpreter's, and it counts what it answers."""
    assert run.differences(peer(run, module), store, truth) == Counter()


def test_log_has_what_the_rules_look_for(truth: Counter[tuple[str, str, str]], run: ModuleType) -> None:
    """Agreement means something: each rule is violated somewhere but the one without an end."""
    violated = {rule for _, rule, verdict in truth if verdict == "violated"}
    assert violated == {*run.question.EIGHTEEN} - {"platform_refunds_paid_order"}
