"""Does judging only what may have changed give what judging everything gives?"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from checker.engines.bulk import Group, Task
from checker.engines.kept import kept_outcome
from checker.engines.pool import judge_store
from checker.engines.state import Night, judge_night
from checker.engines.store import Store, StoreWriter
from checker.engines.store.layout import bucket_of_order
from checker.engines.task import Listing
from checker.model.activity import Observable
from checker.model.finding import Verdict
from checker.model.history import OrderHistory, Span
from checker.model.policy import Policy

BUCKETS = 2
NIGHTS = 5
LISTING = Listing({Verdict.VIOLATED: 5, Verdict.PENDING: 3, Verdict.UNDETERMINED: 2}, "Asia/Tokyo")
KEY = [(name, "ascending") for name in ("order_id", "rule", "version", "trigger_id", "reason")]


def anything(facts: object) -> bool:
    return True


def is_of_no_second_shop(facts: Mapping[str, object]) -> bool:
    """The orders of the second shop are nobody's."""
    return facts.get("shop_id") != "s2"


def stored(root: Path, orders: Sequence[OrderHistory]) -> Store:
    writer = StoreWriter(root, BUCKETS)
    for number in range(BUCKETS):
        writer.write(number, [order for order in orders if bucket_of_order(order.order_id, BUCKETS) == number])
    return writer.finish("", {})


def verdicts(night: Night) -> list[dict[str, object]]:
    tables = [pq.read_table(night.generation.verdicts_file(number)) for number in range(BUCKETS)]
    return list(pa.concat_tables(tables).sort_by(KEY).to_pylist())


def arrived(orders: Sequence[OrderHistory], night: int, seed: int) -> tuple[OrderHistory, ...]:
    """What the log holds in that night: most events, some come a night or two later than the rest."""
    rng = random.Random(seed)  # noqa: S311 - it must repeat itself
    found = []
    for order in orders:
        first = rng.choice([0, 0, 0, 1, 2, 3])
        delays = [rng.choice([0, 0, 0, 1, 2]) for _ in order.events]
        here = tuple(e for e, delay in zip(order.events, delays, strict=True) if first + delay <= night)
        if first <= night:
            found.append(replace(order, events=here))
    return tuple(found)


def night_of(folder: Path, store: Store, policies: tuple[Policy, ...], as_of: datetime) -> Night:
    return judge_night(Task(store, (Group(policies, anything),), as_of), folder, workers=1)


@pytest.mark.parametrize("seed", range(12))
def test_nights_equal_full_runs(dense: ModuleType, grammar: ModuleType, tmp_path: Path, seed: int) -> None:
    """Night after night, with late arrivals, new orders and windows that end, all is as in a full run, rates too."""
    orders, policies, as_of = dense.histories(seed, 60), grammar.timeline(seed), grammar.as_of(seed)
    rates = set()
    for night in range(NIGHTS):
        as_of += timedelta(hours=24 * (night % 3), microseconds=night % 2)
        store = stored(tmp_path / f"log{night}", arrived(orders, night, seed))
        going_on = night_of(tmp_path / "state", store, policies, as_of)
        whole = night_of(tmp_path / f"whole{night}", store, policies, as_of)
        assert verdicts(going_on) == verdicts(whole)
        task = Task(store, (Group(policies, is_of_no_second_shop, ("shop_id",)),), as_of, listing=LISTING)
        kept = judge_night(task, tmp_path / "some", workers=1).generation
        outcome = kept_outcome(task, kept, workers=1)
        assert outcome == judge_store(task, workers=1)
        rates.update(outcome.sums.items())
    assert len(rates) > len(outcome.sums) or not rates


def test_quiet_night_judges_little(dense: ModuleType, grammar: ModuleType, tmp_path: Path) -> None:
    """A second run at the same moment judges only the orders that are judged every time."""
    orders, policies, as_of = dense.histories(2, 80, coarse=0), grammar.timeline(2)[:1], grammar.as_of(2)
    store = stored(tmp_path / "log", orders)
    assert night_of(tmp_path / "state", store, policies, as_of).judged == 80
    assert night_of(tmp_path / "state", store, policies, as_of).judged == 0


@pytest.mark.parametrize("what", ["policy", "calendar", "earlier"])
def test_what_judges_otherwise_judges_all(dense: ModuleType, grammar: ModuleType, tmp_path: Path, what: str) -> None:
    """A changed policy or calendar, or an earlier moment, means a full run."""
    orders, (policy, *_), as_of = dense.histories(2, 40), grammar.timeline(2), grammar.as_of(2)
    store = stored(tmp_path / "log", orders)
    night_of(tmp_path / "state", store, (policy,), as_of)
    calendar = replace(policy.calendars["jp"], working=frozenset())
    changed = {"policy": replace(policy, timezone="UTC"), "calendar": replace(policy, calendars={"jp": calendar})}
    at = as_of - timedelta(microseconds=1) if what == "earlier" else as_of
    assert night_of(tmp_path / "state", store, (changed.get(what, policy),), at).judged == 40


def test_stopped_night_leaves_the_last_one(
    dense: ModuleType, grammar: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After Ctrl-C in the middle the state is as before, and the next night goes on from it."""
    orders, policies, as_of = dense.histories(3, 40), grammar.timeline(3), grammar.as_of(3)
    store = stored(tmp_path / "log", orders)
    before = verdicts(night_of(tmp_path / "state", store, policies, as_of))
    kept = sorted(path.name for path in (tmp_path / "state").iterdir())

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("checker.engines.state._point_to", stop)
        night_of(tmp_path / "state", store, policies, as_of + timedelta(days=1))
    assert {*kept} <= {path.name for path in (tmp_path / "state").iterdir()}
    assert verdicts(night_of(tmp_path / "state", store, policies, as_of)) == before


def test_end_of_a_span_wakes_its_orders(dense: ModuleType, grammar: ModuleType, tmp_path: Path) -> None:
    """At the end of what the log shows verdicts are final, a tick later they are provisional."""
    until, policies = grammar.as_of(1), grammar.timeline(1)[:1]
    spans = dict.fromkeys(Observable, Span(end=until))
    store = stored(tmp_path / "log", [replace(order, observes=spans) for order in dense.histories(1, 30, coarse=0)])
    nights = (
        verdicts(night_of(tmp_path / "state", store, policies, until + timedelta(microseconds=n))) for n in (0, 1)
    )
    assert [{row["provisional"] for row in night} for night in nights] == [{False}, {True}]
