"""Is a log to which files are added night by night the log that is read at once?"""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from checker.loading.logs import load_log
from checker.loading.logs.canonical import write_canonical
from checker.loading.logs.growing import Line, growing
from checker.loading.logs.options import LogOptions
from checker.loading.logs.parts import part_of
from checker.loading.logs.spilled import load_spilled
from checker.model.activity import Observable
from checker.model.error import UsageError
from checker.model.history import OrderHistory
from checker.model.report import DataProblem, EventLog, Tally

LOGS = Path(__file__).parents[3] / "examples" / "logs"
NATIVE = ("order_list.json", "order_detail.json", "cancellations_search.json", "messages.json")
PARTS = 3
Lines = list[bytes]


class Shelf:
    """What is kept from night to night, in the place of a store."""

    def __init__(self, options: LogOptions) -> None:
        self.options, self.context = options, None
        self.kept: dict[int, list[Line]] = {}
        self.orders: dict[str, OrderHistory] = {}
        self.touched: list[list[int]] = []
        self.account = EventLog((), (), Tally(), {}, "")

    def add(self, files: Sequence[Path]) -> list[DataProblem]:
        """One night; what is odd."""
        odd: list[DataProblem] = []
        with growing(self.options, PARTS, self.context) as log:
            log.read(files)
            buyers = log.buyers(self._kept)
            for number in log.touched:
                kept = [line for line in self._kept(number) if log.is_whole or line[0] in log.changed[number]]
                orders, problems = log.part(number, kept, buyers)
                self.orders |= {order.order_id: order for order in orders}
                self.kept[number] = [*self._kept(number), *log.lines(number)]
                odd += problems
            self.account, self.context = log.account(buyers), log.context.text(log.aside.tally)
            self.touched.append(log.touched)
            return odd + list(log.aside.all_problems())

    def _kept(self, number: int) -> list[Line]:
        return self.kept.get(number, [])

    def histories(self) -> tuple[OrderHistory, ...]:
        """All orders."""
        return tuple(self.orders[order_id] for order_id in sorted(self.orders))


def dealt(rng: random.Random, lines: Sequence[bytes], files: Sequence[Path]) -> Iterator[Path]:
    """The lines as they arrive: spread over the files, some twice."""
    piles: list[Lines] = [[] for _ in files]
    for line in lines:
        for _ in range(rng.choice([1, 1, 1, 2])):
            rng.choice(piles).append(line)
    for file, pile in zip(files, piles, strict=True):
        if pile:
            file.write_bytes(b"\n".join(pile) + b"\n")
            yield file


def canonical_lines(rng: random.Random, folder: Path) -> Lines:
    """The examples as canonical rows: some without id, of other sources, changed, or about the whole file."""
    whole = folder / "whole.jsonl"
    write_canonical(load_log([LOGS / name for name in (*NATIVE, "webhooks.jsonl")]), whole)
    found = []
    for line in whole.read_bytes().splitlines():
        row = json.loads(line)
        if row["type"] == "order_facts" and rng.random() < 0.5:
            row["facts"].pop("observes")
        elif row["type"] != "order_facts":
            row.pop(rng.choice(["event_id", "source_ref", "actor", "status", "ts_precision"]), None)
            row["source"] = rng.choice(["webhook:1", "webhook:11", "order", "elsewhere"])
            row["ts"] = row["ts"].replace("00Z", rng.choice(["00Z", "01Z", "30Z"]))
        found.append(json.dumps(row).encode())
    seen = [json.dumps({"type": "log_coverage", "facts": {"observes": ["refunds", "messages"]}}).encode()]
    return found + (seen if rng.random() < 0.3 else [])


def pushes(rng: random.Random) -> Lines:
    """The pushes of the examples, and refunds of one order or of several that say different things of the same one."""
    found = (LOGS / "webhooks.jsonl").read_bytes().splitlines()
    for place in range(6):
        orders = rng.sample(["582300000000000101", "582300000000000102", "582300000000000103"], rng.choice([1, 2]))
        refund = {
            "refund_timestamp": 1769500000,
            "rma_id": "6",
            "refund_currency": f"C{place}",
            "line_items": [{"main_order_id": order} for order in orders],
        }
        found.insert(place * 3, json.dumps({"type": 67, "timestamp": 1769500000 + place, "data": refund}).encode())
    return found


def chats(rng: random.Random, folder: Path) -> Path:
    """Conversations without cards, of buyers with an order, with two, or with none."""
    buyers = [row["user_id"] for row in json.loads((LOGS / "order_list.json").read_bytes())["data"]["orders"]]
    listed, messages = [], []
    for number, buyer in enumerate([*buyers, buyers[0], "nobody"]):
        listed.append({"id": f"c{number}", "participants": [{"role": "BUYER", "user_id": buyer}]})
        text = {"id": f"m{number}", "conversation_id": f"c{number}", "type": "TEXT", "content": "hello"}
        messages.append(text | {"create_time": 1769500000 + number, "sender": {"role": "BUYER"}})
    kept = [row for row in listed if rng.random() < 0.8]
    found = folder / "chats.json"
    found.write_text(json.dumps([{"conversations": kept, "next_page_token": ""}, {"messages": messages}]))
    return found


