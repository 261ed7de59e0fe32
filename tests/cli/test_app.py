"""Does the command start light, and end with the right exit code?"""

import subprocess
import sys
from importlib import import_module

import click
import pytest

from checker.cli.app import COMMANDS, INTERRUPTED
from checker.model.report import ExitCode

HEAVY = ("pyarrow", "numpy", "jsonschema", "rich", "yaml", "orjson", "python_calamine")


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["check", "--help"], ["due", "--help"]])
def test_start_is_light(words):
    """Help and version import nothing heavy."""
    code = f"import sys; from checker.cli import main; main({words}); print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there(name):
    """Every name in the list of commands has its module."""
    assert isinstance(import_module(f"checker.cli.{name}").command, click.Command)


def test_help_lists_the_commands_and_exit_codes(run):
    """The first thing a newcomer asks for tells what to run and what the exit codes mean."""
    done = run("--help")
    assert done.code == ExitCode.CLEAN
    assert all(f"  {name} " in done.out for name in COMMANDS)
    assert "3  checked, but incomplete under --strict" in done.out


def test_unknown_command(run):
    """A misspelled command is met with the nearest one."""
    done = run("chek")
    assert done.code == ExitCode.COULD_NOT_CHECK
    assert "no command `chek`; did you mean `check`?" in done.err


def test_usage_error(run):
    """Words that do not fit are no verdict."""
    done = run("check", "--nonsense")
    assert done.code == ExitCode.COULD_NOT_CHECK
    assert "--nonsense" in done.err


def broken(*_: object, **__: object) -> None:
    raise ZeroDivisionError("what\x1b[31m")


def test_unexpected_error(run, canonical, monkeypatch):
    """A bug of ours is no verdict either, and is told in a line; --debug shows where."""
    monkeypatch.setattr("checker.cli.audit.read_log", broken)
    done = run("check", canonical)
    assert done.code == ExitCode.COULD_NOT_CHECK
    assert done.err == (
        "error: unexpected ZeroDivisionError: what\\x1b[31m\n"
        "hint: this is a bug in checker; `checker --debug ...` shows where\n"
    )
    done = run("--debug", "check", canonical)
    assert done.code == ExitCode.COULD_NOT_CHECK
    assert "Traceback" in done.err


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_interrupted(run, canonical, monkeypatch):
    """Ctrl-C ends the run with the code that shells expect."""
    monkeypatch.setattr("checker.cli.audit.read_log", interrupted)
    assert run("check", canonical).code == INTERRUPTED
