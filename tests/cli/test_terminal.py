"""Is a terminal treated as one, and a pipe as a pipe?"""

import os
import pty
import subprocess
import sys

import pytest

from checker.cli.terminal import complain

WORDS = ("-m", "checker", "check", "--as-of", "2026-02-01T10:00+09:00")


def test_complaints_are_printable(capsys):
    """Nothing that an error quotes reaches the terminal as a command."""
    complain("line one\x1b[2J\nline \u202etwo")
    assert capsys.readouterr().err == "error: line one\\x1b[2J\n  line \\u202etwo\n"


def test_closed_pipe(canonical):
    """A reader who has gone away is no error, and the exit code stays what it was."""
    for words, code in ((WORDS, 1), (("-m", "checker", "due", *WORDS[3:]), 0)):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run([sys.executable, *words, canonical], stdout=writing, stderr=subprocess.PIPE, check=False)
        os.close(writing)
        assert (done.returncode, done.stderr) == (code, b"")


@pytest.mark.parametrize(("setting", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colour(canonical, setting, coloured):
    """Colour appears on terminals only, and not where NO_COLOR or a dumb terminal forbids it."""
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", **setting}
    process = subprocess.Popen([sys.executable, *WORDS, canonical], stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    told = read_all(master)
    assert process.wait() == 1
    assert (b"\x1b[" in told) is coloured


def read_all(descriptor):
    """Everything that a terminal was sent; its end is an error on Linux."""
    told = b""
    try:
        while piece := os.read(descriptor, 65536):
            told += piece
    except OSError:
        pass
    os.close(descriptor)
    return told


def test_no_colour_in_pipes(run, canonical):
    """A pipe gets plain text."""
    assert "\x1b" not in run("check", canonical, *WORDS[3:]).out
