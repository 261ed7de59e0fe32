"""Random orders and random policies, the same in every run."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"engines_{name}", HERE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def dense() -> ModuleType:
    """Random orders, dense in doubts."""
    return _module("dense")


@pytest.fixture(scope="session")
def grammar() -> ModuleType:
    """Random policies over the whole language."""
    return _module("grammar")
