"""Set UPDATE_GOLDEN=1 to write the golden files anew, then read their diff."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from checker.model.finding import Reason
from checker.model.waiver import Lapse, LapsedWaiver, Waiver, WaiverMatch
from checker.reports.console import deadlines, render, timeline
from checker.reports.view import View

GOLDEN = Path(__file__).parents[1] / "golden"
LANGS = ("en", "ja", "zh")


def compared(name, chunks):
    told, path = b"".join(chunks).decode(), GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGS)
def test_report(made, lang):
    """The whole report reads as it was approved."""
    compared(f"console.{lang}.txt", render(made.report(), View(lang=lang, command="log.jsonl")))


@pytest.mark.parametrize("lang", LANGS)
def test_explanation(made, lang):
    """The reasoning on one order reads as it was approved."""
    compared(f"explain.{lang}.txt", timeline.render(made.report(), View(lang=lang)))


@pytest.mark.parametrize("lang", LANGS)
def test_deadlines(made, lang):
    """The list of deadlines reads as it was approved."""
    compared(f"due.{lang}.txt", deadlines.render(made.report(), View(lang=lang), None))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [80, 120])
def test_width(made, lang, width):
    """No line is wider than the terminal, except those to copy."""
    text = b"".join(render(made.report(), View(lang=lang, width=width, command="log.jsonl"))).decode()
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_many_findings_are_counted(made):
    """Of many violations of a rule five are shown and the rest is counted."""
    late = made.every_reason()[Reason.LATE]
    many = tuple(replace(late, subject_id=f"{number:018}") for number in range(1239))
    text = b"".join(render(made.report(*many), View())).decode()
    assert "… and 1,234 more (--format json for all)" in text
    assert len(text.splitlines()) < 60


def test_nothing_wrong(made):
    """A clean log says so."""
    text = b"".join(render(made.report(made.every_reason()[Reason.DONE]), View())).decode()
    assert "no violations in what could be judged" in text
    assert "no running deadline is known" in text


def test_before_the_first_version(made):
    """A policy that is not yet in force is not said to be."""
    report = replace(made.report(), as_of=made.policy().effective_at - timedelta(seconds=1))
    text = b"".join(render(report, View())).decode()
    assert "Order cancellation in Japan, in force only from 2025-10-28" in text


def test_waivers(made):
    """What is waived or known is counted, and a waiver that waives nothing is named."""
    late = made.every_reason()[Reason.LATE]
    waiver = Waiver(
        "W7", made.POLICY, "r", WaiverMatch(), "why", "who", made.AS_OF, made.AS_OF, late and made.ANSWER.head.location
    )
    report = replace(made.report(replace(late, waived_by="W1")), lapsed=(LapsedWaiver(waiver, Lapse.EXPIRED),))
    text = b"".join(render(report, View())).decode()
    assert "not counted: waived 1 · known from the baseline 0" in text
    assert "! waiver W7 has expired" in text


def test_hostile_data(made):
    """Escapes and markup in ids, paths and reasons are shown, not obeyed."""
    late = made.every_reason()[Reason.LATE]
    report = made.report(replace(late, subject_id="\x1b[2J[red]5\u202e"))
    hostile = replace(report.log.problems[0], path="\x1b]0;x\x07", reason="`[link=x]`")
    report = replace(report, log=replace(report.log, problems=(hostile,)))
    text = b"".join(render(report, View(command="\x1b[2J"))).decode()
    assert "\x1b" not in text
    assert "\\x1b[2J[red]5\\u202e" in text
    assert "\\x1b]0;x\\x07:7: `[link=x]`" in text


def test_messages_on_request(made):
    """A message's text is shown only to who asks for it."""
    hidden, shown = (
        b"".join(timeline.render(made.report(), View(show_messages=show))).decode() for show in (False, True)
    )
    assert "message of 9 characters" in hidden
    assert "山田様" not in hidden
    assert "“山田様 在庫がなく”" in shown


def test_within(made):
    """A span leaves out what is due later, and says so when nothing is left."""
    near = b"".join(deadlines.render(made.report(), View(), timedelta(hours=12))).decode()
    none = b"".join(deadlines.render(made.report(), View(), timedelta(hours=11))).decode()
    assert "12 h       Thu 4 Dec 00:00 JST  582300000000000103" in near
    assert "nothing is due within 11 h" in none
