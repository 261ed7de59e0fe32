"""Does `checker explain` tell one order's story?"""

from checker.model.report import ExitCode

AS_OF = ("--as-of", "2026-02-01T10:00+09:00")


def test_timeline(run, canonical):
    """One order is told from its creation to the moment of the audit, and every rule gets its verdict."""
    done = run("explain", "582300000000000103", canonical, *AS_OF)
    assert done.code == ExitCode.CLEAN
    assert "order 582300000000000103" in done.out
    assert "09:15    ◷ due: The seller answers a cancellation request within 48 hours  violated" in done.out
    assert "cancellation request Tue 27 Jan 09:15 JST + 48 h = Thu 29 Jan 09:15 JST" in done.out
    assert "582300000000000104" not in done.out


def test_unknown_order(run, canonical):
    """An order that is not in the log is met with the nearest one."""
    done = run("explain", "582300000000000109", canonical, *AS_OF)
    assert done.code == ExitCode.COULD_NOT_CHECK
    assert "no order `582300000000000109` in this log; did you mean `58230000000000010" in done.err
