"""Which engines must agree on every feature?"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from checker.model.finding import Finding
from checker.model.history import OrderHistory
from checker.model.policy import Policy

Engine = Callable[[Iterable[OrderHistory], Sequence[Policy], datetime], tuple[Finding, ...]]

# The definition first. An engine is a module with a function `findings`.
NAMES = ("reference", "columnar")


@cache
def engines() -> tuple[tuple[str, Engine], ...]:
    """The engines that exist, by name."""
    modules = [(name, f"checker.engines.{name}") for name in NAMES]
    found = [(name, import_module(module)) for name, module in modules if find_spec(module) is not None]
    return tuple((name, module.findings) for name, module in found if hasattr(module, "findings"))
