"""Which policies are there, in force since when, from which source?"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from checker.model.deadline import Duration
from checker.model.policy import Codes, Count, Parameter, Percent, Policy
from checker.reports.console.paper import Paper
from checker.reports.instants import Clock
from checker.reports.phrases import phrase
from checker.reports.view import View


def render(policies: Sequence[Policy], as_of: datetime, view: View) -> Iterator[bytes]:
    """Every version of every policy, oldest first, with sources and what is not published."""
    paper = Paper(view.width, colour=view.colour)
    timezone = policies[0].timezone if policies else "UTC"
    moment = Clock(view.lang, timezone, as_of).dated(as_of)
    paper.put(f"{phrase(view.lang, 'report', 'as_of')} ", (moment, "bold"))
    ordered = sorted(policies, key=lambda policy: (policy.id, policy.effective))
    for place, policy in enumerate(ordered):
        later = ordered[place + 1] if place + 1 < len(ordered) and ordered[place + 1].id == policy.id else None
        _version(paper, policy, later, as_of, view)
    return paper.render()


def _version(paper: Paper, policy: Policy, later: Policy | None, as_of: datetime, view: View) -> None:
    lang = view.lang
    begun = policy.effective_at <= as_of
    current = begun and (later is None or later.effective_at > as_of)
    since = phrase(lang, "report", "since" if begun else "not_yet")
    paper.gap()
    paper.put((policy.title[lang], "bold" if current else "dim"), (f"  {policy.id}", "dim"), hang=2)
    told = f"{since} {policy.effective}"
    if later is not None:
        last_day = later.effective_at.astimezone(ZoneInfo(policy.timezone)).date() - timedelta(days=1)
        told += f" {phrase(lang, 'report', 'until')} {last_day}"
    basis = phrase(lang, "basis", policy.effective_basis.value)
    count = phrase(lang, "report", "rule_count", n=len(policy.rules))
    change = phrase(lang, "change", policy.change.value)
    paper.put(
        (told, "green" if current else "dim"), f" ({basis}) · {change} · {count} · {policy.path}", indent=2, hang=2
    )
    _sources(paper, policy, view)
    unpublished = [name for name, parameter in policy.parameters.items() if is_unpublished(parameter)]
    if unpublished:
        paper.put((f"{phrase(lang, 'report', 'unpublished')}: ", "magenta"), ", ".join(unpublished), indent=2, hang=2)


def _sources(paper: Paper, policy: Policy, view: View) -> None:
    for source in policy.sources.values():
        confidence = phrase(view.lang, "confidence", source.confidence.value)
        read_on = phrase(view.lang, "report", "read_on", day=source.read_on)
        paper.put(f"{source.id}: {source.title}", (f"  [{confidence}, {read_on}]", "cyan"), indent=2, hang=4)
        if source.address:
            paper.put((source.address, "dim"), indent=6)


def is_unpublished(parameter: Parameter) -> bool:
    """Whether the source states no value."""
    match parameter.value:
        case Duration(amount=value) | Percent(value=value) | Count(value=value):
            return value is None
        case Codes(values=values):
            return values is None
