"""How right is the learned score on messages of which it has read nothing? Each file is judged without having it."""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from measure import LEXICON, figures
from train import PHRASES_TUNED, STRENGTH, TUNING, Model, Row, rows

from checker.conversation.reading import reader_of
from checker.loading.lexicons import load_lexicon
from checker.model.lexicon import Solicits

FIGURES = "  {:3}  precision {:.3f}  recall {:.3f}  F1 {:.3f}"
THRESHOLDS = np.arange(-1.5, 1.6, 0.25)


def values(model: Model, data: Sequence[Row]) -> np.ndarray:
    """The score of each message."""
    found: np.ndarray = model.fitted.decision_function(model.matrix(data))
    return found


def quality(said: np.ndarray, true: np.ndarray) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    return figures(Counter(tp=int((said & true).sum()), fp=int((said & ~true).sum()), fn=int((~said & true).sum())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="*", default=[n for n in TUNING if n not in PHRASES_TUNED])
    parser.add_argument("--strength", type=float, default=STRENGTH["solicits"])
    options = parser.parse_args()
    reader = reader_of(replace(load_lexicon(LEXICON), weights=None, digest="to be learned"))
    files = {name: list(rows(name, reader)) for name in (*PHRASES_TUNED, *options.data)}
    every: list[tuple[Row, float]] = []
    for name in options.data:
        rest = [row for other, found in files.items() if other != name for row in found]
        model = Model.of(rest, [row.sample.label != Solicits.NO for row in rest], options.strength)
        every += zip(files[name], values(model, files[name]), strict=True)
        print(f"{name}: learned from {len(rest)} messages")
    report(every)


def report(every: Sequence[tuple[Row, float]]) -> None:
    """Figures by language, then by thresholds for messages without and with an ask that a phrase found."""
    true = np.array([row.sample.label != Solicits.NO for row, _ in every])
    value = np.array([score for _, score in every])
    asked = np.array([any(f.startswith("[stands") for f in row.seen) for row, _ in every])
    language = np.array([row.sample.lang for row, _ in every])
    for name in ("ja", "zh", "en"):
        mine = language == name
        print(FIGURES.format(name, *quality(value[mine] > 0, true[mine])))
    print(FIGURES.format("all", *quality(value > 0, true)))
    for threshold in THRESHOLDS:
        print(f"  ask_from {threshold:5.2f}: {_told(value[~asked] > threshold, true[~asked])}", end="")
        print(f"   no_to {threshold:5.2f}: {_told(value[asked] > threshold, true[asked])}")


def _told(said: np.ndarray, true: np.ndarray) -> str:
    return f"right {(said & true).sum()} wrong {(said & ~true).sum()} missed {(~said & true).sum()}"


if __name__ == "__main__":
    main()
