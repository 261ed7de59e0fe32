"""Does `checker policies` show what is in force?"""


def test_policies(run):
    """Each version is shown with its first day, its sources and how well they are known."""
    done = run("policies")
    assert done.code == 0
    assert "TikTok Shop Japan order cancellation  tiktok_shop.jp.order_cancellation" in done.out
    assert "in force since 2025-10-28 (date of the source)" in done.out
    assert "[secondary source, read on 2026-11-23]" in done.out
    assert "not published: cancel_notice" in done.out


def test_before_its_first_day(run):
    """A version that is not yet in force says from when it will be."""
    assert "from 2025-10-28" in run("policies", "--as-of", "2025-10-27T00:00+09:00").out
