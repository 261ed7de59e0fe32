"""Who takes part, and do they give the same answers? Order by order on a small log, by count on any."""

import importlib
from collections import Counter
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from question import EIGHTEEN, Answer, Counts, question


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool, its module here, what it imports, how many orders it can be asked about, and what it cannot say."""

    name: str
    file: str
    package: str
    most: int
    cannot: str

    @property
    def module(self) -> ModuleType:
        """The transcription; it has RULES, counts and answers."""
        return importlib.import_module(self.file)

    @property
    def is_installed(self) -> bool:
        """Whether the tool is there; no peer is a dependency of the product."""
        try:
            return find_spec(self.package) is not None
        except ModuleNotFoundError:
            return False


COMPLETE = "complete logs only: missing fields, coverage, coarse times, versions, evidence would touch every rule"
PEERS = (
    Peer("checker", "ours", "checker", 10**9, ""),
    Peer("DuckDB SQL", "duck", "duckdb", 10**6, COMPLETE),
    Peer("Polars", "frames", "polars", 10**6, COMPLETE),
    Peer("pandas", "merges", "pandas", 10**6, COMPLETE),
    Peer("Python loop", "loop", "checker", 10**6, COMPLETE),
    Peer("CEL", "cel", "cel_expr_python", 10**5, "no 'first event that', no calendar (handed in), one order at a time"),
    Peer("Rego", "rego", "regopy", 10**3, "no calendar (handed in), one order at a time"),
    Peer(
        "Sigma",
        "sigmas",
        "sigma.backends.sqlite",
        10**5,
        "alerts only: nothing that did not come, no exception, no state",
    ),
)


def wanted(truth: Counter[Answer], peer: Peer) -> Counter[Answer]:
    """Those of the right answers that the peer can give."""
    rules, verdicts = peer.module.RULES or EIGHTEEN, getattr(peer.module, "VERDICTS", None)
    return Counter(
        {
            (order, rule, verdict): count
            for (order, rule, verdict), count in truth.items()
            if rule in rules and (verdicts is None or verdict in verdicts)
        }
    )


def differences(peer: Peer, store: Path, truth: Counter[Answer]) -> Counter[Answer]:
    """Answers that only the interpreter, or only the peer gives; by order, rule and verdict."""
    asked = question(store, peer.module.RULES or EIGHTEEN)
    right, given = wanted(truth, peer), Counter(peer.module.answers(asked))
    counted = Counter({key: count for key, count in peer.module.counts(asked).items() if key[0] in asked.rules})
    if counted != by_rule(given):
        raise SystemExit(f"{peer.name}: counts other than it answers")
    return (right - given) + (given - right)


def by_rule(answers: Counter[Answer]) -> Counts:
    found: Counts = Counter()
    for (_, rule, verdict), count in answers.items():
        found[rule, verdict] += count
    return found


def miscounted(peer: Peer, found: Counts, ours: Counts) -> list[tuple[str, str]]:
    """What the peer counted otherwise than the product did in the same log."""
    verdicts = getattr(peer.module, "VERDICTS", None)
    rules = {rule for rule, _ in found}
    return [
        (rule, verdict)
        for rule, verdict in {*found, *ours}
        if rule in rules and (verdicts is None or verdict in verdicts) and found[rule, verdict] != ours[rule, verdict]
    ]
