"""Pytest fixtures for tests of policies; switch them on with `pytest_plugins = ["checker.testing.fixtures"]`."""

from collections.abc import Callable

import pytest

from checker.harness.plugin import POLICIES, named
from checker.harness.pool import pool
from checker.model.finding import Finding
from checker.model.policy import Policy
from checker.testing.verdicts import assert_verdict


@pytest.fixture(scope="session")
def policies(pytestconfig: pytest.Config) -> tuple[Policy, ...]:
    """The policies of the project - ini `policy_files`, else the folder `policies` - and those shipped."""
    return pool(named(pytestconfig, POLICIES), pytestconfig.rootpath)


@pytest.fixture
def verdict(policies: tuple[Policy, ...]) -> Callable[..., Finding]:
    """`assert_verdict` with the project's policies filled in: `verdict(order, rule, "violated", as_of=...)`."""
    return lambda history, rule, expected, *, as_of: assert_verdict(history, policies, rule, expected, as_of=as_of)
