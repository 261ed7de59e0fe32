"""Is the summary Markdown that shows what is meant, and obeys nothing from the log?"""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from checker.model.finding import Reason
from checker.reports.markdown import EXAMPLES, render
from checker.reports.view import View

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def rendered(report, **view):
    return b"".join(render(report, View(**view))).decode()


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_it_is_tables_and_lists(made, lang):
    """Another reader of Markdown finds the counts, the violations and the due table."""
    html = MARKDOWN.render(rendered(made.report(), lang=lang))
    assert html.count("<table>") == 2
    assert html.count("<details>") == html.count("</details>") == 4
    assert html.count("<td>") == 5 + 4


def test_nothing_from_the_log_is_obeyed(made):
    """Markup, links and table cells in an id are shown as they are."""
    hostile = "1|<img src=x onerror=y>[a](javascript:b)`~~*_</details>@all\n# x https://e.example"
    late = replace(made.every_reason()[Reason.LATE], subject_id=hostile)
    html = MARKDOWN.render(rendered(made.report(late)))
    assert "<img" not in html
    assert "<a " not in html
    assert "<h1" not in html
    assert html.count("</details>") == 1
    assert "&lt;img src=x onerror=y&gt;[a](javascript:b)" in html


def test_many_violations_are_counted(made):
    """Of one rule so many are shown, the rest is a number: a step summary is limited."""
    text = rendered(made.report(*[made.every_reason()[Reason.LATE]] * 50))
    assert text.count("late by 1 h 20 min") == EXAMPLES
    assert "- … 30" in text
