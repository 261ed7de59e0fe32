"""Does nothing that a terminal obeys get through?"""

from checker.reports.printable import printable


def test_plain_text_stays():
    """Words, kana, hanzi, full-width spaces and emoji stay as they are."""
    assert printable("在庫が\u3000ない 😀 ok") == "在庫が\u3000ない 😀 ok"


def test_controls_are_written_out():
    """Escapes, bells, line ends and C1 controls are shown, not sent."""
    assert printable("a\x1b[31mred\x07\r\n\t\x9b") == "a\\x1b[31mred\\x07\\x0d\\x0a\\x09\\x9b"


def test_invisible_marks_are_written_out():
    """Bidirectional overrides, zero-width characters, line separators and lone surrogates are shown."""
    assert printable("\u202egnp\u200b\u2028\ud800\U000e0001") == "\\u202egnp\\u200b\\u2028\\ud800\\U000e0001"
