"""Which policies are there, in force since when, from which source?"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from checker.model.deadline import Duration
from checker.model.policy import Codes, Count, Parameter, Percent, Policy, shared_zone
from checker.reports.console.paper import Paper
from checker.reports.instants import Clock
from checker.reports.phrases import phrase
from checker.reports.view import View


def render(policies: Sequence[Policy], as_of: datetime, view: View) -> Iterator[bytes]:
    """Every version of every policy, oldest first; the one in force with its sources and what is not published."""
    paper = Paper(view.width, colour=view.colour)
    timezone = shared_zone(policies)
    moment = Clock(view.lang, timezone, as_of).dated(as_of)
    paper.put(f"{phrase(view.lang, 'report', 'as_of')} ", (moment, "bold"))
    ordered = sorted(policies, key=lambda policy: (policy.id, policy.effective))
    for _, versions in groupby(ordered, key=lambda policy: policy.id):
        _policy(paper, tuple(versions), as_of, view)
    return paper.render()


def _policy(paper: Paper, versions: tuple[Policy, ...], as_of: datetime, view: View) -> None:
    """A title, a line for each version, and the details of the one in force, or of the first to come."""
    begun = [policy for policy in versions if policy.effective_at <= as_of]
    current = begun[-1] if begun else versions[0]
    paper.gap()
    paper.put((current.title[view.lang], "bold"), (f"  {current.id}", "dim"), hang=2)
    for policy, later in zip(versions, (*versions[1:], None), strict=True):
        _version(paper, policy, None if later is None else _last_day(later), view, is_current=policy in begun[-1:])
    _details(paper, current, view)


def _last_day(later: Policy) -> date:
    """The last local day before a version came into force."""
    return later.effective_at.astimezone(ZoneInfo(later.timezone)).date() - timedelta(days=1)


def _version(paper: Paper, policy: Policy, last_day: date | None, view: View, *, is_current: bool) -> None:
    lang = view.lang
    key = "since" if last_day is None else "since_until"
    span = phrase(lang, "report", key, since=policy.effective, until=last_day)
    basis = phrase(lang, "basis", policy.effective_basis.value)
    count = phrase(lang, "report", "rule_count", n=len(policy.rules))
    change = phrase(lang, "change", policy.change.value)
    told = f" ({basis}) · {change} · {count} · {policy.path}"
    paper.put(("● " if is_current else "○ ", "green"), (span, "green" if is_current else "dim"), told, indent=2, hang=4)


def _details(paper: Paper, policy: Policy, view: View) -> None:
    for source in policy.sources.values():
        confidence = phrase(view.lang, "confidence", source.confidence.value)
        read_on = phrase(view.lang, "report", "read_on", day=source.read_on)
        paper.put(f"{source.id}: {source.title}", (f"  [{confidence}, {read_on}]", "cyan"), indent=4, hang=2)
        if source.address:
            paper.uncut(source.address, 6, "dim")
    unpublished = [name for name, parameter in policy.parameters.items() if is_unpublished(parameter)]
    if unpublished:
        told = f"{phrase(view.lang, 'report', 'unpublished')}: "
        paper.put((told, "magenta"), ", ".join(unpublished), indent=4, hang=2)


def is_unpublished(parameter: Parameter) -> bool:
    """Whether the source states no value."""
    match parameter.value:
        case Duration(amount=value) | Percent(value=value) | Count(value=value):
            return value is None
        case Codes(values=values):
            return values is None
