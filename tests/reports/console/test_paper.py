"""Does text sit on a terminal as it should?"""

from rich.cells import cell_len

from checker.reports.console.paper import Paper, breaks, padded


def written(width, *pieces, colour=False, **put):
    paper = Paper(width, colour=colour)
    paper.put(*pieces, **put)
    return b"".join(paper.render()).decode().splitlines()


def test_words_wrap():
    """A line ends at a space, and further lines hang."""
    assert written(40, "the seller answers a cancellation request within two days", indent=2, hang=4) == [
        "  the seller answers a cancellation",
        "      request within two days",
    ]


def test_wide_characters_count_twice():
    """No line is wider than the paper, whatever it holds."""
    lines = written(40, "出店者は48時間以内にキャンセル申請に回答する。" * 5, indent=4, hang=2)
    assert max(map(cell_len, lines)) <= 40
    assert "".join(line.strip() for line in lines) == "出店者は48時間以内にキャンセル申請に回答する。" * 5


def test_lines_do_not_begin_with_closing_marks():
    """A full stop stays with its sentence, an opening bracket with what it opens."""
    starts = list(breaks("ああああ。「いい」", 8, 8))
    assert starts == [3, 7]


def test_long_words_are_cut():
    """A word longer than the line is cut rather than lost."""
    assert list(breaks("x" * 25, 10, 10)) == [10, 20]


def test_hostile_text_is_not_obeyed():
    """Escapes, markup, links and emoji codes of a log are shown as they are written."""
    hostile = "\x1b]8;;http://x\x07[bold red]x[/] :smile: \u202e"
    for colour in (False, True):
        assert written(100, hostile, colour=colour) == ["\\x1b]8;;http://x\\x07[bold red]x[/] :smile: \\u202e"]


def test_colour():
    """Styles are escapes where colour is wanted, and nothing where it is not."""
    assert written(40, ("x", "bold")) == ["x"]
    assert written(40, ("x", "bold"), colour=True) == ["\x1b[1mx\x1b[0m"]


def test_uncut_lines():
    """A line to copy is never broken."""
    paper = Paper(40, colour=False)
    paper.uncut("checker explain " + "x" * 60, 2)
    assert b"".join(paper.render()).decode() == "  checker explain " + "x" * 60 + "\n"


def test_padding():
    """Columns line up under wide characters."""
    assert padded("1日", 5) + "|" == "1日  |"
