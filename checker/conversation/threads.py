"""What do the messages of many orders say? The orders are columns, and each distinct thread is read once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from checker.columns import Columns, Ints, Orders, taken
from checker.conversation.annotation import annotate
from checker.model.activity import Activity
from checker.model.event import Actor, Event, Value
from checker.model.history import OrderHistory
from checker.model.lexicon import Lexicon

Flags = npt.NDArray[np.bool_]
Fields = Mapping[str, Value]

STEPS = (
    Activity.MESSAGE_SENT,
    Activity.CANCEL_WITHDRAWN,
    Activity.CANCEL_REQUESTED,
    Activity.RETURN_REQUESTED,
    Activity.DELIVERED,
    Activity.COMPLETED,
    Activity.ORDER_CANCELLED,
)
"""All that can change what a later message means."""
MESSAGE, NONE = 0, -1
TEXT, LANG = "field:text:text", "field:lang:text"
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Threads:
    """What each distinct thread says: the fields of all steps, one after the other, and the facts that it tells."""

    lexicon: Lexicon
    places: dict[bytes, tuple[int, int]] = field(default_factory=dict)
    fields: list[Fields] = field(default_factory=list)
    facts: list[Fields] = field(default_factory=list)

    def read(self, key: bytes, events: Iterator[Event]) -> tuple[int, int]:
        """The place of a thread's first step among `fields` and its own among `facts`; `events` are its steps."""
        if key not in self.places:
            said = tuple(events)
            read = annotate(OrderHistory("", {}, {}, said), self.lexicon)
            self.places[key] = len(self.fields), len(self.facts)
            self.fields += (_added(before, after) for before, after in zip(said, read.events, strict=True))
            self.facts.append(read.facts)
        return self.places[key]


def _added(before: Event, after: Event) -> Fields:
    return {name: value for name, value in after.attributes.items() if name not in before.attributes}


def annotate_columns(whole: Orders, lexicon: Lexicon, chosen: Flags) -> Orders:
    """The orders with what `annotate` adds to those that are chosen."""
    order, events = whole.events["order"].to_numpy(), whole.events
    kind = _codes(pc.index_in(events["activity"], pa.array([step.value for step in STEPS])))
    talks = np.zeros(len(whole.orders), np.bool_)
    talks[order[kind == MESSAGE]] = True
    rows = np.flatnonzero((kind != NONE) & (talks & chosen)[order])
    steps, threads = _Steps.of(events, kind, rows), _Threads(lexicon)
    said, spoken = np.full(len(order), NONE), np.full(len(whole.orders), NONE)
    bounds = [*np.flatnonzero(np.diff(order[rows], prepend=NONE)).tolist(), len(rows)]
    for first, last in pairwise(bounds):
        place, spoken[order[rows[first]]] = threads.read(steps.codes[first:last].tobytes(), steps.events(first, last))
        said[rows[first:last]] = np.arange(place, place + last - first)
    return Orders(
        _filled(whole.orders, "fact:", Columns.of(threads.facts), spoken),
        _filled(whole.events, "field:", Columns.of(threads.fields), said),
    )


@dataclass(frozen=True, slots=True)
class _Steps:
    """The steps of all threads: for each its activity, actor, text and language, as places among `words`."""

    codes: npt.NDArray[np.int32]
    words: Sequence[Sequence[str]]

    @classmethod
    def of(cls, events: pa.Table, kind: Ints, rows: Ints) -> "_Steps":
        """The steps in these rows; `kind` is the place of each row's activity among STEPS."""
        given = [events[name] if name in events.column_names else None for name in ("actor", TEXT, LANG)]
        nothing = pa.chunked_array([pa.nulls(len(events), pa.string())])
        encoded = [(nothing if one is None else one).take(pa.array(rows)).combine_chunks() for one in given]
        coded = [one.dictionary_encode() for one in encoded]
        codes = np.stack([kind[rows], *(_codes(one.indices) for one in coded)], axis=1).astype(np.int32)
        return cls(codes, [one.dictionary.to_pylist() for one in coded])

    def events(self, first: int, last: int) -> Iterator[Event]:
        """Some of the steps as events, with as much as reading looks at."""
        for kind, *places in self.codes[first:last].tolist():
            actor, text, lang = (
                None if place == NONE else words[place] for words, place in zip(self.words, places, strict=True)
            )
            attributes = {name: value for name, value in (("text", text), ("lang", lang)) if value is not None}
            yield Event("", "", STEPS[kind], _ANY_TIME, Actor(actor or Actor.UNKNOWN), attributes)


def _codes(column: pa.ChunkedArray | pa.Array) -> Ints:
    found: Ints = column.fill_null(NONE).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def _filled(table: pa.Table, prefix: str, found: Columns, places: Ints) -> pa.Table:
    """The table with what was found, at these places, where it does not know the same already in whatever kind."""
    for column, values in found.arrays().items():
        name = prefix + column
        known = [table[own] for own in table.column_names if own.rpartition(":")[0] == name.rpartition(":")[0]]
        is_open = np.logical_and.reduce([np.ones(len(table), np.bool_), *(one.is_null().to_numpy() for one in known)])
        own = taken(values, np.where(is_open, places, NONE))
        if name not in table.column_names:
            table = table.append_column(name, own)
        elif own.null_count < len(own):
            table = table.set_column(table.column_names.index(name), name, pc.coalesce(table[name], own))
    return table
