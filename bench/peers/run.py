"""How do other tools answer the same rules, how fast, and what can they not say? Answers are compared first.

`python bench/peers/run.py --orders 100000`: every measurement is a process of its own, on one thread where the tool
lets one choose, in CPU seconds from the import of the tool to its last count; the median of interleaved rounds. Making
the log and reading the policy are left out for everybody.
"""

import argparse
import importlib
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
from importlib.util import find_spec
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import copies  # noqa: E402
import question  # noqa: E402

RULES = {"nine": question.NINE, "eighteen": question.EIGHTEEN, "all": (), "own": ()}
"""`all` are the policy's 28, `own` those that a peer can answer."""

COMPARED = 10_000


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool, its module here, what it imports, how many orders it can be asked about, and what it cannot say."""

    name: str
    module: str
    package: str
    most: int
    cannot: str


COMPLETE = (
    "complete logs only: fields that are missing, coverage, coarse times, versions, evidence would touch every rule"
)
PEERS = (
    Peer("checker", "ours", "checker", 10**9, ""),
    Peer("DuckDB SQL", "duck", "duckdb", 10**6, COMPLETE),
    Peer("Polars", "frames", "polars", 10**6, COMPLETE),
    Peer("pandas", "merges", "pandas", 10**6, COMPLETE),
    Peer("Python loop", "loop", "checker", 10**6, COMPLETE),
    Peer("CEL", "cel", "cel_expr_python", 10**5, "no 'first event that', no calendar (handed in), one order at a time"),
    Peer("Rego", "rego", "regopy", 1000, "no calendar (handed in), one order at a time"),
    Peer(
        "Sigma, SQLite", "sigmas", "sigma.backends.sqlite", 10**5, "alerts only; no absence, deadline, key, exception"
    ),
)
MEASURES = {
    "floor: 2 columns, grouped": ("ours.floor", "all"),
    "floor: needed columns": ("ours.columns", "all"),
    "checker, all 28 rules": ("ours.counts", "all"),
    "checker, 18 rules": ("ours.counts", "eighteen"),
    "checker, 9 rules": ("ours.counts", "nine"),
}


def is_installed(peer: Peer) -> bool:
    try:
        return find_spec(peer.package) is not None
    except ModuleNotFoundError:
        return False


def measure(what: str, rules: str, store: Path) -> None:
    """Answers in this process; tells how much it took."""
    module, _, function = what.partition(".")
    question.shipped()
    began = time.process_time()
    peer = importlib.import_module(module)
    asked = peer.RULES if rules == "own" else RULES[rules]
    found = getattr(peer, function)(question.question(store, asked))
    seconds = time.process_time() - began
    print(json.dumps({"cpu": seconds, "peak": peak_mb(), "answers": sum(found.values())}))


def peak_mb() -> float:
    """Linux counts the parent's memory into ru_maxrss of a child; VmHWM is its own."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024


