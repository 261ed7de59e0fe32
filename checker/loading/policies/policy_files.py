"""Where do policy files, and the market and calendars that they stand on, lie?"""

from collections.abc import Iterator
from pathlib import Path

from checker.loading.text.problem import Problem
from checker.model.rule import Location

MARKET = "market.yaml"
CALENDARS = "calendars"
LEXICONS = "lexicons"
_PACKAGE = Path(__file__).resolve().parents[2]


def shipped_policies() -> Path:
    """The folder of the policies that come with the program: inside the package, or beside it in a checkout."""
    inside = _PACKAGE / "policies"
    return inside if inside.is_dir() else _PACKAGE.parent / "policies"


def policy_files(root: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Every policy version under a folder, or the one file given, sorted; a problem where there is none."""
    if root.is_file():
        return (root,), ()
    if not root.exists():
        return (), (_nothing(root, "no such file or folder; expected a policy file or a folder of them"),)
    found = tuple(sorted(path for path in root.rglob("*.y*ml") if _is_policy(path.relative_to(root))))
    if not found:
        return (), (_nothing(root, "no policy in this folder; expected `<market>/<topic>/<first day in force>.yaml`"),)
    return found, ()


def found_upwards(start: Path, name: str) -> Path | None:
    """The nearest file of that name in a folder above `start`, else the one among the shipped policies."""
    above: Iterator[Path] = (folder / name for folder in start.resolve().parents)
    shipped = shipped_policies() / name
    return next((path for path in above if path.is_file()), shipped if shipped.is_file() else None)


def shown(path: Path) -> str:
    """The path as messages and reports show it: a shipped file without the folders of this machine."""
    shipped = shipped_policies()
    return f"policies/{path.relative_to(shipped).as_posix()}" if path.is_relative_to(shipped) else str(path)


def _is_policy(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    beside = path.name == MARKET or not {CALENDARS, LEXICONS}.isdisjoint(path.parts)
    return not hidden and not beside and path.suffix in (".yaml", ".yml")


def _nothing(root: Path, message: str) -> Problem:
    return Problem("P003", Location(str(root), 1, 1), message)
