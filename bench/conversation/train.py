"""Learns the weights of the score from the tuning messages; scikit-learn is needed here and nowhere else."""

import argparse
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import numpy as np
import orjson
from measure import HERE, LEXICON, Sample, samples
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from checker.conversation.reading import reader_of
from checker.conversation.score import Scorer
from checker.loading.lexicons import load_lexicon
from checker.model.lexicon import Solicits

TUNING = ("dev", "tuning2", "tuning3", "tuning4", "tuning5", "tuning6", "tuning7", "tuning8", "probes")
NOT_ALONE = {"asked_first", "buyer_own"}  # what these say is decided by the lines before them
SEEN_AT_LEAST = 2
ASK_FROM, NO_TO = 1.0, -2.0  # chosen on each tuning file by weights learned without it
STRENGTH = 1.0
SMALLEST = 0.01


def texts(name: str) -> Iterator[tuple[Sample, str]]:
    """Seller messages that can be read alone; a split message together with the lines before it."""
    for _, thread in groupby(samples(HERE / "data" / f"{name}.jsonl"), key=lambda s: s.conversation):
        before: list[str] = []
        for sample in thread:
            if sample.sender == "buyer":
                before = []
            elif sample.kind in NOT_ALONE:
                before.append(sample.text)
            else:
                yield sample, " ".join([*before[-3:], sample.text]) if sample.kind == "split" else sample.text
                before.append(sample.text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="*", default=TUNING, help="names of files in data/ to learn from")
    options = parser.parse_args()
    lexicon = load_lexicon(LEXICON)
    scorer, reader = Scorer(lexicon), reader_of(lexicon)
    rows = [pair for name in options.data for pair in texts(name)]
    runs = [scorer.runs(reader.plain(text)) for _, text in rows]
    counts = Counter(run for found in runs for run in found)
    names = sorted(run for run, count in counts.items() if count >= SEEN_AT_LEAST)
    column = {name: i for i, name in enumerate(names)}
    cells = [(r, column[run]) for r, found in enumerate(runs) for run in sorted(found) if run in column]
    matrix = csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(rows), len(names)))
    truth = [sample.label != Solicits.NO for sample, _ in rows]
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(matrix, truth)
    weights = {n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= SMALLEST}
    data = {"bias": round(float(model.intercept_[0]), 3), "ask_from": ASK_FROM, "no_to": NO_TO, "features": weights}
    path = LEXICON.with_suffix(".weights.json")
    path.write_bytes(orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n")
    print(f"{len(rows)} messages, {len(weights)} runs, {path.stat().st_size} bytes: {path}")


if __name__ == "__main__":
    main()
