"""Does `checker policies` show what is in force?"""


def test_policies(run):
    """Each version is shown with its first day, its sources and how well they are known."""
    done = run("policies")
    assert done.code == 0
    assert "TikTok Shop Japan order cancellation  tiktok_shop.jp.order_cancellation" in done.out
    assert "● since 2025-10-28 (date of the source) · first version" in done.out
    assert "[secondary source, read on 2026-11-23]" in done.out
    assert "not published: cancel_notice" in done.out


def test_before_its_first_day(run):
    """A version is in force from the first instant of its first day."""
    asked = ("policies", "--policy", "tiktok_shop.jp.order_cancellation", "--as-of")
    assert "○ since 2025-10-28" in run(*asked, "2025-10-27T23:59+09:00").out
    assert "● since 2025-10-28" in run(*asked, "2025-10-28T00:00+09:00").out
