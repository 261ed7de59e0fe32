"""Do the peers that the benchmark measures give the right answers?"""

import importlib
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from checker.generating import Sample
from checker.generating.files import write_sample

sys.path.insert(0, str(Path(__file__).parents[2] / "bench" / "peers"))

from contest import PEERS, Peer, differences
from question import EIGHTEEN, question

Truth = Counter[tuple[str, str, str]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log in which every injection is there twice."""
    target = tmp_path_factory.mktemp("log") / "store"
    write_sample(Sample(5, percent=60), 200, target)
    return target


@pytest.fixture(scope="module")
def truth(store: Path) -> Truth:
    """What the interpreter says."""
    ours: ModuleType = importlib.import_module("ours")
    return Counter(ours.answers(question(store, EIGHTEEN)))


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.file)
def test_peer_agrees_with_the_interpreter(peer: Peer, store: Path, truth: Truth) -> None:
    """Every verdict of every rule that a peer can answer is the interpreter's, and it counts what it answers."""
    if not peer.is_installed:
        pytest.skip(f"{peer.name} is not installed; the extra [bench] has it")
    assert differences(peer, store, truth) == Counter()


def test_a_wrong_answer_is_a_difference(store: Path, truth: Truth) -> None:
    """One verdict more than the interpreter has is told."""
    wrong = truth - Counter([next(iter(truth))])
    assert differences(PEERS[0], store, wrong).total() == 1


def test_log_has_what_the_rules_look_for(truth: Truth) -> None:
    """Agreement means something: each rule is violated somewhere but the one without an end."""
    violated = {rule for _, rule, verdict in truth if verdict == "violated"}
    assert violated == {*EIGHTEEN} - {"platform_refunds_paid_order"}