def second_order(folder: Path) -> Path:
    """A later order of a buyer who has one already."""
    row = json.loads((LOGS / "order_list.json").read_bytes())["data"]["orders"][1] | {"id": "582300000000000199"}
    found = folder / "second.json"
    found.write_text(json.dumps({"data": {"orders": [row]}}))
    return found


def files_of(rng: random.Random, folder: Path) -> list[Path]:
    """The files of all nights, in the order in which they come."""
    found = list(dealt(rng, pushes(rng), [folder / f"push{n}.jsonl" for n in range(4)])) if rng.random() < 0.7 else []
    if rng.random() < 0.7:
        found += dealt(rng, canonical_lines(rng, folder), [folder / f"rows{n}.jsonl" for n in range(4)])
    for name in NATIVE:
        if rng.random() < 0.6:
            found.append(LOGS / name)
    found += [make for make in (chats(rng, folder), second_order(folder)) if rng.random() < 0.5]
    broken = folder / "broken.jsonl"
    broken.write_bytes(b'{"type": 1, "data": {}}\n{nonsense\n')
    found.append(broken)
    rng.shuffle(found)
    return found


def nights(rng: random.Random, files: list[Path]) -> Iterator[list[Path]]:
    rest = files
    while rest:
        count = rng.randint(1, len(rest))
        yield rest[:count]
        rest = rest[count:]


def told(tally: Tally) -> tuple[int, ...]:
    """The account; what says nothing of an order is kept nowhere, so that another night does not know it again."""
    return tally.read, tally.used, tally.quarantined, tally.duplicates + tally.ignored


@pytest.mark.parametrize("seed", range(40))
def test_nights_make_up_the_whole(tmp_path: Path, seed: int) -> None:
    """Whatever arrives when, orders, facts, spans, places and account are those of all files read at once."""
    rng = random.Random(seed)  # noqa: S311 - it must repeat itself
    observes = (Observable.PAYMENT,) if seed % 3 == 0 else ()
    options = LogOptions(market="JP", shop_id="s1" if seed % 2 else None, observes=observes)
    files, shelf = files_of(rng, tmp_path), Shelf(options)
    odd = [problem for night in nights(rng, files) for problem in shelf.add(night)]
    whole = load_log(files, options)
    assert shelf.histories() == whole.histories
    assert (shelf.account.digest, shelf.account.sources) == (whole.digest, whole.sources)
    assert told(shelf.account.tally) == told(whole.tally)
    rejected = {(problem.path, problem.line) for problem in whole.problems if problem.raw}
    assert rejected <= {(problem.path, problem.line) for problem in odd}


@pytest.mark.parametrize("seed", range(100, 112))
def test_parts_make_up_the_whole(tmp_path: Path, seed: int) -> None:
    """A log that goes through the disk once, whatever its formats, is the log that is read at once."""
    options = LogOptions(market="JP")
    files = files_of(random.Random(seed), tmp_path)  # noqa: S311 - it must repeat itself
    parts, whole = list(load_spilled(files, options, PARTS)), load_log(files, options)
    assert all(part_of(order.order_id, PARTS) == n for n, part in enumerate(parts) for order in part.histories)
    found = [order for part in parts for order in part.histories]
    assert tuple(sorted(found, key=lambda order: order.order_id)) == whole.histories
    account = parts[-1]
    assert (account.digest, account.sources, account.tally) == (whole.digest, whole.sources, whole.tally)
    assert {problem for problem in whole.problems if problem.raw} <= set(account.problems)


def test_rows_of_one_order_touch_its_part(tmp_path: Path) -> None:
    """Canonical rows say nothing of other orders, so only their own parts are made anew."""
    rows = canonical_lines(random.Random(1), tmp_path)  # noqa: S311
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    first.write_bytes(b"\n".join(rows))
    second.write_bytes(rows[1])
    shelf = Shelf(LogOptions())
    shelf.add([first])
    shelf.add([second])
    assert [len(touched) for touched in shelf.touched] == [PARTS, 1]


def test_pushes_touch_every_part(tmp_path: Path) -> None:
    """A push lengthens the time for which the log shows every order."""
    lines = (LOGS / "webhooks.jsonl").read_bytes().splitlines()
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    first.write_bytes(b"\n".join(lines[:-1]))
    second.write_bytes(lines[-1])
    shelf = Shelf(LogOptions())
    shelf.add([first])
    shelf.add([second])
    assert [len(touched) for touched in shelf.touched] == [PARTS, PARTS]


def test_file_comes_once(tmp_path: Path) -> None:
    """A file of the same content is left out; other content under a name that is taken is refused."""
    file, copy, shelf = tmp_path / "a.jsonl", tmp_path / "b.jsonl", Shelf(LogOptions())
    file.write_bytes((LOGS / "webhooks.jsonl").read_bytes())
    copy.write_bytes(file.read_bytes())
    shelf.add([file])
    before = shelf.kept
    shelf.add([copy])
    assert (shelf.kept, shelf.touched[-1]) == (before, [])
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(UsageError, match=r"a\.jsonl: was added before with other content"):
        shelf.add([file])


def test_reader_may_not_change_his_mind() -> None:
    """What was said of every order at first holds for what comes later."""
    shelf = Shelf(LogOptions(market="JP"))
    shelf.add([LOGS / "webhooks.jsonl"])
    shelf.options = LogOptions(market="TH")
    with pytest.raises(UsageError, match="--market was `JP` when the log was begun, now it is `TH`"):
        shelf.add([LOGS / "messages.json"])
