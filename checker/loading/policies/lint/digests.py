"""Has a version been changed after it came into force?"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from checker.loading.policies.drafts import Draft, read_drafts
from checker.loading.policies.lint.versions import meaning
from checker.loading.text.problem import Problem, refuse

DIGESTS = "digests.toml"
_HEADER = """\
# What every version meant when it came into force; `checker digests --record` adds new ones and changes none.
# Words, sources and `reviewed_on` are free; for anything else the next version is the place.
"""


def digest(draft: Draft) -> str:
    """SHA-256 over what decides verdicts in a version: when it is in force, its parameters, matchers and rules."""
    said = {"policy": draft.id, "effective": draft.effective.isoformat(), "meaning": meaning(draft)}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def digest_problems(drafts: Iterable[Draft]) -> Iterator[Problem]:
    """The versions whose digest was recorded and has changed since."""
    for draft in drafts:
        file = _recorded_in(draft.path)
        known = None if file is None else _digests(file).get(_name(draft))
        if known is not None and known != digest(draft):
            message = f"version `{draft.effective}` changed after its digest was recorded; expected a new version"
            yield Problem("P118", draft.node["effective"].location, message)


def record(root: Path) -> tuple[tuple[str, ...], Path]:
    """Writes the digests of versions that have none yet; their names, and the file.

    Raises: PolicyError if a file is not valid, or a recorded version has changed.
    """
    drafts, problems = read_drafts(root)
    refuse((*problems, *digest_problems(drafts)))
    file = _recorded_in(drafts[0].path) or _folder(drafts[0]) / DIGESTS
    known = dict(_digests(file)) if file.exists() else {}
    new = {_name(draft): digest(draft) for draft in drafts if _name(draft) not in known}
    lines = (f'"{name}" = "{value}"\n' for name, value in sorted({**known, **new}.items()))
    file.write_text(_HEADER + "".join(lines), encoding="utf-8")
    return tuple(sorted(new)), file


def unrecorded(drafts: Iterable[Draft]) -> tuple[str, ...]:
    """The versions whose digest nobody has recorded."""
    files = ((draft, _recorded_in(draft.path)) for draft in drafts)
    return tuple(_name(draft) for draft, file in files if file is None or _name(draft) not in _digests(file))


def _name(draft: Draft) -> str:
    return f"{draft.id}@{draft.effective.isoformat()}"


def _folder(draft: Draft) -> Path:
    """The folder that holds the marketplace's folder."""
    return draft.path.resolve().parents[len(draft.id.split("."))]


def _recorded_in(path: Path) -> Path | None:
    return next((folder / DIGESTS for folder in path.resolve().parents if (folder / DIGESTS).is_file()), None)


def _digests(file: Path) -> Mapping[str, str]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
