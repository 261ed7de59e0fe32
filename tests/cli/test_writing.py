"""Are reports written whole or not at all?"""

from pathlib import Path

import click
import pytest

from checker.cli.writing import output, write_whole


def test_output():
    """A format and a path; the path may hold an equals sign."""
    assert output("json=a=b.json") == ("json", Path("a=b.json"))


@pytest.mark.parametrize(
    ("word", "message"),
    [("pdf=x", "`pdf` is no format; expected FORMAT=PATH"), ("json", "names no file"), ("json=", "names no file")],
)
def test_bad_output(word, message):
    """What is no format or no path is refused."""
    with pytest.raises(click.BadParameter) as error:
        output(word)
    assert message in error.value.message


def test_killed_run_leaves_the_old_file(tmp_path):
    """A run that breaks off leaves neither half a report nor rubbish."""
    path = tmp_path / "r.json"
    path.write_text("old")

    def pieces():
        yield b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(path, pieces())
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["r.json"]


def test_whole_file(tmp_path):
    """A file is readable for whom the umask allows."""
    path = tmp_path / "r.json"
    write_whole(path, [b"a", b"b"])
    assert path.read_bytes() == b"ab"
    assert path.stat().st_mode & 0o777 == 0o644
