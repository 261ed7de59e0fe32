"""Does the JSON report fit its schema, and hide what people wrote?"""

import json

import jsonschema
import pytest

from checker.model.finding import Reason
from checker.reports.json_report import render, schema_text
from checker.reports.view import View

SCHEMA = json.loads(schema_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def rendered(report, **view):
    return json.loads(b"".join(render(report, View(**view))))


def test_schema_is_sound():
    """The published schema is a JSON Schema itself."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_report_fits_the_schema(made, lang):
    """A report with every reason fits the published schema."""
    assert list(VALIDATOR.iter_errors(rendered(made.report(), lang=lang))) == []


def test_empty_report_fits_the_schema(made):
    """A report without findings is still a whole document."""
    from dataclasses import replace

    found = rendered(replace(made.report(), findings=()))
    assert (found["findings"], found["events"]) == ([], {})
    assert list(VALIDATOR.iter_errors(found)) == []


def test_nothing_is_left_out(made):
    """Every finding is there, in order, and every event it names can be looked up."""
    report = made.report()
    found = rendered(report)
    assert [row["reason"] for row in found["findings"]] == [f.evidence.reason.value for f in report.findings]
    for row in found["findings"]:
        evidence = row["evidence"]
        for event_id in (evidence.get("trigger"), evidence.get("decisive"), *evidence.get("used", ())):
            assert event_id is None or found["events"][row["subject"]["id"]][event_id]["refs"]


def test_a_late_answer(made):
    """A finding carries its sentence, its arithmetic and its numbers."""
    row = rendered(made.report(made.every_reason()[Reason.LATE]))["findings"][0]
    assert row["rule"] == "tiktok_shop.jp.order_cancellation.seller_answers@2025-10-28"
    assert row["arithmetic"] == "cancellation request Mon 1 Dec 10:00 JST + 48 h = Wed 3 Dec 10:00 JST"
    assert row["evidence"]["late_by_seconds"] == 4800
    assert row["evidence"]["due"] == {
        "due_at": "2025-12-03T01:00:00Z",
        "timezone": "Asia/Tokyo",
        "recorded": None,
        "steps": [
            {
                "start_at": "2025-12-01T01:00:00Z",
                "parameter": "seller_response",
                "amount": 48,
                "unit": "hours",
                "due_at": "2025-12-03T01:00:00Z",
                "timezone": "Asia/Tokyo",
                "skipped": [],
            }
        ],
        "platform_due_at": None,
        "drift_seconds": None,
    }


def test_drift(made):
    """The platform's own figure and its distance from ours are numbers too."""
    due = rendered(made.report(made.every_reason()[Reason.OPEN]))["findings"][0]["evidence"]["due"]
    assert (due["platform_due_at"], due["drift_seconds"]) == ("2025-12-03T15:05:00Z", 300)


def test_what_people_wrote_is_hidden(made):
    """Neither texts of messages nor raw lines of the log are in a report, unless asked for."""
    hidden, shown = (b"".join(render(made.report(), View(show_messages=show))).decode() for show in (False, True))
    assert "山田" not in hidden
    assert shown.count("山田") == 2
