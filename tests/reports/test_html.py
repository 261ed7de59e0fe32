"""Is the page whole, closed to the network, and safe from what a log says?"""

import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from checker.model.activity import Activity
from checker.model.event import Actor
from checker.model.finding import Reason
from checker.reports.html import render
from checker.reports.view import View

HOSTILE = '1</script><script>alert(1)</script><img src=x onerror=alert(2)>"'


def rendered(report, **view):
    return b"".join(render(report, View(**view))).decode()


def held(page):
    packed = re.search(r'<script type="application/octet-stream" id="data">([^<]*)</script>', page)[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


class Reader(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Keeps the tag."""
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_every_reason_is_told(made, lang):
    """The tables hold each finding in words, worst first; classifications are counted, not listed."""
    report = made.report()
    data = held(rendered(report, lang=lang))
    verdicts = [row["verdict"] for row in data["findings"]]
    assert len(verdicts) == len(report.findings) - 1
    assert verdicts == sorted(
        verdicts, key=["violated", "pending", "undetermined", "satisfied", "not_applicable"].index
    )
    assert all(row["why"] for row in data["findings"])


def test_nothing_is_fetched(made):
    """No tag points outside the page, and the page's own policy forbids what is not in it."""
    page = rendered(made.report())
    tags = Reader(page).tags
    assert [value for _, attrs in tags for name, value in attrs.items() if name in ("src", "href")] == [
        "data:,",
        "#findings",
    ]
    policy = next(attrs["content"] for tag, attrs in tags if tag == "meta" and "http-equiv" in attrs)
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}';")


def test_a_log_cannot_write_markup(made):
    """An order id, a place and a reason from a log stay text on the page and in the pictures."""
    report = made.report()
    history = replace(report.log.histories[0], order_id=HOSTILE)
    report = replace(report, log=replace(report.log, histories=(history,)))
    late = replace(made.every_reason()[Reason.LATE], subject_id=HOSTILE)
    page = rendered(replace(report, findings=(late,)))
    assert [tag for tag, _ in Reader(page).tags].count("script") == 2
    drawn = held(page)["pictures"][HOSTILE]
    assert "<img" not in page + drawn
    assert "<script" not in drawn


def test_picture_of_an_order(made):
    """The picture has the order's events, and the duty with its overrun."""
    drawn = held(rendered(made.report(made.every_reason()[Reason.LATE])))["pictures"][made.ORDER]
    assert drawn.count("<circle") == drawn.count("<li>") == 4
    assert drawn.count('class="over"') == 1
    assert "cancellation request Mon 1 Dec 10:00 JST + 48 h = Wed 3 Dec 10:00 JST" in drawn


def test_due_list_holds_duties_only(made):
    """What falls due next points at the pending duty."""
    data = held(rendered(made.report()))
    (place,) = data["due"]
    assert (data["findings"][place]["left"], data["findings"][place]["verdict"]) == ("12 h", "pending")


def test_limit_stands_beside_its_rate(made):
    """A rate has its share and its limit; an assumed limit says so."""
    report = made.report()
    placed = made.event(Activity.ORDER_CREATED, made.ASKED_AT - timedelta(days=1), Actor.BUYER)
    history = made.history()
    history = replace(history, events=(placed, *history.events))
    report = replace(report, log=replace(report.log, histories=(history,)))
    assert "limit 2.50%" in rendered(report)
    policy = report.policies[0]
    assumed = replace(policy.parameters["fault_limit"], assumed=True)
    policy = replace(policy, parameters={**policy.parameters, "fault_limit": assumed})
    assert "limit 2.50%, assumed by the shop" in rendered(replace(report, policies=(policy,)))


def test_what_people_wrote_is_hidden(made):
    """Messages are in the pictures only if asked for; raw lines of the log never are."""
    hidden, shown = (rendered(made.report(), show_messages=show) for show in (False, True))
    assert "山田" not in hidden + json.dumps(held(hidden), ensure_ascii=False)
    assert "山田様 在庫がなく" in held(shown)["pictures"][made.ORDER]
    assert "5.8E+17" in shown
    assert "山田 5.8E+17" not in shown


def test_no_folder_of_this_machine_is_named(made):
    """Places in the log lose the folders outside the working folder."""
    report = made.report()
    events = tuple(
        replace(event, refs=tuple(replace(ref, path=f"/home/me/{ref.path}") for ref in event.refs))
        for event in report.log.histories[0].events
    )
    history = replace(report.log.histories[0], events=events)
    page = rendered(replace(report, log=replace(report.log, histories=(history,))), root="/srv")
    assert "/home/me" not in page + json.dumps(held(page))
