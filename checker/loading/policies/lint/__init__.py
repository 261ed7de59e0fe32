"""The semantic linter: what the schema cannot see, each kind of problem under a stable id."""

from checker.loading.policies.lint.catalogue import Explanation, explanations
from checker.loading.policies.lint.linter import draft_problems, lint

__all__ = ["Explanation", "draft_problems", "explanations", "lint"]
