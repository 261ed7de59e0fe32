"""Does a spreadsheet get the running deadlines?"""

import csv
import io
from dataclasses import replace

from checker.model.finding import Reason
from checker.reports.due_csv import render
from checker.reports.view import View


def test_a_running_deadline(made):
    """A row per deadline, in which no id is a formula."""
    hostile = replace(made.every_reason()[Reason.OPEN], subject_id="=1+1")
    text = b"".join(render(made.report(hostile), View(), None)).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["subject_id"], row["due_at"], row["bearer"]) == ("'=1+1", "2025-12-03T15:00:00Z", "seller")
