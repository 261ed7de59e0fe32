"""Is the SARIF log valid, stable and free of this machine's paths?"""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest

from checker.model.event import SourceRef
from checker.model.finding import Reason
from checker.model.rule import Location, Severity
from checker.model.waiver import Lapse, LapsedWaiver, Waiver, WaiverMatch
from checker.reports.sarif import FINGERPRINT, render
from checker.reports.view import View

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)


def rendered(report, **view):
    return json.loads(b"".join(render(report, View(**view))))


def results(report, **view):
    return rendered(report, **view)["runs"][0]["results"]


def lapsed(made):
    waiver = Waiver(
        "W1", made.POLICY, "fault", WaiverMatch(), "r", "a", made.AS_OF, made.AS_OF, Location("/srv/waivers.yaml", 2, 5)
    )
    return LapsedWaiver(waiver, Lapse.EXPIRED, Severity.MINOR)


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_log_fits_the_schema(made, lang):
    """Every reason, a waived, a known violation and a lapsed waiver fit the schema of SARIF 2.1.0."""
    late = made.every_reason()[Reason.LATE]
    accepted = (replace(late, waived_by="W2"), replace(late, known=True))
    report = replace(made.report(*made.every_reason().values(), *accepted), lapsed=(lapsed(made),))
    assert [error.message for error in VALIDATOR.iter_errors(rendered(report, lang=lang))] == []


def test_empty_log_fits_the_schema(made):
    """Without findings the log is whole all the same."""
    assert list(VALIDATOR.iter_errors(rendered(replace(made.report(), findings=())))) == []


def test_only_violations_are_results(made):
    """What is no violation raises no alert; each result names policy and rule."""
    found = results(made.report())
    assert [(row["ruleId"].rpartition("/")[2], row["level"]) for row in found] == [
        ("seller_does_not_ask", "error"),
        ("fault_rate", "error"),
        ("seller_answers", "error"),
        ("seller_answers", "error"),
        ("approved_first", "warning"),
    ]
    assert found[2]["ruleId"] == "tiktok_shop.jp.order_cancellation/seller_answers"


def test_rule_index_points_at_the_rule(made):
    """Every result's `ruleIndex` is the place of its rule."""
    run = rendered(made.report())["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[row["ruleIndex"]]["id"] for row in run["results"]] == [row["ruleId"] for row in run["results"]]


def test_fingerprint_outlives_lines_and_versions(made):
    """Another line, format or version of the policy keeps the fingerprint; another time of the trigger does not."""
    late = made.every_reason()[Reason.LATE]
    trigger = late.evidence.trigger
    moved = replace(trigger, refs=(SourceRef("webhook:1", "other.jsonl", 400),))
    newer = replace(late.rule, effective=date(2026, 5, 1))
    same = replace(late, rule=newer, evidence=replace(late.evidence, trigger=moved))
    later = replace(trigger, occurred_at=trigger.occurred_at + timedelta(seconds=1))
    other = replace(late, evidence=replace(late.evidence, trigger=later))
    one, two, three = (results(made.report(f))[0]["partialFingerprints"][FINGERPRINT] for f in (late, same, other))
    assert one == two != three


def test_the_log_comes_first_and_the_policy_second(made):
    """The place in the log is the location where it has a line, the rule's place the related one."""
    row = results(made.report(made.every_reason()[Reason.LATE]))[0]
    log, policy = row["locations"][0]["physicalLocation"], row["relatedLocations"][0]["physicalLocation"]
    assert log["artifactLocation"]["uri"] == "log.jsonl"
    assert log["region"] == {"startLine": made.LATE_ANSWER.refs[0].line}
    assert (policy["artifactLocation"]["uri"], policy["region"]["startLine"]) == ("policy.yaml", 9)


def test_without_a_line_the_policy_comes_first(made):
    """A pointer into JSON is a logical location of the related place."""
    late = made.every_reason()[Reason.LATE]
    bare = replace(late.evidence.decisive, refs=(SourceRef("cancellation", "c.json", pointer="/data/0"),))
    row = results(made.report(replace(late, evidence=replace(late.evidence, decisive=bare))))[0]
    assert row["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "policy.yaml"
    assert row["relatedLocations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "/data/0"


def test_timeline_is_a_code_flow(made):
    """The events stand in time, the due time among them, the ones that decided marked as essential."""
    row = results(made.report(made.every_reason()[Reason.LATE]))[0]
    steps = row["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [(step["executionTimeUtc"], step["importance"]) for step in steps] == [
        ("2025-12-01T00:20:00Z", "unimportant"),
        ("2025-12-01T01:00:00Z", "essential"),
        ("2025-12-01T03:00:00Z", "unimportant"),
        ("2025-12-03T01:00:00Z", "essential"),
        ("2025-12-03T02:20:00Z", "essential"),
    ]
    assert steps[3]["location"]["message"]["text"] == "due: The seller answers within 48 hours"


def test_waived_and_known_violations(made):
    """A waived violation is suppressed; with a baseline each is new or unchanged, without one neither is said."""
    late = made.every_reason()[Reason.LATE]
    waived, known, new = results(made.report(replace(late, waived_by="W2"), replace(late, known=True), late))
    assert waived["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "W2"}]
    assert [row["baselineState"] for row in (known, new)] == ["unchanged", "new"]
    assert "baselineState" not in results(made.report(late))[0]


def test_problems_and_gaps_are_notifications(made):
    """Data problems warn with their place; what could not be judged says what would settle it, rule by rule."""
    notes = rendered(made.report())["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert notes[0]["level"] == "warning"
    assert notes[0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}
    gap = next(note for note in notes if note.get("properties", {}).get("missing") == ["messages", "disputes"])
    assert gap["associatedRule"]["id"].endswith("/seller_does_not_ask")
    assert "→ add" in gap["message"]["text"]


def test_no_absolute_path(made):
    """Paths below the working folder become relative, others lose their folders."""
    late = made.every_reason()[Reason.LATE]
    away = replace(late.evidence.decisive, refs=(SourceRef("canonical", "/srv/shop/logs/a b.jsonl", 3),))
    report = made.report(replace(late, evidence=replace(late.evidence, decisive=away)))
    inside = results(report, root="/srv/shop")[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    outside = results(report, root="/home/me")[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert (inside["uri"], outside["uri"]) == ("logs/a%20b.jsonl", "a%20b.jsonl")


def test_what_people_wrote_is_hidden(made):
    """Neither texts of messages nor raw lines of the log are in it."""
    assert "山田" not in b"".join(render(made.report(), View())).decode()
