"""Calendars: the shipped ones are right, and broken ones are told."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from checker.loading.policies.calendars import load_calendar
from checker.loading.policies.policy_files import shipped_policies
from checker.model.error import PolicyError

JAPAN = shipped_policies() / "calendars" / "jp.yaml"
BASE = """\
calendar: xx
source: somebody
covers: {from: 2026-01-01, to: 2026-12-31}
days_off: [saturday, sunday]
holidays:
  2026-01-01: New Year
working: [2026-01-03]
"""


def broken(folder: Path, old: str, new: str) -> list[str]:
    path = folder / "xx.yaml"
    path.write_text(BASE.replace(old, new), encoding="utf-8")
    with pytest.raises(PolicyError) as raised:
        load_calendar(path)
    return [problem.removeprefix(f"{path}:") for problem in raised.value.problems]


def test_fields(tmp_path: Path) -> None:
    """A calendar has days off, holidays with names, days worked all the same, and a covered range."""
    (tmp_path / "xx.yaml").write_text(BASE, encoding="utf-8")
    calendar = load_calendar(tmp_path / "xx.yaml")
    assert calendar.days_off == {5, 6}
    assert calendar.holidays == {date(2026, 1, 1): "New Year"}
    assert calendar.working == {date(2026, 1, 3)}
    assert (calendar.covers_from, calendar.covers_to) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("calendar: xx", "calendar: yy", "1:11: calendar `yy` in a file named `xx`; expected the same name [P113]"),
        ("to: 2026", "to: 2025", "3:32: `2025-12-31` is before `2026-01-01`; expected a later day [P151]"),
        ("sunday", "sonday", "4:22: `sonday` is not known; did you mean `sunday`? [P002]"),
        ("2026-01-01: New", "2027-01-01: New", "6:3: holiday `2027-01-01` lies outside the covered range; expected a"),
        ("2026-01-01: New", "2026-13-01: New", "6:3: key `2026-13-01` does not fit; expected a day such as 2025-10-28"),
        ("source: somebody\n", "", "1:1: missing key `source`; expected some text"),
    ],
)
def test_broken_calendars(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A calendar that contradicts itself or its schema is refused, with the place."""
    assert broken(tmp_path, old, new)[0].startswith(said)


def test_japan_three_years() -> None:
    """The shipped Japanese calendar knows 2025 to 2027, names every holiday and says where they come from."""
    japan = load_calendar(JAPAN)
    assert (japan.covers_from, japan.covers_to) == (date(2025, 1, 1), date(2027, 12, 31))
    assert "Cabinet Office" in japan.source
    assert [sum(day.year == year for day in japan.holidays) for year in (2025, 2026, 2027)] == [19, 18, 17]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 11, 24), "振替休日"),
        (date(2026, 5, 6), "振替休日"),
        (date(2026, 9, 21), "敬老の日"),
        (date(2026, 9, 22), "国民の休日"),
        (date(2026, 9, 23), "秋分の日"),
        (date(2027, 3, 22), "振替休日"),
    ],
)
def test_japan_moved_holidays(day: date, name: str) -> None:
    """Substitute holidays and the citizens' holiday of 2026 are in the shipped calendar."""
    assert load_calendar(JAPAN).holidays[day] == name


def test_japan_obeys_the_act() -> None:
    """A Sunday holiday moves to the next day that is none, and a day between two holidays is one itself."""
    holidays = load_calendar(JAPAN).holidays
    for day in holidays:
        if day.weekday() == 6:
            moved = day
            while moved in holidays and holidays[moved] != "振替休日":
                moved += timedelta(days=1)
            assert holidays.get(moved) == "振替休日"
        if day + timedelta(days=2) in holidays and (day + timedelta(days=1)).weekday() != 6:
            assert day + timedelta(days=1) in holidays
