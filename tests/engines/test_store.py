"""Does a store give back what was put into it?"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import numpy as np
import pyarrow.parquet as pq
import pytest

from checker.columns import as_columns, together
from checker.columns.fingerprint import fingerprints
from checker.engines import reference
from checker.engines.bulk import Group, Outcome, Task
from checker.engines.needs import needs
from checker.engines.pool import judge_store
from checker.engines.store import (
    Store,
    StoreWriter,
    Wanted,
    bucket_from,
    histories_from,
    histories_in,
    last_event_at,
    open_store,
    read_account,
    read_bucket,
    write_account,
)
from checker.engines.store.layout import bucket_of_order
from checker.model.activity import Observable
from checker.model.census import tallied
from checker.model.error import EventLogError
from checker.model.finding import Verdict
from checker.model.history import OrderHistory, Span
from checker.model.report import DataProblem, EventLog, Tally

BUCKETS = 3
Make = Callable[[tuple[OrderHistory, ...]], Store]


def anything(facts: object) -> bool:
    """Every order belongs to the one market."""
    return True


def is_of_first_shop(facts: dict[str, object]) -> bool:
    return facts.get("shop_id") == "s1"


def bucketed(orders: tuple[OrderHistory, ...]) -> list[list[OrderHistory]]:
    found: list[list[OrderHistory]] = [[] for _ in range(BUCKETS)]
    for order in orders:
        found[bucket_of_order(order.order_id, BUCKETS)].append(order)
    return found


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def written(orders: tuple[OrderHistory, ...]) -> Store:
        writer = StoreWriter(tmp_path, BUCKETS)
        for number, part in enumerate(bucketed(orders)):
            writer.write(number, part)
        return writer.finish("d1", {"cancel": "x"})

    return written


def test_histories_come_back(dense: ModuleType, make: Make) -> None:
    """Every fact, span and event of every order is the same, of whatever kind its values are."""
    orders = dense.histories(1, 80)
    store = make(orders)
    for number, part in enumerate(bucketed(orders)):
        assert list(histories_in(store, number, np.arange(len(part)))) == part
        assert list(histories_in(store, number, np.array([2, 5]))) == [part[2], part[5]]


def test_store_knows_itself(dense: ModuleType, make: Make) -> None:
    """An opened store says how much it holds and what it was made from."""
    orders = dense.histories(1, 20)
    store = make(orders)
    assert open_store(store.root) == store
    assert (store.orders, store.events) == (20, sum(len(order.events) for order in orders))
    assert last_event_at(store) == max(event.occurred_at for order in orders for event in order.events)


def test_unfinished_store_is_refused(dense: ModuleType, tmp_path: Path) -> None:
    """A store whose writing was stopped is none."""
    StoreWriter(tmp_path, 1).write(0, dense.histories(1, 2))
    with pytest.raises(EventLogError, match="is no finished store of orders"):
        open_store(tmp_path)


def everything(store: Store, group: Group, grammar: ModuleType, seed: int) -> Outcome:
    return judge_store(Task(store, (group,), grammar.as_of(seed), frozenset(Verdict)), workers=1)


@pytest.mark.parametrize("seed", range(12))
def test_store_is_judged_like_its_orders(dense: ModuleType, grammar: ModuleType, make: Make, seed: int) -> None:
    """Findings, counts and rates of a whole store are the interpreter's."""
    orders, policies = dense.histories(seed, 70), grammar.timeline(seed)
    expected = reference.findings([o for part in bucketed(orders) for o in part], policies, grammar.as_of(seed))
    outcome = everything(make(orders), Group(policies, anything), grammar, seed)
    assert tuple(outcome.findings) == expected
    assert outcome.tallies == Counter(map(tallied, expected))
    assert (outcome.orders, outcome.strays) == (70, 0)


def test_empty_buckets_are_judged(dense: ModuleType, grammar: ModuleType, make: Make) -> None:
    """A bucket without orders, or whose orders have no events, adds nothing."""
    order = replace(dense.histories(1, 1)[0], events=())
    group = Group(grammar.timeline(1), anything)
    assert everything(make(()), group, grammar, 1).orders == 0
    assert everything(make((order,)), group, grammar, 1).orders == 1


def test_two_processes_give_the_same(dense: ModuleType, grammar: ModuleType, make: Make) -> None:
    """The number of workers makes no difference, nor does the order in which they are done."""
    orders, group = dense.histories(4, 60), Group(grammar.timeline(4), anything)
    store = make(orders)
    task = Task(store, (group,), grammar.as_of(4), frozenset({Verdict.VIOLATED}))
    one, two = judge_store(task, workers=1), judge_store(task, workers=2)
    assert (one.findings, one.tallies) == (two.findings, two.tallies)


def test_only_what_is_shown_is_made(dense: ModuleType, grammar: ModuleType, make: Make) -> None:
    """Findings of other verdicts are counted and not made."""
    orders, group, as_of = dense.histories(5, 90, coarse=0), Group(grammar.timeline(5), anything), grammar.as_of(5)
    store = make(orders)
    every = judge_store(Task(store, (group,), as_of, frozenset(Verdict)), workers=1)
    few = judge_store(Task(store, (group,), as_of, frozenset({Verdict.VIOLATED})), workers=1)
    violated = [f for f in every.findings if f.verdict is Verdict.VIOLATED and f.subject.value == "order"]
    assert every.tallies == few.tallies
    assert [f for f in few.findings if f.subject.value == "order"] == violated != []


