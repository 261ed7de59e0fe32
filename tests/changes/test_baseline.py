"""Which violations were known before?"""

from collections.abc import Callable
from dataclasses import replace

from checker.changes.baseline import known_cases, with_baseline
from checker.model.case import case_key
from checker.model.event import SourceRef
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.report import ExitCode, Report
from checker.model.rule import Severity

OLD = ("o1", "2025-02-01T10:00:00+09:00")
NEW = ("o2", "2025-02-02T10:00:00+09:00")
AS_OF = "2025-03-01T00:00:00+09:00"


def test_only_what_is_new_fails(
    policy: Callable[..., Policy], asked: Callable[..., OrderHistory], report: Callable[..., Report]
) -> None:
    """A known violation stays visible and no longer fails; another order's still does."""
    versions = (policy(),)
    cases = known_cases(report(versions, [asked(*OLD)], AS_OF)).keys()
    same = with_baseline(report(versions, [asked(*OLD)], AS_OF), cases)
    more = with_baseline(report(versions, [asked(*OLD), asked(*NEW)], AS_OF), cases)
    assert [finding.known for finding in more.findings] == [True, False]
    assert same.exit_code(Severity.INFO) is ExitCode.CLEAN
    assert more.exit_code(Severity.INFO) is ExitCode.VIOLATIONS


def test_waived_cases_do_not_enter(
    policy: Callable[..., Policy], asked: Callable[..., OrderHistory], report: Callable[..., Report]
) -> None:
    """What is waived for a time is not known for ever."""
    found = report((policy(),), [asked(*OLD)], AS_OF)
    waived = replace(found, findings=tuple(replace(finding, waived_by="W-1") for finding in found.findings))
    assert known_cases(waived) == {}


def test_the_key_is_the_case(
    policy: Callable[..., Policy], asked: Callable[..., OrderHistory], report: Callable[..., Report]
) -> None:
    """The key outlives a new version, another file and another line; another order or trigger is another case."""
    history = asked(*OLD)
    moved = replace(
        history,
        events=tuple(replace(e, event_id=f"x{e.event_id}", refs=(SourceRef("x", "y", 9),)) for e in history.events),
    )
    keys = [
        case_key(report((policy(effective=day),), [orders], AS_OF).findings[0])
        for day, orders in (
            ("2025-01-01", history),
            ("2025-01-15", moved),
            ("2025-01-01", asked(OLD[0], NEW[1])),
            ("2025-01-01", asked(NEW[0], OLD[1])),
        )
    ]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3
