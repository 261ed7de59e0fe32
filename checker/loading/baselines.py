"""Which cases does a baseline hold?"""

from pathlib import Path

import orjson

from checker.model.case import KEY_LENGTH
from checker.model.error import PolicyError

HINT = "write it anew with `checker baseline write`"


def load_baseline(path: Path) -> frozenset[str]:
    """The case keys of a baseline file.

    Raises: PolicyError if it is none.
    """
    try:
        found = orjson.loads(path.read_bytes())
    except OSError as error:
        raise PolicyError(f"{path}:1:1: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except orjson.JSONDecodeError as error:
        raise PolicyError(f"{path}:{error.lineno}:{error.colno}: not JSON: {error.msg.lower()}; {HINT}") from None
    if not isinstance(found, dict) or found.get("baseline") != 1 or not isinstance(found.get("cases"), list):
        raise PolicyError(f"{path}:1:1: no baseline of version 1; {HINT}")
    return frozenset(_key(path, number, case) for number, case in enumerate(found["cases"], 1))


def _key(path: Path, number: int, case: object) -> str:
    key = case.get("case") if isinstance(case, dict) else None
    if not isinstance(key, str) or len(key) != KEY_LENGTH:
        raise PolicyError(f"{path}:1:1: entry {number} has no case key; {HINT}")
    return key
