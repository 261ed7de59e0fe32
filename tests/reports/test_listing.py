"""Does every format say how much of a store it lists, and count all of it?"""

import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from checker import __version__
from checker.model.finding import Reason
from checker.model.report import Report
from checker.model.rule import Severity
from checker.reports.formats import DUE_FORMATS, FORMATS, render, render_due
from checker.reports.listing import listed, listed_due
from checker.reports.summary import accepted, cancellations, dated, undated, unjudged, violations
from checker.reports.view import View

GOLDEN = Path(__file__).parents[1] / "golden"
VIOLATIONS = "5 of 10 violations are listed"
FINDINGS = "24 of 48 findings are listed"


@pytest.fixture
def part(made) -> Report:
    """A report that lists half of what it counts: every finding twice, on two orders."""
    report = made.report()
    other = replace(report.log.histories[0], order_id="2")
    twice = tuple(replace(f, subject_id="2") if f.subject.value == "order" else f for f in report.findings)
    log = replace(report.log, histories=(*report.log.histories, other), problems=report.log.problems * 2)
    whole = replace(report, findings=report.findings + twice, log=log, strays=("3", "4"))
    return replace(report, whole=whole.census, strays=("3",))


def text(report: Report, form: str, **view: object) -> str:
    return b"".join(render(form, report, View(**view))).decode()


def test_counts_are_of_everything(part):
    """Violations, orders, what is unjudged, due or cancelled, and problems are counted whether listed or not."""
    assert part.verdicts == {verdict: 2 * count for verdict, count in replace(part, whole=None).verdicts.items()}
    assert [(group.count, len(group.findings)) for group in violations(part)] == [(2, 1), (4, 2), (2, 1), (2, 1)]
    assert (dated(part), undated(part), accepted(part), cancellations(part).total) == (2, 0, (0, 0), 2)
    assert {group.findings for group in unjudged(part)} == {2}
    assert {group.subjects for group in unjudged(part)} == {0, 2}
    assert "orders 2 · events 8" in text(part, "console")
    assert "findings 10 · orders 2" in text(part, "console")
    assert "DATA PROBLEMS  2" in text(part, "console")


def test_exit_code_is_of_everything(part, made):
    """A violation, a stray or an undetermined finding that is not listed decides the exit code all the same."""
    none = replace(part, findings=(), strays=())
    assert none.exit_code(Severity.MINOR) == 1
    calm = made.report(made.every_reason()[Reason.DONE])
    strayed = replace(calm, whole=replace(calm.census, strays=1))
    assert (strayed.exit_code(Severity.MINOR), strayed.exit_code(Severity.MINOR, strict=True)) == (0, 3)


@pytest.mark.parametrize("form", ["markdown", "github", "gitlab", "sarif"])
def test_lists_of_violations_say_so(part, form):
    """Formats that list violations say how many they leave out, and what has all."""
    told = text(part, form).replace("&#45;", "-").replace("&#61;", "=")
    assert VIOLATIONS in told
    assert "--output parquet=FILE" in told


@pytest.mark.parametrize("form", ["html", "junit"])
def test_lists_of_findings_say_so(part, form):
    """So do formats that list every kind of finding."""
    assert FINDINGS in text(part, form)


def test_json_counts_all(part):
    """The JSON report lists a part; its tallies are of everything."""
    told = json.loads(text(part, "json"))
    assert (told["listed"], len(told["findings"])) == (24, 24)
    assert sum(row["count"] for row in told["tallies"]) == 48
    assert (told["log"]["orders"], told["log"]["problems_found"]) == (2, 2)


@pytest.mark.parametrize("form", ["table", "json", "ics"])
def test_due_list_says_so(part, form):
    """A list of deadlines says how many there are."""
    told = b"".join(render_due(form, part, View(), None)).decode().replace("\r\n ", "")
    assert ('"running": 2' if form == "json" else "1 of 2 running deadlines are listed") in told


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_whole_report_says_nothing(made, lang):
    """Where everything is listed no format speaks of a part."""
    whole = made.report()
    assert [listed(whole, lang, what) for what in ("findings", "violations")] == [None] * 2
    assert listed_due(whole, lang, None) is None
    assert "--output parquet" not in "".join(
        b"".join(render(form, whole, View(lang=lang))).decode("utf-8", "replace")
        for form in FORMATS
        if form not in ("parquet", "html")
    )
    assert all(
        "--output parquet" not in b"".join(render_due(form, whole, View(lang=lang), None)).decode()
        for form in DUE_FORMATS
    )


@pytest.mark.parametrize(("hours", "is_told"), [(11, False), (12, True), (None, True)])
def test_all_that_is_due_soon_is_listed(part, hours, is_told):
    """Where a rule's list goes beyond the span that is asked for, everything in the span is listed."""
    within = None if hours is None else timedelta(hours=hours)
    assert (listed_due(part, "en", within) is not None) is is_told


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_store_at_a_terminal(part, lang):
    """What a reader of a store's report sees: all counts, a part listed. UPDATE_GOLDEN=1 writes the files anew."""
    due = b"".join(render_due("table", part, View(lang=lang), None)).decode()
    told = (text(part, "console", lang=lang) + due).replace(__version__, "VERSION")
    path = GOLDEN / f"store.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text("utf-8")


def test_store_without_an_account_tells_of_none(part):
    """Where nothing is known of the files that a store was made from, nothing is said of their records."""
    nameless = replace(part, log=replace(part.log, sources={}))
    assert "records read" in text(part, "console")
    assert "records read" not in text(nameless, "console") + text(nameless, "html")