def measured(what: str, rules: str, store: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--measure", what, "--rules", rules, "--store", store]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def differences(peer: Peer, store: Path, truth: Counter[question.Answer]) -> Counter[question.Answer]:
    """Answers that only the interpreter, or only the peer gives; by order, rule and verdict."""
    module = importlib.import_module(peer.module)
    asked = question.question(store, module.RULES or question.EIGHTEEN)
    wanted = Counter({answer: count for answer, count in truth.items() if answer[1] in asked.rules})
    if hasattr(module, "VERDICTS"):
        wanted = Counter({answer: count for answer, count in wanted.items() if answer[2] in module.VERDICTS})
    given, counted = Counter(module.answers(asked)), module.counts(asked)
    of_answers: question.Counts = Counter()
    for (_, rule, verdict), count in given.items():
        of_answers[rule, verdict] += count
    if Counter({key: count for key, count in counted.items() if key[0] in asked.rules}) != of_answers:
        raise SystemExit(f"{peer.name}: counts other than it answers")
    return (wanted - given) + (given - wanted)


def compare(peers: list[Peer], stores: dict[int, Path]) -> None:
    """Stops where any peer disagrees."""
    import ours

    truths = {size: Counter(ours.answers(question.question(stores[size], question.EIGHTEEN))) for size in stores}
    for peer in peers:
        size = min(COMPARED, peer.most)
        wrong = differences(peer, stores[size], truths[size])
        module = importlib.import_module(peer.module)
        rules = len(module.RULES or question.EIGHTEEN)
        print(f"  {peer.name:16} {rules:3} rules, {size:>7,} orders: {wrong.total():,} answers differ")
        if wrong:
            raise SystemExit(f"{peer.name}: {list(wrong)[:5]}")


def rows(peers: list[Peer], orders: int) -> dict[str, tuple[str, str, int]]:
    """What is measured: name, function, rules, and how many orders."""
    found = {name: (what, rules, orders) for name, (what, rules) in MEASURES.items()}
    for peer in peers[1:]:
        module = importlib.import_module(peer.module)
        for name, rules in (("18", "eighteen"), ("9", "nine")):
            if len(module.RULES) >= int(name):
                found[f"{peer.name}, {name} rules"] = (f"{peer.module}.counts", rules, min(orders, peer.most))
        if len(module.RULES) < 9:
            found[f"{peer.name}, {len(module.RULES)} rules"] = (f"{peer.module}.counts", "own", min(orders, peer.most))
    return found


def report(peers: list[Peer], orders: int, stores: dict[int, Path], rounds: int) -> None:
    asked = rows(peers, orders)
    taken: dict[str, list[dict[str, float]]] = defaultdict(list)
    for _ in range(rounds):
        for name, (what, rules, size) in asked.items():
            taken[name].append(measured(what, rules, stores[size]))
    events = question.open_store(stores[orders]).events
    print(f"\n{orders:,} orders, {events:,} events; median of {rounds} interleaved rounds")
    print(f"{'':28}{'orders':>10}{'CPU s':>9}{'us an order':>13}{'x checker':>11}{'x floor':>9}{'peak MB':>9}")
    each = {name: median(one["cpu"] for one in found) / asked[name][2] for name, found in taken.items()}
    for name, found in taken.items():
        _, rules, size = asked[name]
        own = {"eighteen": "checker, 18 rules", "all": "checker, all 28 rules"}.get(rules, "checker, 9 rules")
        peak = max(one["peak"] for one in found)
        ratios = f"{each[name] / each[own]:11.2f}{each[name] / each['floor: needed columns']:9.1f}"
        print(f"{name:28}{size:10,}{each[name] * size:9.2f}{each[name] * 1e6:13.1f}{ratios}{peak:9.0f}")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--orders", type=int, nargs="+", default=[10_000, 100_000])
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--only", nargs="+", metavar="MODULE", help="peers by their module here")
    words.add_argument("--keep", type=Path, metavar="FOLDER", help="make the logs here and use them again")
    words.add_argument("--measure", help=argparse.SUPPRESS)
    words.add_argument("--rules", choices=RULES, help=argparse.SUPPRESS)
    words.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.measure:
        measure(given.measure, given.rules, given.store)
        return
    with tempfile.TemporaryDirectory() as folder:
        compete(given, given.keep or Path(folder))


def compete(given: argparse.Namespace, folder: Path) -> None:
    wanted = [peer for peer in PEERS if peer.module == "ours" or not given.only or peer.module in given.only]
    peers = [peer for peer in wanted if is_installed(peer)]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}")
    for peer in wanted:
        if peer not in peers:
            print(f"  {peer.name} is not installed: pip install 'order-policy-checker[bench]'")
    sizes = {*given.orders, COMPARED} | {min(size, peer.most) for size in given.orders for peer in peers}
    sizes |= {min(COMPARED, peer.most) for peer in peers}
    stores = {size: made(folder, size) for size in sorted(sizes)}
    print("\nanswers, beside the interpreter's")
    compare(peers, {size: path for size, path in stores.items() if size <= COMPARED})
    print("\nwhat they cannot say")
    for peer in peers[1:]:
        print(f"  {peer.name:16} {peer.cannot}")
    for orders in given.orders:
        report(peers, orders, stores, given.rounds)


def made(folder: Path, orders: int) -> Path:
    target = folder / f"orders-{orders}"
    if not (target / "store.json").exists():
        copies.write(target, orders)
    return target


if __name__ == "__main__":
    main()
