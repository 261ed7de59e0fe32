"""What has been read of each policy file, before anybody asks whether it makes sense?"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from checker.loading.policies.calendars import read_calendar
from checker.loading.policies.markets import read_market
from checker.loading.policies.policy_files import (
    CALENDARS,
    MARKET,
    found_upwards,
    policy_files,
    shipped_policies,
    shown,
)
from checker.loading.text.node import Node
from checker.loading.text.problem import Problem
from checker.loading.text.schema import document
from checker.model.deadline import Calendar
from checker.model.policy import Market


@dataclass(frozen=True, slots=True)
class Draft:
    """One policy file that fits the schema, with its market and every calendar that could be found for it."""

    path: Path
    node: Node
    market: Market
    calendar: str | None
    calendars: dict[str, Calendar]

    @property
    def id(self) -> str:
        """The policy's id."""
        return str(self.node["policy"].value)

    @property
    def effective(self) -> date:
        """The first local day in force."""
        return date.fromisoformat(str(self.node["effective"].value))


def read_drafts(root: Path | None) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """The policies under a folder or in a file, shipped ones for None, and the problems of every file touched."""
    paths, problems = policy_files(shipped_policies() if root is None else root)
    reader = _Reader(list(problems))
    drafts = [reader.draft(path) for path in paths]
    return tuple(draft for draft in drafts if draft is not None), tuple(reader.problems)


@dataclass
class _Reader:
    """Reads each market and calendar once, however many versions stand on it."""

    problems: list[Problem]
    markets: dict[Path, tuple[Market | None, str | None]] = field(default_factory=dict)
    calendars: dict[Path, Calendar | None] = field(default_factory=dict)

    def draft(self, path: Path) -> Draft | None:
        node, problems = document(path, "policy", shown(path))
        self.problems += problems
        if node is None:
            return None
        market, calendar = self.market(path, node)
        if market is None:
            return None
        parameters = node.entries("parameters").values()
        named = {str(parameter["calendar"].value) for parameter in parameters if "calendar" in parameter}
        names = named if calendar is None else named | {calendar}
        found = {name: self.calendar(path, name) for name in sorted(names)}
        usable = {name: read for name, read in found.items() if read is not None}
        return Draft(path, node, market, calendar, usable)

    def market(self, policy: Path, node: Node) -> tuple[Market | None, str | None]:
        """The nearest market file above the policy, else the shipped one for the policy's id."""
        parts = str(node["policy"].value).split(".")
        path = found_upwards(policy, MARKET) or found_upwards(policy, "/".join([*parts[:-1], MARKET]))
        if path is None:
            message = f"no `{MARKET}` in any folder above; expected one that names market `{'.'.join(parts[:-1])}`"
            self.problems.append(Problem("P126", node["policy"].location, message))
            return None, None
        if path not in self.markets:
            market, calendar, problems = read_market(path)
            self.problems += problems
            self.markets[path] = market, calendar
        return self.markets[path]

    def calendar(self, policy: Path, name: str) -> Calendar | None:
        """The calendar of that name from the nearest `calendars` folder above the policy, else the shipped one."""
        path = found_upwards(policy, f"{CALENDARS}/{name}.yaml")
        if path is None:
            return None
        if path not in self.calendars:
            self.calendars[path], problems = read_calendar(path)
            self.problems += problems
        return self.calendars[path]
