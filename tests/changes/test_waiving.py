"""Which violations are waived, and which waivers waive nothing?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.changes.waiving import with_waivers
from checker.loading.waivers import load_waivers
from checker.model.finding import Verdict
from checker.model.history import OrderHistory
from checker.model.policy import Policy
from checker.model.report import ExitCode, Report
from checker.model.rule import Severity

FILE = """
language: 1
timezone: Asia/Tokyo
waivers:
  - id: W-1
    policy: shop.xx.topic
    rule: seller_answers
    match: {%s}
    reason: warehouse fire
    approved_by: Sato
    ticket: OPS-12
    from: 2025-03-01
    expires: %s
"""


@pytest.fixture
def waived(
    tmp_path: Path,
    policy: Callable[..., Policy],
    asked: Callable[..., OrderHistory],
    report: Callable[..., Report],
) -> Callable[..., Report]:
    """Two orders without an answer, of two shops, under one waiver."""

    def made(match: str, expires: str = "2025-03-31", as_of: str = "2025-03-20T00:00:00+09:00") -> Report:
        path = tmp_path / "waivers.yaml"
        path.write_text(FILE % (match, expires), encoding="utf-8")
        versions = (policy(),)
        orders = (
            asked("o1", "2025-02-01T10:00:00+09:00", product_ids=("p1", "p2")),
            asked("o2", "2025-02-02T10:00:00+09:00", shop_id="S2"),
            asked("o3", "2025-02-02T10:00:00+09:00", "2025-02-02T11:00:00+09:00"),
        )
        return with_waivers(report(versions, orders, as_of), load_waivers(path, versions))

    return made


def waivers_of(report: Report) -> dict[str, str | None]:
    return {f.subject_id: f.waived_by for f in report.findings}


@pytest.mark.parametrize(
    ("match", "orders"),
    [
        ("order_id: o1", {"o1"}),
        ("shop_id: S2", {"o2"}),
        ("product_id: p2", {"o1"}),
        ("order_id: o1, shop_id: S2", set()),
        ("trigger: {request_id: r1}", {"o1", "o2"}),
        ("order_id: o2, trigger: {request_id: r2}", set()),
        ("order_id: o3", set()),
    ],
)
def test_what_matches_is_waived(waived: Callable[..., Report], match: str, orders: set[str]) -> None:
    """A violation is waived where everything that the waiver names is so; nothing else ever is."""
    report = waived(match)
    assert {order for order, waiver in waivers_of(report).items() if waiver == "W-1"} == orders
    assert [lapsed.lapse.value for lapsed in report.lapsed] == ([] if orders else ["unused"])


def test_waived_stays_visible(waived: Callable[..., Report]) -> None:
    """A waived finding keeps its verdict; only the exit code no longer counts it."""
    report = waived("trigger: {request_id: r1}")
    assert report.verdicts[Verdict.VIOLATED] == 2
    assert report.exit_code(Severity.INFO) is ExitCode.CLEAN


@pytest.mark.parametrize(
    ("as_of", "waiver", "lapsed"),
    [
        ("2025-02-28T23:59:59+09:00", None, []),
        ("2025-03-01T00:00:00+09:00", "W-1", []),
        ("2025-03-31T23:59:59+09:00", "W-1", []),
        ("2025-04-01T00:00:00+09:00", None, ["expired"]),
    ],
)
def test_days_are_whole_and_local(
    waived: Callable[..., Report], as_of: str, waiver: str | None, lapsed: list[str]
) -> None:
    """A waiver holds from the first to the last local day, both inclusive; its clock is as_of."""
    report = waived("order_id: o1", as_of=as_of)
    assert waivers_of(report)["o1"] == waiver
    assert [found.lapse.value for found in report.lapsed] == lapsed


def test_an_expired_waiver_is_a_finding(waived: Callable[..., Report]) -> None:
    """When it expires the violation counts again, and the waiver itself is a minor finding."""
    late = waived("order_id: o1", as_of="2025-04-01T00:00:00+09:00")
    unused = waived("order_id: o3")
    assert late.exit_code(Severity.MAJOR) is ExitCode.VIOLATIONS
    assert (unused.lapsed[0].severity, unused.lapsed[0].waiver.id) == (Severity.MINOR, "W-1")


def test_other_policies_waivers_rest(waived: Callable[..., Report], tmp_path: Path) -> None:
    """A waiver of a policy that did not judge is neither used nor unused."""
    report = waived("order_id: o1")
    path = tmp_path / "waivers.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("shop.xx.topic", "shop.yy.topic"), encoding="utf-8")
    assert with_waivers(report, load_waivers(path, report.policies)).lapsed == ()
