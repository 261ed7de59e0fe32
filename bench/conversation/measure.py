"""How often is the conversation reader right, per language and kind, beside a plain keyword search?"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import orjson
import re2

from checker.conversation import Turn, readings
from checker.loading.lexicons import load_lexicon
from checker.model.event import Actor
from checker.model.lexicon import Lexicon, Solicits

HERE = Path(__file__).parent
LEXICON = HERE.parents[1] / "policies" / "lexicons" / "cancel_solicitation.yaml"
HELD_OUT = ("heldout", "heldout2")
"""What neither phrases nor weights were tuned on."""
KEYWORD = re2.compile(r"(?i)キャンセル|取り?消し?|返金申請|受取拒否|退款|拒收|cancel|refund|refuse")


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled message."""

    id: str
    sender: str
    text: str
    lang: str
    label: str
    kind: str
    conversation: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A sample and what was said of it."""

    sample: Sample
    verdict: str
    because: tuple[str, ...] = ()

    @property
    def cell(self) -> str:
        """tp, fp, fn or tn of "the seller solicits", whatever the strength."""
        said, true = self.verdict != Solicits.NO, self.sample.label != Solicits.NO
        return ("t" if said is true else "f") + ("p" if said else "n")


def samples(path: Path) -> list[Sample]:
    rows = map(orjson.loads, path.read_bytes().splitlines())
    return [Sample(**{"conversation": row["id"], **row}) for row in rows]


def judged(data: Iterable[Sample], lexicon: Lexicon) -> Iterator[Judged]:
    for _, thread in groupby(data, key=lambda s: s.conversation):
        lines = list(thread)
        turns = [Turn(Actor(s.sender), s.text) for s in lines]
        for sample, reading in zip(lines, readings(turns, lexicon), strict=True):
            yield Judged(sample, str(reading.solicits), reading.because)


def by_keyword(data: Iterable[Sample]) -> Iterator[Judged]:
    """The peer: any seller message that holds one of the usual words."""
    for sample in data:
        found = sample.sender == "seller" and KEYWORD.search(sample.text)
        yield Judged(sample, "explicit" if found else "no")


def figures(cells: Counter[str]) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean; 1 where nothing was there to be found."""
    precision = cells["tp"] / ((cells["tp"] + cells["fp"]) or 1) if cells["tp"] + cells["fp"] else 1.0
    recall = cells["tp"] / (cells["tp"] + cells["fn"]) if cells["tp"] + cells["fn"] else 1.0
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def report(name: str, results: list[Judged]) -> None:
    print(f"\n{name}")
    for lang in ("ja", "zh", "en", "all"):
        chosen = [j for j in results if lang in (j.sample.lang, "all")]
        cells = Counter(j.cell for j in chosen)
        precision, recall, f1 = figures(cells)
        strength = sum(j.verdict == j.sample.label for j in chosen if j.cell == "tp")
        counts = " ".join(f"{cell} {cells[cell]:3d}" for cell in ("tp", "fp", "fn", "tn"))
        quality = f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"
        print(f"  {lang:3}  {quality}  {counts}  strength {strength}/{cells['tp']}")


def kinds(results: list[Judged]) -> None:
    table: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for j in results:
        table[j.sample.label if j.sample.label == "no" else "yes", j.sample.kind][j.cell[0]] += 1
    print("\n  kind                     should solicit  right  wrong")
    for (label, kind), cells in sorted(table.items()):
        print(f"  {kind:24} {label:14} {cells['t']:6d} {cells['f']:6d}")


def errors(results: list[Judged]) -> None:
    for j in results:
        if j.cell[0] == "f":
            print(f"    {j.cell} {j.sample.kind:16} {j.sample.id} {j.sample.text}  {' '.join(j.because)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="*", default=HELD_OUT, help="names of files in data/")
    parser.add_argument("--errors", action="store_true", help="show every wrong verdict")
    parser.add_argument("--no-learned", action="store_true", help="patterns only")
    options = parser.parse_args()
    lexicon = load_lexicon(LEXICON)
    lexicon = replace(lexicon, weights=None, digest="") if options.no_learned else lexicon
    for name in options.data:
        data = samples(HERE / "data" / f"{name}.jsonl")
        results = list(judged(data, lexicon))
        report(f"{name}: {len(data)} messages, conversation reader", results)
        kinds(results)
        if options.errors:
            errors(results)
        report(f"{name}: plain keyword search", list(by_keyword(data)))


if __name__ == "__main__":
    main()
