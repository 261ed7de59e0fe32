"""Which mutants has a person found to be no slips at all, and why?"""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from checker.model.error import PolicyError


def equivalents(features: Iterable[Path]) -> dict[str, str]:
    """The reasons by mutant, from the `.equivalents.toml` beside each feature.

    Raises: PolicyError where such a file is not one.
    """
    beside = (path.with_suffix(".equivalents.toml") for path in features)
    return {mutant: because for path in beside if path.exists() for mutant, because in _read(path).items()}


def _read(path: Path) -> dict[str, str]:
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("equivalent", [])
        return {mutant: entry["because"] for entry in entries for mutant in entry["mutants"]}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise PolicyError(f"{path}:1:1: not a list of mutants with reasons; {error}") from error
