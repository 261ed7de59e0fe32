"""What do all policies of one market share?"""

from collections.abc import Iterator
from pathlib import Path

from checker.loading.policies.policy_files import shown
from checker.loading.policies.rules import text
from checker.loading.text.node import Node
from checker.loading.text.problem import Problem, suggestion
from checker.loading.text.schema import document
from checker.model.policy import Market


def read_market(path: Path) -> tuple[Market | None, str | None, tuple[Problem, ...]]:
    """The market of one file, None where it cannot be used; the id of its calendar; the file's problems."""
    node, problems = document(path, "market", shown(path))
    if node is None:
        return None, None, problems
    calendar = node.get("calendar")
    return _market(node), None if calendar is None else str(calendar.value), (*problems, *_problems(node))


def _market(node: Node) -> Market:
    lexicon = node.get("lexicon")
    return Market(
        id=str(node["market"].value),
        timezone=str(node["timezone"].value),
        languages=tuple(str(language.value) for language in node["languages"]),
        states=tuple(str(state.value) for state in node["states"]),
        final=tuple(str(state.value) for state in node["final"]),
        labels={state: text(label) for state, label in node["labels"].items()},
        lexicon=None if lexicon is None else str(lexicon.value),
        orders=_orders(node),
    )


def _orders(node: Node) -> dict[str, tuple[str, ...]]:
    """The facts of the market's orders; an order of another country's market is not one of them."""
    if "orders" in node:
        return {fact: tuple(str(value.value) for value in values) for fact, values in node["orders"].items()}
    return {"market": (str(node["market"].value).rpartition(".")[2].upper(),)}


def _problems(node: Node) -> Iterator[Problem]:
    """What the schema cannot see: labels and states belong together."""
    states = {str(state.value): state for key in ("final", "states") for state in node[key]}
    for state, place in states.items():
        if state not in node["labels"]:
            yield Problem("P121", place.location, f"state `{state}` has no label; expected one under `labels`")
    for state, label in node["labels"].items():
        if state not in states:
            message = f"label of an unknown state `{state}`{suggestion(state, states)}"
            yield Problem("P121", label.key_location, message)
