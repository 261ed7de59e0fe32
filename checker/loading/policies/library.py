"""Which policies are there, as values?"""

import hashlib
import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from checker.loading.policies.drafts import Draft, read_drafts
from checker.loading.policies.lint import draft_problems
from checker.loading.policies.parameters import matcher, parameter, source
from checker.loading.policies.policy_files import shown
from checker.loading.policies.rules import rule, text
from checker.loading.text.node import Node
from checker.loading.text.problem import refuse
from checker.model.policy import Change, EffectiveBasis, OpenWindows, Policy


def load_policies(root: Path | None = None) -> tuple[Policy, ...]:
    """The versions under a folder or in one file, by id and then by day in force; None: those shipped.

    Raises: PolicyError with every problem of every file.
    """
    drafts, problems = read_drafts(root)
    refuse((*problems, *draft_problems(drafts)))
    return tuple(sorted(map(_policy, drafts), key=lambda policy: (policy.id, policy.effective)))


def _policy(draft: Draft) -> Policy:
    node = draft.node
    timezone = str(node["timezone"].value) if "timezone" in node else draft.market.timezone
    return Policy(
        id=draft.id,
        effective=draft.effective,
        effective_at=datetime.combine(draft.effective, time(), ZoneInfo(timezone)).astimezone(UTC),
        effective_basis=EffectiveBasis(str(node["effective_basis"].value)),
        published=date.fromisoformat(str(node["published"].value)),
        timezone=timezone,
        change=Change(str(node["change"].value)),
        open_windows=OpenWindows(str(node["open_windows"].value)),
        title=text(node["title"]),
        sources={name: source(name, body) for name, body in node["sources"].items()},
        parameters={name: parameter(name, body, draft.calendar) for name, body in node.entries("parameters").items()},
        matchers={name: matcher(name, body) for name, body in node.entries("matchers").items()},
        rules=tuple(rule(body) for body in node["rules"]),
        market=draft.market,
        calendars=draft.calendars,
        digest=_digest(node),
        path=shown(draft.path),
        repealed="repealed" in node and bool(node["repealed"].value),
    )


def _digest(node: Node) -> str:
    """SHA-256 over what the file says, whatever its spaces, comments and order of keys; `reviewed_on` says nothing."""
    said = {key: value for key, value in node.plain.items() if key != "reviewed_on"}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
