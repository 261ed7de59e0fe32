"""Would the random orders notice if the engine read the language otherwise?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from checker.engines import columnar, reference
from checker.engines.columnar import bucket, condition, deadline, field, instance, obligation, pattern, proof, walk
from checker.engines.columnar.bucket import Bucket, micros
from checker.engines.columnar.probe import NONE, Ints
from checker.engines.columnar.stage import Sought, Stage, Triggers
from checker.model.condition import Matches
from checker.model.finding import Finding
from checker.model.history import OrderHistory

Patch = pytest.MonkeyPatch
SEEDS = range(40)


def deadline_is_exclusive(patch: Patch) -> None:
    original = walk.in_time
    patch.setattr(walk, "in_time", lambda stage, rows, limits: original(stage, rows, limits - 1))


def only_strictly_later(patch: Patch) -> None:
    _shift_ties(patch, lambda at, rows, ends: np.searchsorted(at, at, side="right")[rows].clip(max=ends))


def ties_both_ways(patch: Patch) -> None:
    _shift_ties(patch, lambda at, rows, ends: np.minimum(np.searchsorted(at, at, side="left")[rows], rows + 1))


def _shift_ties(patch: Patch, first_after: Callable[[Ints, Ints, Ints], Ints]) -> None:
    """Moves the beginning of every search that starts just after its trigger."""
    buckets: list[Bucket] = []
    original, window = bucket.bucket_of, Sought.window

    def kept(histories: Any, as_of: datetime) -> Bucket:
        buckets.append(original(histories, as_of))
        return buckets[-1]

    def moved(self: Sought, triggers: Ints, low: Ints, high: Ints) -> Any:
        if len(low) and np.array_equal(low, triggers + 1):
            made = buckets[-1]
            # Instants made unique per order, so that ties are looked for within one order only.
            at = made.order * (1 << 52) + (made.at - made.at.min())
            low = first_after(at, triggers, made.bounds[made.order[triggers] + 1])
        return window(self, triggers, low, high)

    patch.setattr(columnar, "bucket_of", kept)
    patch.setattr(Sought, "window", moved)


def missing_keys_are_equal(patch: Patch) -> None:
    def codes(stage: Stage, name: str) -> Ints:
        column = stage.bucket.field(name)
        return np.where(column.codes < 0, len(column.values), column.codes)

    patch.setattr(pattern, "_equal_codes", codes)


def keys_do_not_count(patch: Patch) -> None:
    original = pattern.sought
    for module in (walk, condition):
        patch.setattr(module, "sought", lambda stage, wanted: original(stage, replace(wanted, same=())))


def due_now_is_overdue(patch: Patch) -> None:
    patch.setattr(Stage, "now", property(lambda self: micros(self.as_of) + 1))


def an_answer_beats_an_earlier_release(patch: Patch) -> None:
    original = walk.walk

    def answer_first(stage: Stage, triggers: Triggers, patterns: Any, due_at: Ints) -> Any:
        alone, both = original(stage, triggers, patterns[:1], due_at), original(stage, triggers, patterns, due_at)
        answered = alone.answer >= 0
        columns = zip(alone.__slots__, alone.__slots__, strict=True)
        return type(both)(*(np.where(answered, getattr(alone, a), getattr(both, b)) for a, b in columns))

    patch.setattr(obligation, "walk", answer_first)


def text_is_read_as_it_is_written(patch: Patch) -> None:
    original = field._judged

    def raw(stage: Stage, question: Any, value: Any, other: Any) -> Any:
        if isinstance(question.test, Matches) and isinstance(value, str):
            patterns = stage.policy.matchers[question.test.matcher].any_of
            return (2 if any(text in value for text in patterns) else 0), NONE
        return original(stage, question, value, other)

    patch.setattr(field, "_judged", raw)


def days_end_in_utc(patch: Patch) -> None:
    original = deadline._interpreted

    def utc(stage: Stage, *rest: Any) -> Any:
        return original(replace(stage, policy=replace(stage.policy, timezone="UTC")), *rest)

    patch.setattr(deadline, "_interpreted", utc)


def the_future_is_visible(patch: Patch) -> None:
    for module in (bucket, proof):
        patch.setattr(module, "visible", lambda history, as_of: history.events)


def late_arrivals_are_visible(patch: Patch) -> None:
    for module in (bucket, proof):
        patch.setattr(
            module, "visible", lambda history, as_of: tuple(e for e in history.events if e.occurred_at <= as_of)
        )


def events_come_in_the_order_of_arrival(patch: Patch) -> None:
    def by_arrival(history: OrderHistory, as_of: datetime) -> Any:
        seen = [e for e in history.events if e.occurred_at <= as_of and (e.recorded_at or as_of) <= as_of]
        return tuple(sorted(seen, key=lambda event: event.recorded_at or event.occurred_at))

    for module in (bucket, proof):
        patch.setattr(module, "visible", by_arrival)


def absence_is_always_seen(patch: Patch) -> None:
    for module in (obligation, condition):
        patch.setattr(module, "unseen", lambda stage, activities, stretch: np.full(len(stretch.orders), NONE))


def a_version_begins_after_its_first_instant(patch: Patch) -> None:
    patch.setattr(instance, "micros", lambda moment: micros(moment) + 1)


MUTANTS: Mapping[str, Callable[[Patch], None]] = {
    mutant.__name__: mutant
    for mutant in (
        deadline_is_exclusive,
        only_strictly_later,
        ties_both_ways,
        missing_keys_are_equal,
        keys_do_not_count,
        due_now_is_overdue,
        an_answer_beats_an_earlier_release,
        text_is_read_as_it_is_written,
        days_end_in_utc,
        the_future_is_visible,
        late_arrivals_are_visible,
        events_come_in_the_order_of_arrival,
        absence_is_always_seen,
        a_version_begins_after_its_first_instant,
    )
}


@pytest.fixture(scope="module")
def corpus(dense: ModuleType, grammar: ModuleType) -> list[tuple[Any, Any, datetime, tuple[Finding, ...]]]:
    """Orders, policies and `as_of` with what the interpreter finds."""
    made = []
    for seed in SEEDS:
        orders, as_of = dense.histories(seed, 60, coarse=0), grammar.as_of(seed)
        policies = grammar.timeline(seed)
        made.append((orders, policies, as_of, reference.findings(orders, policies, as_of)))
    return made


def disagreements(corpus: Any) -> Iterator[int]:
    for seed, (orders, policies, as_of, expected) in enumerate(corpus):
        if columnar.findings(orders, policies, as_of) != expected:
            yield seed


def test_unmutated_engine_agrees(corpus: Any) -> None:
    """Without a mutant nothing differs."""
    assert list(disagreements(corpus)) == []


@pytest.mark.parametrize("name", MUTANTS)
def test_mutant_is_noticed(corpus: Any, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Each other reading of the language changes a finding."""
    MUTANTS[name](monkeypatch)
    assert next(disagreements(corpus), None) is not None
