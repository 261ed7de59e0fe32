"""How did the versions of a topic change?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from checker.changes.diff import difference
from checker.harness.catalogue import LANGUAGES
from checker.model.policy import Policy
from checker.reports.amounts import amount_text
from checker.reports.differences import difference_text
from checker.reports.phrases import Lang


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its day, the page of its scenarios if there is one, what changed from the version before."""

    effective: str
    slug: str | None
    changed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One rule or parameter across the versions: its title, and one cell for each version."""

    name: str
    title: Mapping[str, str]
    cells: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """All versions of one policy, oldest first, with rules and parameters side by side."""

    slug: str
    title: Mapping[str, str]
    versions: tuple[Version, ...]
    rules: tuple[Comparison, ...]
    parameters: tuple[Comparison, ...]


def topics(pool: Sequence[Policy], pages: Mapping[str, str]) -> tuple[Topic, ...]:
    """The topics of all policies; `pages` are the pages of versions that have scenarios, by `policy@day`."""
    ordered = sorted(pool, key=lambda policy: (policy.id, policy.effective))
    return tuple(_topic(tuple(versions), pages) for _, versions in groupby(ordered, key=lambda policy: policy.id))


def _topic(versions: Sequence[Policy], pages: Mapping[str, str]) -> Topic:
    latest = versions[-1]
    changed = [dict.fromkeys(LANGUAGES, ""), *(_changed(old, new) for old, new in pairwise(versions))]
    told = (
        Version(policy.effective.isoformat(), pages.get(f"{policy.id}@{policy.effective}"), text)
        for policy, text in zip(versions, changed, strict=True)
    )
    return Topic(latest.id, latest.title, tuple(told), _rules(versions), _parameters(versions))


def _changed(old: Policy, new: Policy) -> dict[str, str]:
    found = difference(old, new)
    return {lang: difference_text(found, lang) for lang in _langs()}


def _langs() -> tuple[Lang, ...]:
    return ("zh", "ja", "en")


def _rules(versions: Sequence[Policy]) -> tuple[Comparison, ...]:
    """Every rule that any version has: present or not."""
    titles = {rule.head.id: rule.head.title for policy in versions for rule in policy.rules}
    there = [{rule.head.id for rule in policy.rules} for policy in versions]
    return tuple(
        Comparison(name, title, tuple(dict.fromkeys(LANGUAGES, "●" if name in ids else "") for ids in there))
        for name, title in titles.items()
    )


def _parameters(versions: Sequence[Policy]) -> tuple[Comparison, ...]:
    names = dict.fromkeys(name for policy in versions for name in policy.parameters)
    return tuple(
        Comparison(name, dict.fromkeys(LANGUAGES, name), tuple(_value(policy, name) for policy in versions))
        for name in names
    )


def _value(policy: Policy, name: str) -> Mapping[str, str]:
    parameter = policy.parameters.get(name)
    return {lang: "" if parameter is None else amount_text(lang, parameter.value) for lang in _langs()}
