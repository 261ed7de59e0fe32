"""Is the JUnit report what build servers read?"""

from dataclasses import replace
from pathlib import Path

import pytest
from junitparser import JUnitXml
from lxml import etree

from checker.model.finding import Reason
from checker.reports.junit import render
from checker.reports.view import View

XSD = etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "schemas" / "junit-10.xsd"))


def rendered(report, **view):
    return b"".join(render(report, View(**view)))


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_report_fits_the_schema(made, lang):
    """A report with every reason fits the schema of Jenkins."""
    XSD.assertValid(etree.fromstring(rendered(made.report(), lang=lang)))


def test_counts_are_the_verdicts(made):
    """New violations fail, satisfied findings pass, everything else is skipped; problems of the log are errors."""
    report = made.report()
    found = JUnitXml.fromstring(rendered(report))
    found.update_statistics()
    assert (found.tests, found.failures, found.errors) == (len(report.findings) + 1, 5, 1)
    passed = sum(case.is_passed for suite in found for case in suite)
    assert passed == sum(finding.verdict == "satisfied" for finding in report.findings)


def test_a_late_answer(made):
    """A failure has the severity as its type, and proof: title, clause, search, place in the log."""
    found = JUnitXml.fromstring(rendered(made.report(made.every_reason()[Reason.LATE])))
    case = next(iter(next(iter(found))))
    assert case.classname == "tiktok_shop.jp.order_cancellation/seller_answers"
    assert case.name == "order 582300000000000103 Mon 1 Dec 10:00 JST #1"
    failure = case.result[0]
    assert (failure.type, failure.message.partition(" | ")[2]) == (
        "major",
        "cancellation request Mon 1 Dec 10:00 JST + 48 h = Wed 3 Dec 10:00 JST",
    )
    assert failure.text.splitlines()[-1].startswith("log.jsonl:")


def test_accepted_violations_are_skipped(made):
    """What is waived or known does not fail, and says so."""
    late = made.every_reason()[Reason.LATE]
    found = JUnitXml.fromstring(rendered(made.report(replace(late, waived_by="W2"), replace(late, known=True))))
    said = [case.result[0].message.partition(":")[0] for case in next(iter(found))]
    assert said == ["waived by W2", "known"]


def test_hostile_text_stays_text(made):
    """Controls that XML forbids are written out, markup is escaped."""
    late = replace(made.every_reason()[Reason.LATE], subject_id='1"]]><x>\x00\x1b\ud800')
    root = etree.fromstring(rendered(made.report(late)))
    XSD.assertValid(root)
    assert root.findall(".//x") == []
    assert r"\x00\x1b\ud800" in root.find(".//testcase").get("name")
