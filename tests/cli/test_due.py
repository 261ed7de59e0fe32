"""Does `checker due` list what is due?"""

from checker.model.report import ExitCode

AS_OF = ("--as-of", "2026-02-01T10:00+09:00")


def test_due(run, canonical):
    """The running deadline of the open request is listed with its arithmetic."""
    done = run("due", canonical, *AS_OF)
    assert done.code == ExitCode.CLEAN
    assert "1 d        Mon 2 Feb 10:00 JST  582300000000000107" in done.out
    assert "cancellation request Sat 31 Jan 10:00 JST + 48 h = Mon 2 Feb 10:00 JST" in done.out


def test_within(run, canonical):
    """What is due later than asked for is left out."""
    assert "nothing is due within 12 h" in run("due", canonical, *AS_OF, "--within", "12h").out
    assert "582300000000000107" in run("due", canonical, *AS_OF, "--within", "24h").out


def test_bad_span(run, canonical):
    """A length of time that is none is refused."""
    done = run("due", canonical, "--within", "soon")
    assert done.code == ExitCode.COULD_NOT_CHECK
    assert "`soon` is no length of time; expected one such as 30min, 12h or 3d" in done.err
