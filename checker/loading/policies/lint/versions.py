"""Do the versions of a policy fit their paths, their market and each other?"""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Any

from checker.loading.policies.drafts import Draft
from checker.loading.policies.policy_files import shown
from checker.loading.text.problem import Level, Problem

# What says why or what it is called, not what is asked: it may change without changing a verdict.
_WORDS = frozenset({"title", "note", "because", "effect", "cites", "source", "clause"})
_MEANING = ("timezone", "repealed", "open_windows", "parameters", "matchers", "rules")


def version_problems(drafts: Iterable[Draft]) -> Iterator[Problem]:
    """Wrong paths and markets, twins, and what `change` says against what changed."""
    ordered = sorted(drafts, key=lambda draft: (draft.id, draft.effective, str(draft.path)))
    for draft in ordered:
        yield from _path(draft)
        yield from _market(draft)
    for _, group in groupby(ordered, key=lambda draft: draft.id):
        for earlier, later in pairwise(group):
            yield from _change(earlier, later)


def _path(draft: Draft) -> Iterator[Problem]:
    *folders, file = draft.path.resolve().with_suffix("").parts
    if file != str(draft.effective):
        message = f"in force from `{draft.effective}` in a file named `{file}`; expected the same day"
        yield Problem("P113", draft.node["effective"].location, message)
    topic = draft.id.split(".")
    if folders[-len(topic) :] != topic:
        message = f"policy `{draft.id}` in folder `{'/'.join(folders[-len(topic) :])}`; expected `{'/'.join(topic)}`"
        yield Problem("P113", draft.node["policy"].location, message)


def _market(draft: Draft) -> Iterator[Problem]:
    if not draft.id.startswith(f"{draft.market.id}."):
        message = f"policy `{draft.id}` on the market file of `{draft.market.id}`; expected its own market's"
        yield Problem("P126", draft.node["policy"].location, message)


def _change(earlier: Draft, later: Draft) -> Iterator[Problem]:
    node = later.node["change"]
    if earlier.effective == later.effective:
        message = f"`{later.effective}` is also the first day of {shown(earlier.path)}; expected one version a day"
        yield Problem("P111", later.node["effective"].location, message)
        return
    same = meaning(earlier) == meaning(later)
    if node.value == "initial":
        message = f"`initial`, but {shown(earlier.path)} came before; expected `substantive` or `editorial`"
        yield Problem("P116", node.location, message)
    elif node.value == "editorial" and not same:
        message = f"`editorial`, but its rules or parameters differ from {shown(earlier.path)}; expected `substantive`"
        yield Problem("P114", node.location, message)
    elif node.value == "substantive" and same:
        message = f"`substantive`, but nothing differs from {shown(earlier.path)}; expected `editorial`"
        yield Problem("P115", node.location, message, Level.WARNING)


def meaning(draft: Draft) -> Any:
    """What decides verdicts in a version, as plain data; words that only explain are left out."""
    plain = draft.node.plain
    return _without_words({key: plain.get(key) for key in _MEANING})


def _without_words(value: Any) -> Any:
    match value:
        case dict():
            return {key: _without_words(part) for key, part in value.items() if key not in _WORDS}
        case list():
            return [_without_words(part) for part in value]
        case _:
            return value
