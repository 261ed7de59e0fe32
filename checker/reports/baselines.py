"""How is a baseline written?"""

import json
from collections.abc import Mapping
from datetime import datetime

from checker.model.finding import Finding

Said = Mapping[str, str]
"""What is said of a case besides its key, for people to read."""


def baseline_json(cases: Mapping[str, Said], as_of: datetime) -> str:
    """One case a line, sorted, so that two baselines can be read side by side; only `case` counts."""
    rows = sorted(json.dumps({"case": key, **said}, ensure_ascii=False) for key, said in cases.items())
    lines = ",\n".join(f"  {row}" for row in rows)
    return f'{{"baseline": 1, "as_of": "{as_of.isoformat()}", "cases": [\n{lines}\n]}}\n'


def said_of(finding: Finding) -> Said:
    """The rule, the subject, and what set it off."""
    trigger = finding.evidence.trigger
    said = {"rule": f"{finding.rule.policy}.{finding.rule.rule}", finding.subject.value: finding.subject_id}
    return said if trigger is None else {**said, "trigger": f"{trigger.activity} {trigger.occurred_at.isoformat()}"}
