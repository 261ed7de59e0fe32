"""Are annotations for GitHub commands that it reads, and nothing else?"""

import re
from dataclasses import replace

from checker.model.finding import Reason
from checker.reports.github import render
from checker.reports.view import View


def lines(report):
    return b"".join(render(report, View())).decode().splitlines()


def test_a_late_answer(made):
    """A violation stands beside its line in the log, a data problem beside its own."""
    line = made.LATE_ANSWER.refs[0].line
    violation, problem = lines(made.report(made.every_reason()[Reason.LATE]))
    assert violation == (
        f"::error file=log.jsonl,line={line},title=The seller answers within 48 hours::order 582300000000000103: "
        "seller approved the cancellation on Wed 3 Dec 11:20 JST, late by 1 h 20 min | "
        "cancellation request Mon 1 Dec 10:00 JST + 48 h = Wed 3 Dec 10:00 JST"
    )
    assert problem.startswith("::warning file=log.jsonl,line=7,title=log::`order_id` is")


def test_accepted_violations_raise_nothing(made):
    """What is waived or known is not annotated."""
    late = made.every_reason()[Reason.LATE]
    assert len(lines(made.report(replace(late, known=True), replace(late, waived_by="W2")))) == 1


def test_no_second_command_can_be_smuggled_in(made):
    """Line ends and separators in texts from the log are escaped."""
    late = replace(made.every_reason()[Reason.LATE], subject_id="1\n::set-output name=x::y\r%0A")
    violation, _ = lines(made.report(late))
    assert re.findall(r"^::\w+ ", violation) == ["::error "]
    assert r"1\x0a::set-output name=x::y\x0d%250A" in violation
