"""How do other tools answer the same rules, how fast, and what can they not say? Answers are compared first.

`python bench/peers/run.py --orders 100000`: every measurement is a process of its own, on one thread where the tool
lets one choose, in CPU seconds from the import of the tool to its last count; the median of interleaved rounds. Making
the log and reading the policy are left out for everybody.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import copies  # noqa: E402
from contest import PEERS, Peer, differences, miscounted  # noqa: E402
from question import EIGHTEEN, NINE, Counts, open_store, question, shipped  # noqa: E402

COMPARED = 10_000
RULES = {"9": NINE, "18": EIGHTEEN, "all 28": (), "own": ()}
"""`own` are those that a peer can answer."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: whose function counts which rules of how many orders."""

    name: str
    peer: Peer
    function: str
    rules: str
    orders: int


@dataclass(slots=True)
class Taken:
    """What one run took."""

    cpu: float
    peak_mb: float
    counts: Counts


def measure(file: str, function: str, rules: str, store: Path) -> None:
    """Answers in this process; tells how much it took."""
    shipped()
    began = time.process_time()
    module = import_module(file)
    found = getattr(module, function)(question(store, module.RULES if rules == "own" else RULES[rules]))
    seconds = time.process_time() - began
    print(json.dumps([seconds, peak_mb(), [[*key, count] for key, count in found.items()]]))


def peak_mb() -> float:
    """Linux counts the parent's memory into ru_maxrss of a child; VmHWM is its own."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024


def measured(row: Row, store: Path) -> Taken:
    command = [sys.executable, __file__, "--measure", row.peer.file, row.function, row.rules, str(store)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    cpu, peak, counts = json.loads(done.stdout)
    return Taken(cpu, peak, Counter({(rule, verdict): count for rule, verdict, count in counts}))


def compare(peers: list[Peer], stores: dict[int, Path]) -> None:
    """Stops where any peer gives another answer than the interpreter."""
    truths = {}
    for peer in peers:
        size = min(COMPARED, peer.most)
        if size not in truths:
            truths[size] = Counter(PEERS[0].module.answers(question(stores[size], EIGHTEEN)))
        wrong = differences(peer, stores[size], truths[size])
        rules = len(peer.module.RULES or EIGHTEEN)
        print(f"  {peer.name:12} {rules:3} rules, {size:>7,} orders: {wrong.total():,} answers differ")
        if wrong:
            raise SystemExit(f"{peer.name}: {list(wrong)[:5]}")


def rows(peers: list[Peer], orders: int) -> list[Row]:
    ours = peers[0]
    found = [
        Row("floor: 2 columns, grouped", ours, "floor", "all 28", orders),
        Row("floor: needed columns", ours, "columns", "all 28", orders),
        *(Row(f"checker, {rules} rules", ours, "counts", rules, orders) for rules in ("all 28", "18", "9")),
    ]
    return [*found, *(row for peer in peers[1:] for row in _rows_of(peer, min(orders, peer.most)))]


def _rows_of(peer: Peer, orders: int) -> list[Row]:
    known = len(peer.module.RULES)
    asked = {name: name for name in ("18", "9") if known >= int(name)} or {str(known): "own"}
    return [Row(f"{peer.name}, {name} rules", peer, "counts", rules, orders) for name, rules in asked.items()]


def report(peers: list[Peer], orders: int, stores: dict[int, Path], rounds: int) -> None:
    asked = rows(peers, orders)
    taken: dict[str, list[Taken]] = defaultdict(list)
    for _ in range(rounds):
        for row in asked:
            taken[row.name].append(measured(row, stores[row.orders]))
    check_counts(asked, taken, orders)
    print(f"\n{orders:,} orders, {open_store(stores[orders]).events:,} events; median of {rounds} interleaved rounds")
    print(f"{'':28}{'orders':>10}{'CPU s':>9}{'us an order':>13}{'x checker':>11}{'x floor':>9}{'peak MB':>9}")
    each = {row.name: median(one.cpu for one in taken[row.name]) / row.orders for row in asked}
    for row in asked:
        own = each[f"checker, {'9' if row.rules == 'own' else row.rules} rules"]
        mine, peak = each[row.name], max(one.peak_mb for one in taken[row.name])
        ratios = f"{mine / own:11.2f}{mine / each['floor: needed columns']:9.1f}"
        print(f"{row.name:28}{row.orders:10,}{mine * row.orders:9.2f}{mine * 1e6:13.1f}{ratios}{peak:9.0f}")


def check_counts(asked: list[Row], taken: dict[str, list[Taken]], orders: int) -> None:
    """Stops where a peer that was asked about the same log counts otherwise."""
    ours = taken["checker, 18 rules"][0].counts
    for row in asked:
        if row.function == "counts" and row.orders == orders:
            found = [key for one in taken[row.name] for key in miscounted(row.peer, one.counts, ours)]
            wrong = [key for key in found if key[0] in EIGHTEEN]
            if wrong:
                raise SystemExit(f"{row.name}: counts differ in {wrong}")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--orders", type=int, nargs="+", default=[10_000, 100_000])
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--only", nargs="+", metavar="MODULE", help="peers by their module here")
    words.add_argument("--keep", type=Path, metavar="FOLDER", help="make the logs here and use them again")
    words.add_argument("--measure", nargs=4, help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.measure:
        measure(*given.measure[:3], Path(given.measure[3]))
        return
    with tempfile.TemporaryDirectory() as folder:
        compete(given, given.keep or Path(folder))


def compete(given: argparse.Namespace, folder: Path) -> None:
    wanted = [peer for peer in PEERS if peer.file == "ours" or not given.only or peer.file in given.only]
    peers = [peer for peer in wanted if peer.is_installed]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}")
    for peer in wanted:
        if peer not in peers:
            print(f"  {peer.name} is not installed: pip install 'order-policy-checker[bench]'")
    sizes = {min(size, peer.most) for size in (*given.orders, COMPARED) for peer in peers}
    stores = {size: made(folder, size) for size in sorted(sizes)}
    print("\nanswers, beside the interpreter's")
    compare(peers, stores)
    print("\nwhat they cannot say")
    for peer in peers[1:]:
        print(f"  {peer.name:12} {peer.cannot}")
    for orders in given.orders:
        report(peers, orders, stores, given.rounds)


def made(folder: Path, orders: int) -> Path:
    target = folder / f"orders-{orders}"
    if not (target / "store.json").exists():
        copies.write(target, orders)
    return target


if __name__ == "__main__":
    main()
