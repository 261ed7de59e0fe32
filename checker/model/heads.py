"""What is a rule called, how grave is it and who owes it, in the version that a finding names?"""

from collections.abc import Iterable, Mapping

from checker.model.finding import RuleRef
from checker.model.policy import Policy
from checker.model.rule import RuleHead


def heads(policies: Iterable[Policy]) -> Mapping[RuleRef, RuleHead]:
    """The head of every rule in every version; a version that repeals a rule has the head that it had before."""
    found: dict[RuleRef, RuleHead] = {}
    latest: dict[str, dict[str, RuleHead]] = {}
    for policy in sorted(policies, key=lambda policy: policy.effective):
        of_policy = latest.setdefault(policy.id, {})
        of_policy.update({rule.head.id: rule.head for rule in policy.rules})
        found.update({RuleRef(policy.id, name, policy.effective): head for name, head in of_policy.items()})
    return found
