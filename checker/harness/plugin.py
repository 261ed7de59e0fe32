"""When does pytest collect policy features? Loaded in every run of pytest, so it does nothing unless asked."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pytest

PATHS, POLICIES = "policy_features", "policy_files"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds what switches the collection of features on."""
    group = parser.getgroup("policy features", "features of policies, run as tests")
    group.addoption(
        "--policy-features",
        action="append",
        default=[],
        dest=f"{PATHS}_option",
        metavar="PATH",
        help="collect the .feature files of this file or folder; write --policy-features=PATH",
    )
    group.addoption(
        "--policy-files",
        action="append",
        default=[],
        dest=f"{POLICIES}_option",
        metavar="DIR",
        help="where the policies that features name are (default: `policies` in the root folder, and those shipped)",
    )
    parser.addini(PATHS, "files or folders whose .feature files are run as tests", type="paths", default=[])
    parser.addini(POLICIES, "folders of the policies that features name", type="paths", default=[])


def named(config: pytest.Config, name: str) -> tuple[Path, ...]:
    """The paths given for that purpose, by option or else by ini file."""
    given: Sequence[str] = config.getoption(f"{name}_option")
    if given:
        return tuple((config.invocation_params.dir / path).resolve() for path in given)
    return tuple(Path(path).resolve() for path in config.getini(name))


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Registers the collector and its step definition if features were asked for."""
    paths = named(config, PATHS)
    if not paths:
        return
    if not config.pluginmanager.hasplugin("pytest-bdd"):
        raise pytest.UsageError("policy features need the plugin pytest-bdd; it is switched off or not installed")
    config.pluginmanager.register(import_module("checker.harness.bdd"), "policy-feature-steps")
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        roots = [(config.invocation_params.dir / argument).resolve() for argument in config.args]
        config.args += [str(path) for path in paths if not any(path.is_relative_to(root) for root in roots)]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A collector for a feature file that was asked for."""
    if file_path.suffix != ".feature":
        return None
    if not any(file_path.is_relative_to(path) for path in named(parent.config, PATHS)):
        return None
    collector: pytest.Collector = import_module("checker.harness.collector").FeatureFile.from_parent(
        parent, path=file_path
    )
    return collector
