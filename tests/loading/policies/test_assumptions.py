"""A shop's values for what nobody has published."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checker.loading.policies import load_policies, shipped_policies
from checker.loading.policies.assumptions import Assumptions, assume, load_assumptions
from checker.model.deadline import ByFact, Duration, Unit
from checker.model.error import PolicyError
from checker.model.policy import Parameter, Percent, Policy

JAPAN = shipped_policies() / "tiktok_shop" / "jp" / "order_cancellation" / "2025-10-28.yaml"


def assumptions(folder: Path, body: str, policy: str = "tiktok_shop.jp.order_cancellation") -> Assumptions:
    path = folder / "ours.yaml"
    path.write_text(f"policy: {policy}\nassumptions:\n  {body}\n", encoding="utf-8")
    return load_assumptions(path)


def parameter(policies: tuple[Policy, ...], name: str) -> Parameter:
    return policies[0].parameters[name]


def test_assumed_value(tmp_path: Path) -> None:
    """An unpublished parameter takes the shop's value and says that it is assumed; nothing else changes."""
    given = load_policies(JAPAN)
    made = assume(given, assumptions(tmp_path, "dispatch: {working_days: 3, because: our contract}"))
    assert parameter(made, "dispatch").value == Duration(Unit.WORKING_DAYS, 3, "jp")
    assert parameter(made, "dispatch").assumed
    assert parameter(made, "dispatch").citation == parameter(given, "dispatch").citation
    others = {name: known for name, known in made[0].parameters.items() if name != "dispatch"}
    assert others == {name: known for name, known in given[0].parameters.items() if name != "dispatch"}
    assert not any(known.assumed for known in others.values())


def test_version_that_publishes(tmp_path: Path) -> None:
    """Where a later version publishes the value, only the earlier one takes the shop's."""
    (before,) = load_policies(JAPAN)
    published = replace(before.parameters["dispatch"], value=Duration(Unit.WORKING_DAYS, 2, "jp"))
    after = replace(before, effective=date(2026, 6, 1), parameters={**before.parameters, "dispatch": published})
    made = assume((before, after), assumptions(tmp_path, "dispatch: {working_days: 3, because: our contract}"))
    assert [policy.parameters["dispatch"].assumed for policy in made] == [True, False]
    assert made[1].parameters["dispatch"] == published


def test_own_calendar_and_cut_off(tmp_path: Path) -> None:
    """An assumption may name a calendar beside its file, and a cut-off."""
    (tmp_path / "calendars").mkdir()
    text = "{calendar: ours, source: us, covers: {from: 2025-01-01, to: 2026-12-31}, days_off: [], holidays: {}}"
    (tmp_path / "calendars" / "ours.yaml").write_text(text, encoding="utf-8")
    body = "dispatch: {working_days: 3, calendar: ours, cut_off: '14:00', because: our contract}"
    made = assume(load_policies(JAPAN), assumptions(tmp_path, body))
    value = parameter(made, "dispatch").value
    assert isinstance(value, Duration)
    assert (value.calendar, str(value.cut_off)) == ("ours", "14:00:00")
    assert set(made[0].calendars) == {"jp", "ours"}


def test_percentage(tmp_path: Path) -> None:
    """A percentage is assumed as the exact text."""
    made = assume(
        load_policies(JAPAN), assumptions(tmp_path, "seller_fault_limit: {percent: '2.50', because: as in Thailand}")
    )
    assert parameter(made, "seller_fault_limit").value == Percent("2.50")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "seller_response: {hours: 72, because: small team}",
            "3:3: parameter `seller_response` is published (article 02); expected an unpublished one, a source is not",
        ),
        (
            "dispach: {working_days: 3, because: x}",
            "3:3: undefined parameter `dispach`; did you mean `dispatch`? [P101]",
        ),
        (
            "dispatch: {hours: 3, because: x}",
            "3:3: parameter `dispatch` assumed in hours; expected `working_days` [P103]",
        ),
        ("dispatch: {working_days: 3, calendar: jpp, because: x}", "3:41: unknown calendar `jpp`; expected a file"),
        ("dispatch: {working_days: null, because: x}", "3:28: an empty value does not fit; expected a whole number of"),
        ("dispatch: {working_days: 3}", "3:3: missing key `because`; expected why the shop assumes this value"),
        ("dispatch: {because: x}", "3:3: missing key; expected a unit of"),
    ],
)
def test_refused(tmp_path: Path, body: str, said: str) -> None:
    """What is published, unknown, or in another unit is not assumed; the message says what would be."""
    with pytest.raises(PolicyError) as raised:
        assume(load_policies(JAPAN), assumptions(tmp_path, body))
    (problem,) = raised.value.problems
    assert problem.removeprefix(f"{tmp_path / 'ours.yaml'}:").startswith(said)


def test_unknown_policy(tmp_path: Path) -> None:
    """An assumption about a policy that is not in use is an error, not a no-op."""
    with pytest.raises(PolicyError, match=r"did you mean `tiktok_shop\.jp\.order_cancellation`"):
        body = "dispatch: {working_days: 3, because: x}"
        assume(load_policies(JAPAN), assumptions(tmp_path, body, "tiktok_shop.jp.order_cancelation"))


def test_partly_published_amounts(tmp_path: Path) -> None:
    """Of amounts chosen by a fact, those published stay and only the others are assumed."""
    (policy, *others) = load_policies(JAPAN)
    known = policy.parameters["undelivered"]
    half = replace(known, value=Duration(Unit.CALENDAR_DAYS, ByFact("shipping", {"local": 3, "cross_border": None})))
    given = (replace(policy, parameters={**policy.parameters, "undelivered": half}), *others)
    made = assume(given, assumptions(tmp_path, "undelivered: {calendar_days: 20, because: x}"))
    value = parameter(made, "undelivered").value
    assert isinstance(value, Duration)
    assert value.amount == ByFact("shipping", {"local": 3, "cross_border": 20})
