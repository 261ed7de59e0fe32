"""Does a machine get the running deadlines?"""

import json

from checker.reports.due_json import render
from checker.reports.view import View


def test_a_running_deadline(made):
    """Instants are UTC and local, the time left is counted from the audit."""
    found = json.loads(b"".join(render(made.report(), View(), None)))
    (row,) = found["due"]
    assert (found["as_of"], found["undated"]) == ("2025-12-03T03:00:00Z", 0)
    assert (row["due_at"], row["due_local"]) == ("2025-12-03T15:00:00Z", "2025-12-04T00:00:00+09:00")
    assert (row["left_seconds"], row["bearer"], row["platform_due_at"]) == (43200.0, "seller", "2025-12-03T15:05:00Z")
