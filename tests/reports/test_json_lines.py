"""Is every line of the stream a whole finding?"""

import json

import jsonschema

from checker.reports.json_lines import render
from checker.reports.json_report import schema_text
from checker.reports.view import View

SCHEMA = json.loads(schema_text())


def lines(report, **view):
    return [json.loads(line) for line in b"".join(render(report, View(**view))).splitlines()]


def test_a_line_is_a_finding_of_the_json_report(made):
    """Each line fits the published schema of a finding, and holds the events that it names."""
    report = made.report()
    found = lines(report)
    assert [row["reason"] for row in found] == [finding.evidence.reason.value for finding in report.findings]
    for row in found:
        named = {row["evidence"].get("trigger"), row["evidence"].get("decisive"), *row["evidence"].get("used", ())}
        assert named - {None} == row.pop("events").keys()
        assert row.pop("as_of") == "2025-12-03T03:00:00Z"
        jsonschema.validate(row, {"$ref": "#/$defs/finding", "$defs": SCHEMA["$defs"]})


def test_what_people_wrote_is_hidden(made):
    """Texts of messages are there only if asked for."""
    hidden, shown = (json.dumps(lines(made.report(), show_messages=show), ensure_ascii=False) for show in (False, True))
    assert ("山田" in hidden, "山田" in shown) == (False, True)
