"""Text becomes frozen values: policies, calendars, lexicons and event logs."""

from checker.loading.assumptions import assume, load_assumptions
from checker.loading.lint import lint
from checker.loading.policies import load_policies, shipped_policies
from checker.loading.schema import schema_text

__all__ = ["assume", "lint", "load_assumptions", "load_policies", "schema_text", "shipped_policies"]
