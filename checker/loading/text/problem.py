"""What is wrong with a policy file, and where?"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from checker.model.error import PolicyError
from checker.model.rule import Location

CUTOFF = 0.7


class Level(StrEnum):
    """An error refuses to load; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem at one place. `id` is stable; the catalogue explains it."""

    id: str
    location: Location
    message: str
    level: Level = Level.ERROR

    def __str__(self) -> str:
        at = self.location
        return f"{at.path}:{at.line}:{at.column}: {self.message} [{self.id}]"


def refuse(problems: Iterable[Problem]) -> None:
    """Nothing, when no problem is an error.

    Raises: PolicyError with every error, in the order of the files.
    """
    errors = sorted((p for p in problems if p.level is Level.ERROR), key=place)
    if errors:
        raise PolicyError(*dict.fromkeys(map(str, errors)))


def place(problem: Problem) -> tuple[str, int, int, str]:
    """What problems are sorted by: file, line, column, id."""
    return problem.location.path, problem.location.line, problem.location.column, problem.id


def suggestion(name: str, known: Iterable[str]) -> str:
    """The known name that was probably meant, as the end of a message; empty where none is near."""
    near = get_close_matches(name, tuple(known), n=1, cutoff=CUTOFF)
    return f"; did you mean `{near[0]}`?" if near else ""


def listed(names: Iterable[str]) -> str:
    """The names as they appear in a message: `a`, `b` or `c`."""
    *most, last = [f"`{name}`" for name in names]
    return f"{', '.join(most)} or {last}" if most else last
