"""Can a newcomer find the room: does a test mirror its module, and a policy's path its content?"""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
MIRRORED = ("model", "interpreter", "loading", "conversation", "reports", "generating")
VERSIONS = sorted((ROOT / "policies").glob("*/*/*/????-??-??.yaml"))


@pytest.mark.parametrize("room", MIRRORED)
def test_every_test_names_a_module(room: str) -> None:
    """tests/interpreter/test_deadline.py tests checker/interpreter/deadline.py."""
    strays = []
    for test in (ROOT / "tests" / room).rglob("test_*.py"):
        module = test.relative_to(ROOT / "tests").with_name(test.name.removeprefix("test_"))
        package = module.with_suffix("")
        if not (ROOT / "checker" / module).exists() and not (ROOT / "checker" / package).is_dir():
            strays.append(str(test.relative_to(ROOT)))
    assert strays == []


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_path_repeats_content(path: Path) -> None:
    """`ls` is a timeline: marketplace, market, topic and date stand in the path and in the file."""
    text = path.read_text(encoding="utf-8")
    fields = dict(re.findall(r"^(policy|effective): (\S+)", text, re.MULTILINE))
    assert fields == {
        "policy": ".".join(path.relative_to(ROOT / "policies").parts[:-1]),
        "effective": path.stem,
    }


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_rule_has_a_spec(path: Path) -> None:
    """The feature beside a policy version names each of its rules."""
    feature = ROOT / "features" / path.relative_to(ROOT / "policies").with_suffix(".feature")
    rules = [rule["id"] for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]]
    spec = feature.read_text(encoding="utf-8")
    assert [rule for rule in rules if rule not in spec] == []