def test_orders_of_other_markets_are_strays(dense: ModuleType, grammar: ModuleType, make: Make) -> None:
    """An order that no market claims is counted as a stray and not judged."""
    orders = dense.histories(6, 50)
    policy = grammar.timeline(6)[0]
    market = replace(policy.market, orders={"shop_id": ("s1",)})
    policies = (replace(policy, market=market),)
    outcome = everything(make(orders), Group(policies, is_of_first_shop, ("shop_id",)), grammar, 6)
    ours = [o for part in bucketed(orders) for o in part if o.facts.get("shop_id") == "s1"]
    assert tuple(outcome.findings) == reference.findings(ours, policies, grammar.as_of(6))
    assert outcome.strays == 50 - len(ours)


def recorded(order: OrderHistory) -> OrderHistory:
    """The order, each event recorded a day after it happened at the latest."""
    day = timedelta(days=1)
    events = (replace(event, recorded_at=event.recorded_at or event.occurred_at + day) for event in order.events)
    return replace(order, events=tuple(events))


def test_what_statistics_tell(dense: ModuleType, make: Make, grammar: ModuleType) -> None:
    """What is the same in every row, or makes no difference at this moment, is not read; the bucket is the same."""
    span = {name: Span(end=grammar.as_of(9)) for name in Observable}
    orders = tuple(recorded(replace(order, observes=span)) for order in dense.histories(9, 60, coarse=0))
    store, wanted = make(orders), needs(grammar.timeline(9))
    for as_of in (grammar.as_of(9) - timedelta(days=3), grammar.as_of(9) + timedelta(days=3000)):
        found = read_bucket(Wanted(store, 0, as_of, wanted))
        whole = bucket_from(pq.read_table(store.orders_file(0)), pq.read_table(store.events_file(0)), as_of)
        for name in ("bounds", "order", "at", "activity", "is_coarse"):
            assert np.array_equal(getattr(found, name), getattr(whole, name)), name
        for name, shown in whole.shown.items():
            assert all(np.array_equal(getattr(found.shown[name], end), getattr(shown, end)) for end in shown.__slots__)
        for name in wanted.fields & {*whole.fields}:
            assert found.fields[name].in_rows() == whole.fields[name].in_rows()


def test_future_of_a_store_is_invisible(dense: ModuleType, grammar: ModuleType, make: Make) -> None:
    """A store can be judged at any earlier moment."""
    orders, policies = dense.histories(8, 60), grammar.timeline(8)
    store, as_of = make(orders), grammar.as_of(8) - timedelta(days=3)
    outcome = judge_store(Task(store, (Group(policies, anything),), as_of, frozenset(Verdict)), workers=1)
    assert tuple(outcome.findings) == reference.findings([o for p in bucketed(orders) for o in p], policies, as_of)


def test_account_is_kept(tmp_path: Path) -> None:
    """The account of the records stands beside the store of its log; a store of another log has none."""
    problems = tuple(DataProblem("log.jsonl", line, "bad", "mend it", "raw") for line in range(1, 1500))
    log = EventLog((), problems, Tally(1600, 100, 1, 0, 1499), {"log.jsonl": "canonical"}, "d1")
    write_account(tmp_path / "account.json", log)
    assert read_account(Store(tmp_path, 1, 0, 0, "d1", {})) == (replace(log, problems=problems[:1000]), 1499)
    assert read_account(Store(tmp_path, 1, 0, 0, "d2", {})) == (EventLog((), (), Tally(), {}, "d2"), 0)
    assert read_account(Store(tmp_path / "nowhere", 1, 0, 0, "d1", {})) == (EventLog((), (), Tally(), {}, "d1"), 0)


def test_fingerprint_is_of_one_order(dense: ModuleType) -> None:
    """It is the same alone and in company, and other for anything that a verdict can depend on."""
    orders = dense.histories(3, 40)
    together_said, alone = fingerprints(as_columns(orders)).to_pylist(), [fingerprints(as_columns([o])) for o in orders]
    assert together_said == [said[0].as_py() for said in alone]
    order = next(o for o in orders if len(o.events) > 2 and "shop_id" in o.facts)
    event = order.events[0]
    others = [
        replace(order, facts={**order.facts, "shop_id": "x"}),
        replace(order, observes={}),
        replace(order, events=order.events[1:]),
        replace(order, events=(replace(event, attributes={**event.attributes, "note": "x"}), *order.events[1:])),
        replace(order, events=(replace(event, occurred_at=event.occurred_at + timedelta(0, 1)), *order.events[1:])),
    ]
    assert len({bytes(said) for said in fingerprints(as_columns([order, *others])).to_pylist()}) == 1 + len(others)


def test_columns_come_together(dense: ModuleType) -> None:
    """Orders of several parts are sorted by their ids and stay whole, whatever fields the parts know."""
    orders = dense.histories(7, 60)
    whole = together([as_columns(orders[::3]), as_columns(orders[1::3]), as_columns(()), as_columns(orders[2::3])])
    found = tuple(histories_from(whole.orders, whole.events, np.arange(60)))
    assert found == tuple(sorted(orders, key=lambda order: order.order_id))


def test_stopped_writing_leaves_nothing(dense: ModuleType, tmp_path: Path) -> None:
    """What was written of a store is taken away when it is not finished; what else lies there stays."""
    root = tmp_path / "store"
    with pytest.raises(KeyboardInterrupt), StoreWriter(root, 2) as writer:
        writer.write(0, dense.histories(1, 2))
        raise KeyboardInterrupt
    assert not root.exists()
    root.mkdir()
    (root / "notes.txt").write_text("mine")
    with pytest.raises(KeyboardInterrupt), StoreWriter(root, 2) as writer:
        writer.write(1, dense.histories(1, 2))
        raise KeyboardInterrupt
    assert [path.name for path in root.iterdir()] == ["notes.txt"]
