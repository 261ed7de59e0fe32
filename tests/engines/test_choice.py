"""Which engine is taken, and what does taking it load?"""

import subprocess
import sys
from pathlib import Path

import pytest

from checker.engines import columnar, reference
from checker.engines.choice import COLUMNAR_FROM, EngineName, chosen, findings_by

ROOT = Path(__file__).parents[2]
LOADED = """
import sys
from checker.cli import main
main(sys.argv[1:])
sys.exit(bool({"numpy", "pyarrow"} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("wanted", "orders", "taken"),
    [
        ("auto", COLUMNAR_FROM - 1, "reference"),
        ("auto", COLUMNAR_FROM, "columnar"),
        ("reference", COLUMNAR_FROM, "reference"),
        ("columnar", 1, "columnar"),
    ],
)
def test_engine_is_chosen_by_size(wanted: EngineName, orders: int, taken: EngineName) -> None:
    """Few orders are interpreted, more are judged in columns, and a wish comes first."""
    assert chosen(wanted, orders) == taken
    assert findings_by(wanted, orders) is {"reference": reference, "columnar": columnar}[taken].findings


@pytest.mark.parametrize("words", [["--help"], ["check", "examples/logs", "--as-of", "2026-03-01T00:00:00Z"]])
def test_arrays_are_loaded_only_when_used(words: list[str]) -> None:
    """Neither help nor a check of a few orders loads numpy or pyarrow."""
    done = subprocess.run([sys.executable, "-c", LOADED, *words], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
