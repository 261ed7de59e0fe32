"""Does `checker lint` find mistakes?"""

from checker.model.report import ExitCode


def test_shipped_policies_are_sound(run):
    """The policies that come with the program have no mistake."""
    done = run("lint")
    assert done.code == ExitCode.CLEAN
    assert "lint: errors 0" in done.err


def test_every_mistake_is_told(run, tmp_path):
    """A broken policy gives 2 and each mistake its place."""
    path = tmp_path / "2026-01-01.yaml"
    path.write_text("language: 1\npolicy:\t7\n")
    done = run("lint", path)
    assert done.code == ExitCode.COULD_NOT_CHECK
    assert done.out.startswith(f"{path}:")


def test_why(run):
    """A kind of problem can be explained, and an unknown one is met with those there are."""
    assert "wrong:" in run("lint", "--why", "P003").out
    done = run("lint", "--why", "X")
    assert done.code == ExitCode.COULD_NOT_CHECK
    assert "no problem `X`" in done.err
