"""How does a log grow? Its records are kept by order, and later ones are merged with them as if read at once."""

import heapq
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import IO

import orjson

from checker.loading.logs.chats import Chats, orders_of_buyers
from checker.loading.logs.collection import Buyers, Collection, Ends, Written
from checker.loading.logs.files import LogFile, digest_of, file_digest, log_files
from checker.loading.logs.histories import histories
from checker.loading.logs.log import Progress, quarantine
from checker.loading.logs.options import LogOptions
from checker.loading.logs.parts import less, part_of
from checker.loading.logs.reading import read_file
from checker.loading.logs.record import Item, Page, Record, orders_named
from checker.loading.logs.record_text import Numbered, item_of, line_of
from checker.loading.logs.sources.canonical import SOURCE as CANONICAL
from checker.model.error import UsageError
from checker.model.history import OrderHistory
from checker.model.report import DataProblem, EventLog, Tally

NOTHING = Tally()
Orders = tuple[OrderHistory, ...]
Problems = tuple[DataProblem, ...]
Line = tuple[str, bytes]
"""An order, and a record that is about it."""
Kept = Callable[[int], Iterable[Line]]
"""The lines that were kept of a part."""


@dataclass(slots=True)
class Context:
    """What is known of more than one order; all else that records say stays with their order.

    `shared` are items about no order or several, `count` numbers all items, `said` is what the reader was told.
    `tallies` are the accounts of each part's own records, `aside` of those that are kept nowhere.
    """

    said: Mapping[str, str | None]
    files: dict[str, str] = field(default_factory=dict)
    count: int = 0
    pushes: dict[str, Ends] = field(default_factory=dict)
    canonical: dict[str, Written] = field(default_factory=dict)
    shared: list[Numbered] = field(default_factory=list)
    sources: dict[str, list[str]] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    aside: Tally = NOTHING

    def learn(self, record: Record) -> None:
        """Takes in what a record says of its file and of its kind."""
        if record.source not in (names := self.sources.setdefault(record.place.path, [])):
            names.append(record.source)
        if record.source == CANONICAL:
            written = self.canonical.setdefault(record.place.path, Written())
            written.add(record)
            written.orders.clear()
            written.coverage.clear()
        if at := record.pushed_at:
            first, last = self.pushes.get(record.source, (at, at))
            self.pushes[record.source] = (min(first, at), max(last, at))

    @property
    def has_conversations(self) -> bool:
        """Whether something ties a conversation to an order or a buyer."""
        return any(isinstance(item, Record) and item.links for _, item in self.shared)

    def text(self, aside: Tally) -> bytes:
        """The context as JSON, with the account of this night's records that are kept nowhere."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)} | {"aside": self.aside + aside}
        plain["canonical"] = {path: [written.declares, written.sources] for path, written in self.canonical.items()}
        plain["shared"] = [line_of(numbered).decode() for numbered in self.shared]
        return orjson.dumps(plain)


def context_of(text: bytes) -> Context:
    """The context that `Context.text` wrote."""
    plain = orjson.loads(text)
    written = plain["canonical"].items()
    plain["canonical"] = {path: Written(declares=said, sources=_ends(ends)) for path, (said, ends) in written}
    plain["shared"] = [item_of(line.encode()) for line in plain["shared"]]
    plain["tallies"] = {part: Tally(**tally) for part, tally in plain["tallies"].items()}
    return Context(**plain | {"pushes": _ends(plain["pushes"]), "aside": Tally(**plain["aside"])})


def _ends(plain: Mapping[str, Sequence[str]]) -> dict[str, Ends]:
    return {
        name: (datetime.fromisoformat(first), datetime.fromisoformat(last)) for name, (first, last) in plain.items()
    }


@dataclass(slots=True)
class Growing:
    """A log in parts by order, to which files are added.

    `added` are the files, `changed` the orders of each part that they change, unless they change what `is_whole`.
    `aside` holds records that say nothing of orders.
    """

    options: LogOptions
    context: Context
    new: Sequence[IO[bytes]]
    aside: Collection
    is_whole: bool
    changed: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    added: list[str] = field(default_factory=list)

    def read(self, paths: Sequence[Path], progress: Progress | None = None) -> tuple[str, ...]:
        """Reads the files that are not among those read before; the paths that are.

        Raises: EventLogError if one cannot be read; UsageError if other content has been read under its name.
        """
        files, known = log_files(paths), set(self.context.files.values())
        digests = {path: file_digest(path) for path in files}
        new = [path for path in files if digests[path] not in known]
        for name in (path.as_posix() for path in new if path.as_posix() in self.context.files):
            raise UsageError(f"{name}: was added before with other content; give what is new a name of its own")
        before = (len(self.context.shared), dict(self.context.pushes))
        for path in new:
            self.added.append(path.as_posix())
            self.context.files[path.as_posix()] = digests[path]
            for item in read_file(LogFile(path, progress), self.options):
                self._take(item)
        changed = before != (len(self.context.shared), self.context.pushes)
        # A new order of a buyer can take a conversation away from an earlier one.
        self.is_whole |= changed or (self.context.has_conversations and bool(self.changed))
        return tuple(path.as_posix() for path in files if path not in new)

    def _take(self, item: Item) -> None:
        numbered, self.context.count = (self.context.count, item), self.context.count + 1
        if isinstance(item, Page):
            self.context.shared.append(numbered)
            return
        if item.rejected is None:
            self.context.learn(item)
        if item.rejected is not None or not (item.events or item.facts or item.coverage or item.links):
            self.aside.add((item,))
            return
        orders = _orders(item)
        if len(orders) != 1:
            self.context.shared.append(numbered)
        else:
            order_id = orders.pop()
            number = part_of(order_id, len(self.new))
            self.new[number].write(orjson.dumps(order_id) + b"\t" + line_of(numbered) + b"\n")
            self.changed[number].add(order_id)

    @property
    def touched(self) -> list[int]:
        """The parts that change."""
        return list(range(len(self.new))) if self.is_whole else sorted(self.changed)

    def lines(self, number: int) -> list[Line]:
        """What the new files say of a part."""
        self.new[number].seek(0)
        split = (line.rstrip(b"\n").split(b"\t", 1) for line in self.new[number])
        return [(orjson.loads(order_id), line) for order_id, line in split]

    def part(self, number: int, kept: Sequence[Line], buyers: Buyers | None) -> tuple[Orders, Problems]:
        """The orders of a part that change, as if all files had been read at once, and what is odd.

        `kept` are all lines of these orders; of all orders, where `is_whole`.
        """
        collection = Collection(buyers=buyers)
        own = (item_of(line) for _, line in (*kept, *self.lines(number)))
        collection.add(item for _, item in heapq.merge(own, self.context.shared, key=itemgetter(0)))
        collection.pushes = dict(self.context.pushes)
        for path, written in collection.canonical.items():
            about = self.context.canonical[path]
            written.sources, written.declares = about.sources, about.declares
        found = histories(collection, self.options)
        self._account_for(number, kept, less(collection.tally, self._of_shared(buyers)))
        return tuple(history for history in found if self._is_mine(number, history)), collection.all_problems()

    def _is_mine(self, number: int, history: OrderHistory) -> bool:
        if self.is_whole:
            return part_of(history.order_id, len(self.new)) == number
        return history.order_id in self.changed[number]

    def _account_for(self, number: int, kept: Sequence[Line], tally: Tally) -> None:
        """Puts a new account of the changed orders in the place of what their kept records came to."""
        before = Collection()
        before.add(item_of(line)[1] for _, line in kept)
        known = self.context.tallies.get(str(number), NOTHING)
        self.context.tallies[str(number)] = less(known, before.tally) + tally

    def _of_shared(self, buyers: Buyers | None) -> Tally:
        """The account of the records that are about no order or several."""
        collection = Collection(buyers=buyers)
        collection.add(item for _, item in self.context.shared)
        Chats(collection).attach(collection)
        return collection.tally

    def account(self, buyers: Buyers | None) -> EventLog:
        """What became of all records so far, without orders and problems."""
        context = self.context
        tally = sum(context.tallies.values(), context.aside + self.aside.tally + self._of_shared(buyers))
        sources = {path: "+".join(names) for path, names in context.sources.items()}
        return EventLog((), (), tally, sources, digest_of(context.files.values()))

    def buyers(self, kept: Kept) -> Buyers | None:
        """The orders of each buyer, where there are conversations, which may need them."""
        if not self.context.has_conversations:
            return None
        found = Collection()
        for number in range(len(self.new)):
            lines = (line for _, line in (*kept(number), *self.lines(number)))
            found.add(item_of(line)[1] for line in lines if b'"buyer_id"' in line)
        return orders_of_buyers(found.facts)


def _orders(record: Record) -> set[str]:
    """The orders that a record is about; a blank one is not known yet, and coverage of no order is of all."""
    named = set(orders_named(record))
    is_of_all = "" in named or any(coverage.orders is None for coverage in record.coverage)
    return set() if is_of_all else named


@contextmanager
def growing(options: LogOptions, parts: int, before: bytes | None) -> Iterator[Growing]:
    """A log to which files are added; `before` is the text of its context, None for a new one.

    Raises: UsageError if the reader was told something else before.
    """
    said = {
        "--market": options.market,
        "--shop": options.shop_id,
        "--shipping": options.shipping,
        "--observes": " ".join(sorted(options.observes)) or None,
    }
    context = Context(said) if before is None else context_of(before)
    for name, now in said.items():
        if (was := context.said[name]) != now:
            raise UsageError(f"{name} was `{was}` when the log was begun, now it is `{now}`; say the same")
    with ExitStack() as stack:
        target = None if options.quarantine is None else stack.enter_context(quarantine(options.quarantine))
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(parts)]
        yield Growing(options, context, files, Collection(target), before is None)
