"""What is wrong with a policy that fits the schema?"""

from collections.abc import Iterable
from pathlib import Path

from checker.loading.drafts import Draft, read_drafts
from checker.loading.problem import Problem, place


def lint(path: Path) -> tuple[Problem, ...]:
    """Every problem, error or warning, of a policy file or of all files of a folder, by file and line."""
    drafts, problems = read_drafts(path)
    return tuple(sorted((*problems, *draft_problems(drafts)), key=place))


def draft_problems(drafts: Iterable[Draft]) -> tuple[Problem, ...]:
    """What the schema cannot see, in each file and between the versions of one policy."""
    return ()
