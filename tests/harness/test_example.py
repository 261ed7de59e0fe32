"""Does the example of a policy of one's own work, as a reader would run it?"""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHECKER = Path(sys.executable).with_name("checker")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "examples" / "own_policy", tmp_path / "own_policy"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("lint", "policies"), "errors 0"),
        (("test",), "13 passed"),
        (("test", "--fast"), "13 run · 0 failed"),
        (("cover", "--threshold=100"), "10 of 10 clauses tried"),
        (("mutate",), "score 100.0 %"),
        (("spec", "build"), "13 tests · 0 failed"),
        (("spec", "render", "features/answers.feature", "--lang=en"), "rule we_answer_within_a_day is <判定>"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_commands_of_the_readme(project: Path, words: tuple[str, ...], said: str) -> None:
    """Every command works in a folder with YAML and features only."""
    shutil.rmtree(project / "tests")
    done = subprocess.run([CHECKER, *words], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert said in done.stdout + done.stderr


@pytest.mark.skipif(not os.environ.get("CI"), reason="builds the wheel and a fresh environment: CI does")
def test_the_built_wheel_runs_it_in_a_fresh_environment(project: Path, tmp_path: Path) -> None:
    """What users install has the policies, the sentences, the plugin and the templates in it."""
    pip = [sys.executable, "-m", "pip"]
    subprocess.run([*pip, "wheel", "-q", "--no-deps", "-w", tmp_path, ROOT], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "fresh", with_pip=True)
    python = tmp_path / "fresh" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", f"{wheel}[test]", "hypothesis"], check=True)
    for words in (("pytest", "-q"), ("checker", "mutate"), ("checker", "spec", "build")):
        done = subprocess.run([python, "-m", *words], cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (project / "spec" / "ja" / "my_shop.jp.answers@2026-01-01.html").exists()
