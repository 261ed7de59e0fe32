"""What several tests of the harness share."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from checker.harness.cases import Case, cases
from checker.harness.feature import Feature, parse_feature, read_feature
from checker.loading.policies import load_policies
from checker.model.policy import Policy

SHIPPED = Path(__file__).parents[2] / "features"
HEAD = """Feature: f
  Background:
    Given the policy is tiktok_shop.jp.order_cancellation@2025-10-28
    And at 2025-12-01 08:00 the buyer places the order (status unpaid)
"""


@pytest.fixture(scope="session")
def pool() -> tuple[Policy, ...]:
    return load_policies()


@pytest.fixture(scope="session")
def shipped(pool: tuple[Policy, ...]) -> dict[Path, Feature]:
    """Every shipped feature by its path."""
    return {path: read_feature(path) for path in sorted(SHIPPED.rglob("*.feature"))}


@pytest.fixture(scope="session")
def shipped_cases(shipped: dict[Path, Feature], pool: tuple[Policy, ...]) -> tuple[Case, ...]:
    return tuple(case for feature in shipped.values() for case in cases(feature, pool))


@pytest.fixture
def told(pool: tuple[Policy, ...]) -> Callable[..., tuple[Case, ...]]:
    """The tests of English steps, after an order placed unpaid on 2025-12-01 08:00 Tokyo time."""

    def made(*steps: str, head: str = HEAD) -> tuple[Case, ...]:
        return cases(parse_feature(head + scenario("s", steps), "a.feature"), pool)

    return made


def scenario(name: str, steps: Sequence[str]) -> str:
    return f"\n  Scenario: {name}\n" + "".join(f"    * {step}\n" for step in steps)
