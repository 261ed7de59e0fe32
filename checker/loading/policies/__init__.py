"""Files of rules become policies: versions, markets, calendars, assumptions, and what the linter finds."""

from checker.loading.policies.library import load_policies
from checker.loading.policies.policy_files import shipped_policies

__all__ = ["load_policies", "shipped_policies"]
