"""Text becomes frozen values: policies, calendars, lexicons and event logs."""

from checker.loading.policies import load_policies, shipped_policies
from checker.loading.policies.assumptions import assume, load_assumptions
from checker.loading.policies.lint import lint
from checker.loading.text.schema import schema_text

__all__ = ["assume", "lint", "load_assumptions", "load_policies", "schema_text", "shipped_policies"]
