"""How is a baseline written?"""

import json
from collections.abc import Mapping
from datetime import datetime

from checker.model.finding import Finding


def baseline_json(cases: Mapping[str, Finding], as_of: datetime) -> str:
    """One case a line, sorted, so that two baselines can be read side by side; only `case` counts."""
    rows = sorted(json.dumps({"case": key, **_said(finding)}, ensure_ascii=False) for key, finding in cases.items())
    lines = ",\n".join(f"  {row}" for row in rows)
    return f'{{"baseline": 1, "as_of": "{as_of.isoformat()}", "cases": [\n{lines}\n]}}\n'


def _said(finding: Finding) -> dict[str, str]:
    trigger = finding.evidence.trigger
    said = {"rule": f"{finding.rule.policy}.{finding.rule.rule}", finding.subject.value: finding.subject_id}
    return said if trigger is None else {**said, "trigger": f"{trigger.activity} {trigger.occurred_at.isoformat()}"}
