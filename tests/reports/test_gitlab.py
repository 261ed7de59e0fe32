"""Is the list of code quality issues what GitLab documents?"""

import json
from dataclasses import replace

import jsonschema

from checker.model.finding import Reason
from checker.reports.gitlab import render
from checker.reports.view import View

# The fields that https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format requires.
ISSUES = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./|/)"},
                    "lines": {"required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}


def issues(report, **view):
    return json.loads(b"".join(render(report, View(**view))))


def test_issues_have_what_gitlab_asks_for(made):
    """Every violation is an issue with all required fields; the gravest comes first."""
    found = issues(made.report())
    jsonschema.validate(found, ISSUES)
    assert [issue["severity"] for issue in found] == ["critical", "major", "major", "major", "minor"]


def test_fingerprints_are_unique(made):
    """Two findings of one case are both shown."""
    late = made.every_reason()[Reason.LATE]
    one, two = issues(made.report(late, late))
    assert two["fingerprint"] == f"{one['fingerprint']}-2"


def test_accepted_violations_are_no_issues(made):
    """What is waived or known is left out."""
    late = made.every_reason()[Reason.LATE]
    assert issues(made.report(replace(late, known=True), replace(late, waived_by="W2"))) == []
