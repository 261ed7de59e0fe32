"""What does a stream of findings look like? A JSON object a line, each whole by itself: its events stand in it."""

from collections.abc import Iterator

import orjson

from checker.model.report import Report
from checker.reports.json_report import Json, event_json, finding_json, named_events
from checker.reports.view import View
from checker.reports.wording import Wording


def render(report: Report, view: View) -> Iterator[bytes]:
    """A line for each finding, in the shape that `findings` has in the JSON report, with `as_of` and `events` added."""
    say = Wording(view.lang, report.policies, report.as_of)
    as_of = report.as_of.isoformat().replace("+00:00", "Z")
    for finding in report.findings:
        events: Json = {event.event_id: event_json(event, view) for event in named_events(finding.evidence)}
        yield orjson.dumps({"as_of": as_of, **finding_json(finding, say, view), "events": events}) + b"\n"
