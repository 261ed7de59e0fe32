"""Do the steps of the GitHub action do what they promise, run here as a runner would?"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
LOG = "examples/canonical_events.jsonl"
AS_OF = "2026-01-31T18:00:00+09:00"


@pytest.fixture
def runner(tmp_path):
    """A runner with the program installed as the first step installs it."""
    bin_ = tmp_path / "temp" / "checker" / "bin"
    bin_.mkdir(parents=True)
    (bin_ / "checker").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m checker "$@"\n', "utf-8")
    (bin_ / "checker").chmod(0o755)
    return tmp_path


def ran(runner, **inputs):
    """One run of the step `Check`, with these inputs and the action's defaults for the rest."""
    step = STEPS["Check"]
    defaults = {name: told.get("default", "") for name, told in ACTION["inputs"].items()}
    given = defaults | {"as-of": AS_OF, "logs": LOG, "reports": str(runner / "reports")} | inputs
    environment = {name: given[text.split("inputs.")[1].rstrip(" }")] for name, text in step["env"].items()}
    files = {name: str(runner / name.lower()) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=ROOT,
        env={**os.environ, **environment, **files, "RUNNER_TEMP": str(runner / "temp")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_violation_fails_and_leaves_its_reports(runner):
    """The step fails with code 1, annotates, and leaves every report, the summary and its output."""
    done = ran(runner)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=examples/canonical_events.jsonl,line=")
    assert (runner / "github_output").read_text() == "exit-code=1\n"
    assert "### VIOLATIONS" in (runner / "github_step_summary").read_text()
    assert sorted(path.name for path in (runner / "reports").iterdir()) == [
        "report.html",
        "report.json",
        "report.sarif",
        "report.xml",
        "summary.md",
    ]
    assert json.loads((runner / "reports" / "report.sarif").read_text())["version"] == "2.1.0"


def test_a_baseline_lets_it_pass(runner):
    """With the violations of today in a baseline the step passes; a violation that is not in it fails."""
    baseline = runner / "baseline.json"
    words = [sys.executable, "-m", "checker", "baseline", "write", baseline, LOG, "--as-of", AS_OF]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    assert ran(runner, baseline=str(baseline)).returncode == 0
    known = json.loads(baseline.read_text())
    known["cases"].pop()
    baseline.write_text(json.dumps(known))
    assert ran(runner, baseline=str(baseline)).returncode == 1


def test_strict_and_wrong_words(runner):
    """What could not be judged is code 3 under strict, a log that is not there code 2."""
    assert ran(runner, **{"fail-on": "critical", "strict": "true", "policy": "tiktok_shop.jp"}).returncode == 1
    assert ran(runner, logs="nowhere.jsonl").returncode == 2


def test_an_input_cannot_become_a_command(runner):
    """Quotes, substitutions and leading dashes in inputs stay words."""
    done = ran(runner, logs=f'$(touch {runner}/broken)\n"; touch {runner}/broken; "\n--help')
    assert done.returncode == 2
    assert not (runner / "broken").exists()


def test_example_shows_its_exit_codes(runner):
    """The example fails on violations, passes with their baseline, and fails on a new one."""
    environment = {**os.environ, "PATH": f"{runner / 'temp' / 'checker' / 'bin'}:{os.environ['PATH']}"}
    script = [shutil.which("bash"), ROOT / "examples" / "ci" / "baseline.sh", runner]
    done = subprocess.run(script, env=environment, capture_output=True, text=True, check=True)
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["exit 1", "exit 0", "exit 1"]


@pytest.mark.parametrize(
    "hook", yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")), ids=lambda h: h["id"]
)
def test_hooks_name_commands(hook):
    """Every hook runs a command that there is."""
    words = [sys.executable, "-m", "checker", hook["entry"].split()[1], "--help"]
    assert hook["entry"].startswith("checker ")
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0


def test_documents_are_yaml():
    """The example workflows are YAML with the parts that their readers need."""
    github = yaml.safe_load((ROOT / "examples/ci/github/workflow.yml").read_text("utf-8"))
    used = next(step for step in github["jobs"]["check"]["steps"] if step.get("id") == "checker")
    assert used["with"].keys() <= ACTION["inputs"].keys()
    gitlab = yaml.safe_load((ROOT / "examples/ci/gitlab.yml").read_text("utf-8"))
    assert gitlab["orders"]["artifacts"]["reports"].keys() == {"codequality", "junit"}
