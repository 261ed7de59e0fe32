"""Does reading a log in parts, by columns wherever rows are plain, give what reading it row by row gives?"""

import contextlib
import csv
import gzip
import io
import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from checker.engines.store import histories_from
from checker.loading.logs import load_log
from checker.loading.logs.canonical import SCHEMA, write_canonical
from checker.loading.logs.cells import guarded
from checker.loading.logs.options import LogOptions
from checker.loading.logs.parts import Part, is_canonical, load_parts
from checker.model.activity import Activity, Observable
from checker.model.history import OrderHistory
from checker.model.report import Tally

LOGS = Path(__file__).parents[3] / "examples" / "logs"
NATIVE = [LOGS / name for name in ("order_list.json", "cancellations_search.json", "webhooks.jsonl", "messages.json")]
ODD = (
    b'{"event_id": "x", "order_id": "1", "type": "order_created"}\n'
    b"{broken\n"
    b'{"type": "log_coverage", "facts": {"observes": ["refunds"]}}\n'
)
Row = dict[str, Any]


@pytest.fixture(params=["log.jsonl", "log.csv", "log.parquet", "log.jsonl.gz"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The examples in every canonical form; the plain one has rows that cannot be used and one about the whole log."""
    path = tmp_path / request.param
    write_canonical(load_log(NATIVE), path)
    if request.param == "log.jsonl":
        path.write_bytes(path.read_bytes() + ODD)
    return path


def histories_of(parts: Sequence[Part]) -> tuple[OrderHistory, ...]:
    """All orders, be they histories or columns."""
    found = [history for part in parts for history in part.log.histories]
    for part in parts:
        if part.columns is not None:
            every = np.arange(len(part.columns.orders))
            found += histories_from(part.columns.orders, part.columns.events, every)
    return tuple(sorted(found, key=lambda history: history.order_id))


def agree(paths: Sequence[Path], parts: int, options: LogOptions = LogOptions()) -> list[Part]:  # noqa: B008 - frozen
    """Compares everything that reading in parts gives with everything that reading row by row gives."""
    whole, found = load_log(paths, options), list(load_parts(paths, options, parts))
    for mine, theirs in zip(histories_of(found), whole.histories, strict=True):
        assert mine == theirs
    assert sum((part.log.tally for part in found), Tally()) == whole.tally
    assert sorted(map(str, found[-1].log.problems)) == sorted(map(str, whole.problems))
    assert found[-1].log.sources == whole.sources
    assert {part.log.digest for part in found} == {whole.digest}
    return found


@pytest.mark.parametrize("parts", [1, 3, 8])
def test_parts_make_up_the_whole(log: Path, parts: int) -> None:
    """Histories with their places in the log, problems and the account of all records are those of the whole log."""
    agree([log], parts)


def test_only_canonical_logs_come_apart(log: Path) -> None:
    """Native answers tell of many orders at once and are read whole."""
    assert is_canonical([log], LogOptions())
    assert not is_canonical([log, NATIVE[0]], LogOptions())


def test_clean_orders_are_columns(log: Path) -> None:
    """Orders of a log as this program writes it are never made into objects, but for those that need a closer look."""
    assert sum(part.columns is not None and len(part.columns.orders) for part in agree([log], 2)) >= 5


BASE = datetime(2026, 1, 20, 3, tzinfo=UTC)
ORDERS = ("5800", "5801", "5802", "5803", "0x", "A-1")
STEPS = (0, 0, 1, 2, 3, 60, 3600, 90_000)
TEXTS = ("キャンセル", 'a "quote", \\ and\nline', "=SUM(1)", "'-1", " padded ", "\u0000nul", "plain", "あ" * 30)
VALUES: tuple[Any, ...] = (
    1, 0, True, False, None, "", "x", 2**63, 2**64 - 1, 10**25, -5, 1.5, 1e300, [], ["a"], ["a", 1], "2026-01-01",
    "2026-13-01", "2026-01-20T03:00:00Z", "2026-01-20 03:00:00.5+09:00", {"text": "2026-01-01"}, "UNPAID", "null",
    "あ\n", "{}",
)  # fmt: skip
BAD_VALUES = ({"x": 1}, "2026-01-20T03:00", "2026-01-20T03:00:61Z", {"text": 1}, [[1]])
BAD_CELLS = (
    None, "", "0", 5800, 1_768_900_000, 1.5, "nonsense", "log_coverage", ["x"], "-", True, "a.b", "5800.0", " 5801",
    "９", "２０２６-01-20T03:00:00Z", "2026-02-30T00:00:00Z",
)  # fmt: skip
NAMES = ("market", "is_cod", "status", "line_item_ids", "shipping", "a/b~c'd", "buyer_id", "text", "change", "due")
REFS = (
    "order@f.json#/data/0", "webhook:1@a.jsonl#L3", "order@a.json#L1;cancellation@b.json#/x;webhook:11@c#L2", "odd",
    "webhook:11@x.jsonl#L07", "a%40b@c#L1", 'cancellation@q"uote#', "webhook:1@#L1/p", ";", "@#", "order@a#１",
)  # fmt: skip
COLUMNS = [
    "event_id",
    "order_id",
    "ts",
    "ts_precision",
    "observed_at",
    "type",
    "actor",
    "status",
    "reason",
    "reason_text",
    "request_id",
    "line_item_ids",
    "text",
    "lang",
    "channel",
    "conversation_id",
    "deadline_name",
    "due",
    "inferred",
    "source",
    "source_ref",
    "facts",
]


class Dirt:
    """Rows of a canonical log, most of them sound, none of them safe."""

    def __init__(self, seed: int) -> None:
        self.rng, self.made = random.Random(seed), 0  # noqa: S311 - it must repeat itself
        self.wild = self.rng.choice([0.0, 0.02, 0.2])
        self.calm = self.rng.choice([0.5, 0.9, 1.0])
        self.shares = self.maybe(0.2)
        self.contradicts = self.shares or self.maybe(0.3)
        self.activities: list[Activity] = []

    def maybe(self, share: float) -> bool:
        """One time out of so many."""
        return self.rng.random() < share

    def activity(self) -> str:
        """One that this order did not have yet, while it is calm."""
        self.activities = self.activities or self.rng.sample([*Activity], len(Activity))
        return str(self.activities.pop() if self.maybe(self.calm) else self.rng.choice([*Activity]))

    def at(self) -> str:
        """A moment, in calm orders one of its own; spelled as usual most times."""
        at = BASE + timedelta(seconds=0 if self.maybe(self.calm) else self.rng.choice(STEPS))
        at += timedelta(hours=2 * self.rng.randrange(200 if self.maybe(self.calm) else 20))
        form = self.rng.choice(["%Y-%m-%dT%H:%M:%SZ"] * 8 + ["%Y-%m-%d %H:%M:%S.25+09:00", "%Y-%m-%dT%H:%M+00:00"])
        return at.strftime(form)

    def facts(self, most: int) -> Row:
        """Facts of whatever kinds."""
        values = BAD_VALUES if self.maybe(self.wild / 2) else VALUES
        return {self.rng.choice(NAMES): self.rng.choice(values) for _ in range(self.rng.randrange(most))}

    def order_facts(self, order: str) -> Row:
        """A row of facts."""
        facts: Row = {"market": "JP", "buyer_id": f"b{self.rng.randrange(3)}", "is_cod": self.maybe(0.3)}
        if self.maybe(0.5):
            facts |= self.facts(3)
        if self.maybe(0.5):
            odd = [None, "odd", "refunds"] if self.maybe(1 - self.calm) else [["deadlines"]]
            facts["observes"] = self.rng.choice([["status", "messages"], {"status": {"from": self.at()}}, *odd])
        return {"order_id": order, "type": "order_facts", "facts": facts}

    def event(self, order: str) -> Row:
        """A row of an event."""
        self.made += 1
        row: Row = {"event_id": f"e{self.made}", "order_id": order, "ts": self.at(), "type": self.activity()}
        row["actor"] = self.rng.choice(["buyer", "seller", "platform", "unknown", None])
        row |= {"source": self.rng.choice(["order", "webhook:1", "cancellation", "webhook:11", "elsewhere"])}
        extra = {
            "observed_at": self.at(), "ts_precision": self.rng.choice(["minute", "day", "second", ""]),
            "status": self.rng.choice(["UNPAID", "CANCELLED", "WEIRD", "", None]),
            "reason": self.rng.choice(["package_lost", "no_such_code"]), "reason_text": "Package lost",
            "request_id": self.rng.choice(["r1", "r2"]), "line_item_ids": self.rng.choice([["l1"], "l1, l2", '["x"]']),
            "text": self.rng.choice(TEXTS), "due": self.at(), "inferred": self.rng.choice([True, False, "true", 1]),
            "source_ref": self.rng.choice(REFS), "deadline_name": "rts_sla", "channel": "email", "lang": "ja",
            "conversation_id": "c1",
        }  # fmt: skip
        share = self.rng.choice([0.05, 0.2, 0.6])
        if self.maybe(self.calm):
            del extra["line_item_ids"], extra["reason_text"]
            extra["request_id"] = f"r{self.made}"
        row |= {name: value for name, value in extra.items() if self.maybe(share)}
        if self.maybe(0.15):
            row["facts"] = self.facts(3) if self.maybe(0.5) else {"carrier": "日本郵便", "note": "-"}
        return row

    def close(self, rows: Sequence[Row]) -> list[Row]:
        """What comes close to the last event, in an order that may be calm besides: told twice, or left to infer."""
        last, self.made = rows[-1], self.made + 1
        at = last.get("ts", "")
        if not at.endswith(":00Z"):
            return []
        twin = last | {"event_id": f"e{self.made}", "ts": f"{at[:-3]}0{self.rng.randrange(5)}Z"}
        asked = {"order_id": last["order_id"], "request_id": "r", "source": "cancellation"}
        after = at.replace("T", f"T{self.rng.randrange(10, 24)}", 1)[:13] + at[13:]
        return self.rng.choice([
            [twin],
                [twin | {"lang": "ja"}],
            [twin | {"source": "canonical", "actor": "carrier"}],
            [asked | {"event_id": f"a{self.made}", "ts": at, "type": "cancel_approved"},
             asked | {"event_id": f"q{self.made}", "ts": BASE.isoformat(), "type": "cancel_requested"}],
            [asked | {"event_id": f"a{self.made}", "ts": after, "type": "cancel_approved", "actor": "seller"},
             asked | {"event_id": f"c{self.made}", "ts": at, "type": "order_cancelled"}],
            [last | {"order_id": "5804", "ts": "2026-01-20T03:00:00Z"}] if self.shares else [],
        ])  # fmt: skip

    def bad(self, row: Row) -> Row:
        """The row with something that a reader has to tell."""
        name = self.rng.choice(["order_id", "ts", "type", "actor", "event_id", "inferred", "facts", "colour", "due"])
        value = self.rng.choice(BAD_CELLS)
        # No id of another order's row: that one id is in two parts is not seen.
        return row | {name: self.rng.choice([None, "", self.rng.randrange(10**9)]) if name == "event_id" else value}

    def rows(self) -> list[Row]:
        """The rows of a log, in no order."""
        found: list[Row] = []
        for order in self.rng.sample(ORDERS, self.rng.choice([2, 4, 6])):
            self.activities = []
            found += [self.order_facts(order) for _ in range(self.rng.choice([0, 1, 1, 1, 1, 1, 1, 2]))]
            found += [self.event(order) for _ in range(self.rng.choice([1, 3, 5, 8]))]
            found += self.close(found)
        found = [self.bad(row) if self.maybe(self.wild) else row for row in found]
        for row in self.rng.sample(found, min(len(found), self.rng.choice([0, 0, 0, 1, 2]))):
            found.append(row | {"actor": "carrier"} if self.contradicts else row)
        if self.maybe(0.2):
            found.append({"type": "log_coverage", "facts": {"observes": ["refunds", "messages"]}})
        if self.maybe(0.15):
            found.append({"event_id": "m", "ts": self.at(), "type": "message_sent", "conversation_id": "c9"})
        self.rng.shuffle(found)
        return found


def json_lines(dirt: Dirt, rows: Sequence[Row]) -> bytes:
    """The rows as JSON Lines, some of them spelled oddly or broken."""
    lines = []
    for row in rows:
        text = json.dumps(row, ensure_ascii=dirt.maybe(0.3))
        if lines and dirt.maybe(dirt.wild / 2):
            text = dirt.rng.choice(odd_lines(text))
        lines.append(text.encode())
    if dirt.maybe(dirt.wild):
        lines.append(b'{"order_id": "\xff", "type": "order_facts"}')
    return b"\n".join(lines) + (b"\n" if dirt.maybe(0.8) else b"")


def odd_lines(text: str) -> Sequence[str]:
    """What else may stand in the place of a line."""
    inside = text[1:-1]
    return (
        "", "   ", text[:-3], f"{{{inside},}}", f'{{{inside} , "lang": "zh"}}', f"[{text}]", "{}", "7", f"\ufeff{text}",
        f'{{{inside}, "facts": {{"a": NaN}}}}', f"{text}\r", f"{{{inside.replace(':', ' :', 2)}}}", f"{text}{text}",
    )  # fmt: skip


def csv_text(dirt: Dirt, rows: Sequence[Row]) -> bytes:
    """The rows as CSV, some of them spelled oddly or broken."""
    names = [*COLUMNS, "colour"]
    if dirt.maybe(0.3):
        names.remove("lang")
    separator, end = dirt.rng.choice([",", ";", "\t"]), dirt.rng.choice(["\r\n", "\n"])
    lines = [separator.join(names) + end]
    for row in rows:
        out = io.StringIO()
        quoting = dirt.rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerow(
            [cell(row, n) for n in names]
        )
        text = out.getvalue()
        if len(lines) > 1 and dirt.maybe(dirt.wild / 2):
            text = dirt.rng.choice(odd_rows(text.removesuffix(end), separator, end))
        lines.append(text)
    data = "".join(lines).encode()
    return (b"\xef\xbb\xbf" if dirt.maybe(0.2) else b"") + (data[: -len(end)] if dirt.maybe(0.2) else data)


def odd_rows(text: str, separator: str, end: str) -> Sequence[str]:
    """What else may stand in the place of a row."""
    return (
        end, separator * 30 + end, text + separator + end, f"{text}{separator}x{end}", text[:-9] + end,
        f'a"b{text}{end}', f'"{text}{end}', f'{text}"{end}', text.replace("-", "\r", 1) + end, f"{text}\r{end}",
        f"x{end}{text}{end}",
    )  # fmt: skip


def cell(row: Row, name: str) -> str:
    """A cell as a spreadsheet may have it, most texts kept from being taken for formulas."""
    value = row.get(name)
    if value is None:
        return ""
    text = value.replace("\0", "") if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return guarded(text) if row.get("actor") else text


def parquet(dirt: Dirt, rows: Sequence[Row]) -> bytes:
    """The rows as Parquet, in the types of this program where they all fit, else as text; ids may be numbers."""
    flat = [row | ({"facts": json.dumps(row["facts"])} if isinstance(row.get("facts"), dict) else {}) for row in rows]
    try:
        table = pa.Table.from_pylist([typed(row) for row in flat], SCHEMA)
    except (pa.ArrowException, ValueError, TypeError, AttributeError):
        table = pa.table({name: [cell(row, name) or None for row in flat] for name in (*COLUMNS, "colour")})
    if dirt.maybe(0.2):
        with contextlib.suppress(pa.ArrowException):
            table = table.set_column(
                table.column_names.index("order_id"), "order_id", table["order_id"].cast(pa.int64())
            )
    if dirt.maybe(0.2):
        table = table.set_column(table.column_names.index("type"), "type", table["type"].dictionary_encode())
    sink = io.BytesIO()
    pq.write_table(table, sink, row_group_size=dirt.rng.choice([3, 1000]))
    return sink.getvalue()


def typed(row: Row) -> Row:
    """The row with its instants as such."""
    if row.keys() - {*COLUMNS}:
        raise ValueError(row)
    return row | {name: datetime.fromisoformat(row[name]) for name in ("ts", "observed_at", "due") if row.get(name)}


def written(dirt: Dirt, folder: Path, form: Callable[[Dirt, Sequence[Row]], bytes], suffix: str) -> list[Path]:
    """The rows in one or several files, packed or not."""
    rows, paths = dirt.rows(), []
    for number in range(dirt.rng.choice([1, 1, 2, 3])):
        count = len(rows) if dirt.maybe(0.4) else dirt.rng.randrange(len(rows) + 1)
        own, rows = rows[:count], rows[count:]
        if own:
            begin = [{"order_id": "5800", "type": "order_facts", "facts": {"market": "JP"}}]
            # What the sources of a file prove to show is known before contradictions are.
            begin += [{"type": "log_coverage", "facts": {"observes": ["status"]}}] if dirt.contradicts else []
            data = form(dirt, [*begin, *own])
            packed = dirt.maybe(0.2)
            paths.append(folder / f"{number}{suffix}{'.gz' if packed else ''}")
            paths[-1].write_bytes(gzip.compress(data) if packed else data)
    return paths


def told(dirt: Dirt) -> LogOptions:
    observes = dirt.rng.choice([(), (), (Observable.MESSAGES,), (Observable.REFUNDS,)])
    return LogOptions(market=dirt.rng.choice(["JP", None]), shop_id=dirt.rng.choice(["s", None]), observes=observes)


@pytest.mark.parametrize("form", [json_lines, csv_text, parquet], ids=["jsonl", "csv", "parquet"])
@pytest.mark.parametrize("seed", range(80))
def test_dirty_logs_agree(seed: int, form: Callable[[Dirt, Sequence[Row]], bytes], tmp_path: Path) -> None:
    """Whatever a log says and however it is spelled, columns and rows agree on it."""
    dirt = Dirt(seed)
    if paths := written(dirt, tmp_path, form, ".any"):
        agree(paths, 1 if dirt.shares else dirt.rng.choice([1, 2, 5]), told(dirt))
