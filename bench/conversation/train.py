"""Learns the weights of the score from labelled messages; scikit-learn is needed here and nowhere else."""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np
import orjson
from measure import HERE, LEXICON, Sample, samples
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from checker.conversation import Mood, Reading, Turn
from checker.conversation.reading import Reader, reader_of
from checker.conversation.thread import after, phrased
from checker.conversation.weighing import features
from checker.loading.lexicons import load_lexicon
from checker.model.event import Actor
from checker.model.lexicon import Solicits

PHRASES_TUNED = ("dev", "tuning2", "tuning3", "tuning4", "tuning5", "tuning6", "tuning7", "tuning8", "probes")
"""Phrases were made to fit these files, so what phrases find in them says too much: roles are not learned here."""
TUNING = (*PHRASES_TUNED, *(f"tuning9{writer}" for writer in "abcdefgij"), "spec")
WEIGHT = {"spec": 5.0}
"""The sentences that documents and features promise count more: each must come out as it stands there."""
SEEN_AT_LEAST = 2
STRENGTH = {"solicits": 0.3, "explicit": 0.1}
SMALLEST = 0.02
ASK_FROM, NO_TO = 0.25, 0.0  # chosen on each writer's messages by weights learned without them


@dataclass(frozen=True, slots=True)
class Row:
    """One message of a seller: what the score may count of it."""

    sample: Sample
    seen: frozenset[str]
    file: str


def rows(name: str, reader: Reader) -> Iterator[Row]:
    """The seller's messages of a file, in conversations that went as labelled."""
    for _, thread in groupby(samples(HERE / "data" / f"{name}.jsonl"), key=lambda s: s.conversation):
        mood = Mood()
        for sample in thread:
            turn = Turn(Actor(sample.sender), sample.text)
            sense = reader.sense(sample.text)
            if sample.sender == "seller":
                found = features(sample.text, phrased(sample.text, sense, mood, reader), mood, reader)
                yield Row(sample, frozenset(_learnable(found, name)), name)
            mood = after(turn, Reading(Solicits(sample.label), roles=sense.roles), mood)


def _learnable(found: Iterable[str], name: str) -> Iterator[str]:
    return (f for f in found if name not in PHRASES_TUNED or not f.startswith(("[stands", "[against")))


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model and the column of each feature."""

    columns: dict[str, int]
    fitted: Any

    @classmethod
    def of(cls, data: Sequence[Row], truth: Sequence[bool], strength: float) -> "Model":
        """The model that separates the true rows from the others; a greater strength follows them more closely."""
        counts = Counter(name for row in data for name in row.seen)
        names = sorted(name for name, count in counts.items() if count >= SEEN_AT_LEAST)
        columns = {name: place for place, name in enumerate(names)}
        blank = cls(columns, LogisticRegression(C=strength, solver="liblinear"))
        blank.fitted.fit(blank.matrix(data), truth, [WEIGHT.get(row.file, 1.0) for row in data])
        return blank

    def matrix(self, data: Sequence[Row]) -> csr_matrix:
        """A row per message, with a one in the column of each feature that it has."""
        places = [sorted(self.columns[name] for name in row.seen if name in self.columns) for row in data]
        ends = np.cumsum([0, *map(len, places)])
        cells = np.concatenate([np.array(p, np.int32) for p in places])
        return csr_matrix((np.ones(len(cells)), cells, ends), shape=(len(data), len(self.columns)))

    def linear(self) -> dict[str, Any]:
        """Bias and weights as the checker reads them."""
        found = zip(self.columns, self.fitted.coef_[0], strict=True)
        weights = {name: round(float(weight), 3) for name, weight in found if abs(weight) >= SMALLEST}
        return {"bias": round(float(self.fitted.intercept_[0]), 3), "weights": weights}


def learned(data: Sequence[Row]) -> dict[str, Model]:
    """The two models: does a message solicit, and does one that solicits do so explicitly?"""
    asks = [row for row in data if row.sample.label != Solicits.NO]
    return {
        "solicits": Model.of(data, [row.sample.label != Solicits.NO for row in data], STRENGTH["solicits"]),
        "explicit": Model.of(asks, [row.sample.label == Solicits.EXPLICIT for row in asks], STRENGTH["explicit"]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="*", default=TUNING, help="names of files in data/ to learn from")
    options = parser.parse_args()
    reader = reader_of(replace(load_lexicon(LEXICON), weights=None, digest="to be learned"))
    data = [row for name in options.data for row in rows(name, reader)]
    found = {name: model.linear() for name, model in learned(data).items()} | {"ask_from": ASK_FROM, "no_to": NO_TO}
    path = LEXICON.with_suffix(".weights.json")
    path.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n")
    kept = ", ".join(f"{len(found[name]['weights'])} features for {name}" for name in STRENGTH)
    print(f"{len(data)} messages, {kept}, {path.stat().st_size} bytes: {path}")


if __name__ == "__main__":
    main()
