"""Are columns of a store and interpreter compared, and is every difference seen?"""

from pathlib import Path
from types import ModuleType

import pytest

from checker.engines import agreement as module
from checker.engines.agreement import Agreement, agreement
from checker.engines.bulk import Group, Task
from checker.engines.store import StoreWriter
from checker.interpreter import judge


def anything(facts: object) -> bool:
    return True


@pytest.fixture
def task(dense: ModuleType, grammar: ModuleType, tmp_path: Path) -> Task:
    orders, writer = dense.histories(3, 60), StoreWriter(tmp_path, 2)
    for number in range(2):
        writer.write(number, orders[number::2])
    return Task(writer.finish("", {}), (Group(grammar.timeline(3), anything),), grammar.as_of(3))


def test_both_agree(task: Task) -> None:
    """Findings and rates of all orders are equal."""
    found = agreement(task, None, 0, workers=1)
    assert (found.orders, found.differing, found.pairs) == (60, 0, [])
    assert found.findings > 100


@pytest.mark.parametrize("seed", [1, 2])
def test_sample(task: Task, seed: int) -> None:
    """So many orders are compared, the same for the same seed."""
    some = agreement(task, 9, seed, workers=1)
    assert some.orders == 9
    assert some == agreement(task, 9, seed, workers=1)
    assert some.findings != agreement(task, 9, seed + 2, workers=1).findings


def test_difference_is_seen(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """A finding that only one side has is a difference."""
    monkeypatch.setattr(module, "judge", lambda *asked: judge(*asked)[1:])
    found = agreement(task, None, 0, workers=1)
    assert found.differing > 0
    assert len(found.pairs) == 5


def test_pairs_are_few() -> None:
    """Of many differences only the first are kept, and all are counted."""
    found = Agreement()
    for _ in range(3):
        found.add(Agreement(1, 1, 4, [(None, None)] * 4))
    assert (found.orders, found.differing, len(found.pairs)) == (3, 12, 5)
