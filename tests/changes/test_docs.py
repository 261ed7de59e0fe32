"""Does the page on the linter say what the linter says?"""

from pathlib import Path

import pytest

from checker.loading.policies.lint import explanations

PAGE = Path(__file__).parents[2] / "docs" / "lint.md"


@pytest.mark.parametrize("number", sorted(explanations()))
def test_page_explains(number: str) -> None:
    """Every kind of problem is on the page as the catalogue has it."""
    found, page = explanations()[number], PAGE.read_text(encoding="utf-8")
    section = page.partition(f"\n## {number}\n")[2].partition("\n## ")[0]
    assert f"**{found.title}** ({found.level}). {found.why}" in section
    assert f"```yaml\n{found.bad.rstrip()}\n```" in section
    assert f"```yaml\n{found.good.rstrip()}\n```" in section
