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


def test_one_file_that_cannot_be_made_leaves_no_other(run, canonical, tmp_path):
    """Where one of several files cannot be written, the others are not there either, not even in part."""
    done = run("check", canonical, "--output", f"json={tmp_path}/a.json", "--output", f"html={tmp_path}/none/b.html")
    assert done.code == 2
    assert list(tmp_path.iterdir()) == []


def test_several_files_of_one_run(run, canonical, tmp_path):
    """Every format can be written in one run."""
    forms = ("json", "jsonl", "csv", "parquet", "sarif", "junit", "markdown", "github", "gitlab", "html", "console")
    words = [word for form in forms for word in ("--output", f"{form}={tmp_path}/report.{form}")]
    assert run("check", canonical, *words).code == 1
    assert sorted(path.suffix[1:] for path in tmp_path.iterdir()) == sorted(forms)
