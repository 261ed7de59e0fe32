"""Where in the files does a finding stand, told so that no folder of this machine is named?"""

from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from checker.model.event import Event, SourceRef
from checker.model.finding import Finding
from checker.model.rule import Location
from checker.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file: `path` is relative, with forward slashes; line and column count from 1."""

    path: str
    line: int | None = None
    column: int | None = None
    pointer: str | None = None

    @property
    def uri(self) -> str:
        """The path as a relative reference of RFC 3986."""
        return quote(self.path, safe="/")


def relative(path: str, root: str) -> str:
    """The path below `root`; of a path elsewhere the file's name alone."""
    pure = PurePath(path)
    if root and pure.is_absolute() and pure.is_relative_to(root):
        pure = pure.relative_to(root)
    if pure.is_absolute() or ".." in pure.parts:
        return pure.name
    return pure.as_posix()


def ref_spot(ref: SourceRef, root: str) -> Spot:
    """One place in a log."""
    return Spot(relative(ref.path, root), ref.line, pointer=ref.pointer)


def location_spot(location: Location, root: str) -> Spot:
    """One place in a policy or waiver file."""
    return Spot(relative(location.path, root), location.line, location.column)


def event_spot(event: Event | None, root: str) -> Spot | None:
    """Where the log tells of the event: the first place with a line, else the first; None where none is known."""
    refs = () if event is None else event.refs
    ref = next((ref for ref in refs if ref.line is not None), refs[0] if refs else None)
    return None if ref is None else ref_spot(ref, root)


def spots(finding: Finding, say: Wording, root: str) -> tuple[Spot, ...]:
    """The place that readers open first, then the other: log and policy, or the reverse where the log has no lines."""
    ruled = say.ruled(finding.rule)
    in_policy = None if ruled is None else location_spot(ruled.rule.head.location, root)
    in_log = event_spot(finding.evidence.decisive or finding.evidence.trigger, root)
    both = (in_log, in_policy) if in_log is not None and in_log.line is not None else (in_policy, in_log)
    return tuple(spot for spot in both if spot is not None)


def shown_place(event: Event | None, root: str) -> str:
    """`webhooks.jsonl:12` for a reader; "" where none is known."""
    spot = event_spot(event, root)
    if spot is None:
        return ""
    line = "" if spot.line is None else f":{spot.line}"
    return f"{spot.path}{line}" + (f"#{spot.pointer}" if spot.pointer is not None else "")
