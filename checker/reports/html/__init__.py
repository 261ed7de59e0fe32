"""What do operations staff read? One page that works from a file, without network."""

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from checker import __version__
from checker.model.report import Report
from checker.reports.console.header import in_force
from checker.reports.html.charts import breakdowns, by_day
from checker.reports.html.data import ORDER, data, packed
from checker.reports.html.trends import trends
from checker.reports.html.words import words
from checker.reports.listing import listed, listed_due
from checker.reports.phrases import catalogue
from checker.reports.remarks import problem_text
from checker.reports.shares import percent
from checker.reports.spots import relative
from checker.reports.summary import accepted, undated, unjudged, violations
from checker.reports.view import View
from checker.reports.wording import Wording

MOST = 200
"""So many data problems are listed; the rest is counted."""


def render(report: Report, view: View) -> Iterator[bytes]:
    """The whole page; nothing in it is fetched, and a policy of the page itself forbids it."""
    say = Wording(view.lang, report.policies, report.as_of)
    templates = _templates()
    drawn = templates.get_template("picture.html.j2").module
    held = data(report, say, view, lambda found: str(drawn.picture(found, words(view.lang))))  # type: ignore[attr-defined]
    held["words"], held["names"] = words(view.lang), _names(say)
    script, style = _asset("page.js"), _asset("page.css")
    page = templates.get_template("page.html.j2").stream(
        **_told(report, say),
        view=view,
        data=packed(held),
        style=style,
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    for piece in page:
        yield piece.encode("utf-8", "replace")


def _told(report: Report, say: Wording) -> dict[str, Any]:
    """What the page says outside its tables."""
    return {
        "report": report,
        "say": say,
        "word": words(say.lang),
        "phrases": {
            section: {key: told[say.lang] for key, told in kept.items()} for section, kept in catalogue().items()
        },
        "version": __version__,
        "policies": in_force(report),
        "verdicts": ORDER,
        "shown": {finding.verdict for finding in report.findings if finding.outcome is None},
        "violations": violations(report),
        "accepted": accepted(report),
        "unjudged": unjudged(report),
        "undated": undated(report),
        "breakdowns": breakdowns(report, say),
        "days": by_day(report),
        "trends": () if report.whole else trends(report, say.lang),
        "problems": report.log.problems[:MOST],
        "census": report.census,
        "account": {name: f"{getattr(report.log.tally, name):,}" for name in type(report.log.tally).__slots__},
        "listed": {
            "findings": listed(report, say.lang, "findings"),
            "due": listed_due(report, say.lang, None),
        },
        "percent": percent,
        "relative": relative,
        "problem_text": problem_text,
    }


def _names(say: Wording) -> dict[str, dict[str, str]]:
    """What verdicts and severities are called."""
    verdicts = {key: told[say.lang] for key, told in catalogue()["verdict"].items()}
    severities = [catalogue()["severity"][key][say.lang] for key in ("info", "minor", "major", "critical")]
    return {"verdict": verdicts, "severity": {str(n): name for n, name in enumerate(severities, 1)}}


@cache
def _templates() -> Environment:
    """Everything that a template says is escaped, unless it is one of our own assets."""
    loader = PackageLoader("checker.reports.html")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def _asset(name: str) -> str:
    return files("checker.reports.html").joinpath("assets", name).read_text("utf-8")
