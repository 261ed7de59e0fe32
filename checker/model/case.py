"""Which case is a finding about, whatever the version, the log's format and the line?"""

import hashlib

from checker.model.event import Event
from checker.model.finding import Finding

KEY_LENGTH = 32
_TELLING = ("request_id", "channel", "text")


def case_key(finding: Finding) -> str:
    """The same 32 hexadecimal digits for the same case in every run: policy, rule, subject and what set it off.

    The version does not count, so that a new one keeps what is known; nor do file, line, or which format told of the
    event. Two messages of one second differ by their text.
    """
    rule, trigger = finding.rule, finding.evidence.trigger
    parts = (
        rule.policy,
        rule.rule,
        finding.subject.value,
        finding.subject_id,
        *(_identity(trigger) if trigger else ()),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:KEY_LENGTH]


def _identity(event: Event) -> tuple[str, ...]:
    told = (event.attributes.get(name) for name in _TELLING)
    when = event.occurred_at.isoformat()
    return event.order_id, event.activity.value, when, *("" if value is None else str(value) for value in told)
