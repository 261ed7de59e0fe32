"""What does a problem's id mean, and what does it look like, wrong and right?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.loading.text.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class Explanation:
    """One kind of problem, with a snippet that has it and one that has not."""

    id: str
    title: str
    level: str
    why: str
    bad: str
    good: str


def explanations() -> Mapping[str, Explanation]:
    """Every kind of problem that reading policies can report, by id."""
    path = Path(__file__).with_name("catalogue.yaml")
    entries: dict[str, dict[str, str]] = read_yaml(path).plain
    return {number: Explanation(number, **entry) for number, entry in entries.items()}
