"""Which days are off, according to a calendar file?"""

from datetime import date, timedelta
from pathlib import Path

from checker.loading.policies.policy_files import shown
from checker.loading.text.node import Node
from checker.loading.text.problem import Problem, refuse
from checker.loading.text.schema import document
from checker.model.deadline import Calendar

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def load_calendar(path: Path) -> Calendar:
    """The calendar of one file.

    Raises: PolicyError with every problem of the file.
    """
    found, problems = read_calendar(path)
    refuse(problems)
    assert found is not None  # noqa: S101 - no calendar always comes with a problem
    return found


def read_calendar(path: Path) -> tuple[Calendar | None, tuple[Problem, ...]]:
    """The calendar of one file, None where it cannot be used, and the file's problems."""
    node, problems = document(path, "calendar", shown(path))
    if node is None:
        return None, problems
    found = _calendar(node)
    return found, (*problems, *_problems(path, node, found))


def _calendar(node: Node) -> Calendar:
    covers = node["covers"]
    return Calendar(
        id=str(node["calendar"].value),
        days_off=frozenset(WEEKDAYS.index(str(day.value)) for day in node["days_off"]),
        holidays={date.fromisoformat(day): str(name.value) for day, name in node["holidays"].items()},
        working=frozenset(_day(day) for day in node["working"]) if "working" in node else frozenset(),
        covers_from=_day(covers["from"]),
        covers_to=_day(covers["to"]),
        source=str(node["source"].value),
    )


def _problems(path: Path, node: Node, found: Calendar) -> tuple[Problem, ...]:
    """What the schema cannot see in a calendar."""
    problems = []
    if found.id != path.stem:
        message = f"calendar `{found.id}` in a file named `{path.stem}`; expected the same name"
        problems.append(Problem("P113", node["calendar"].location, message))
    if found.covers_to < found.covers_from:
        message = f"`{found.covers_to}` is before `{found.covers_from}`; expected a later day"
        problems.append(Problem("P151", node["covers"]["to"].location, message))
    for day, name in node["holidays"].items():
        if not found.covers_from <= date.fromisoformat(day) <= found.covers_to:
            message = f"holiday `{day}` lies outside the covered range; expected a day within it"
            problems.append(Problem("P151", name.key_location, message))
    return tuple(problems)


def covers(calendar: Calendar, day: date) -> bool:
    """Whether the calendar knows that day and the next one."""
    return calendar.covers_from <= day and day + timedelta(days=1) <= calendar.covers_to


def _day(node: Node) -> date:
    return date.fromisoformat(str(node.value))
