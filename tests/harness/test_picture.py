"""Does the picture of a test show every moment, inside its frame, whatever the labels say?"""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from checker.harness.site.picture import LABEL_AT, WIDTH, Mark, picture

NOON = datetime(2025, 12, 1, 3, 0, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")


def drawn(*marks: Mark) -> ElementTree.Element:
    return ElementTree.fromstring(picture(marks, TOKYO, "zh", "a & b"))  # noqa: S314 - our own text


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter() if element.tag.endswith("text")]


def test_moments_in_order_with_the_gaps_between_them() -> None:
    """Local times; a second and two days both show."""
    root = drawn(
        Mark(NOON + timedelta(hours=48), "期限", "due"),
        Mark(NOON, "申请", "event"),
        Mark(NOON + timedelta(hours=48, seconds=1), "检查", "check violated"),
    )
    assert texts(root) == [
        "2025-12-01 12:00",
        "申请",
        "48小时",
        "2025-12-03 12:00",
        "期限",
        "1秒",
        "2025-12-03 12:00:01",
        "检查",
    ]


def test_labels_are_escaped() -> None:
    """A label from a feature cannot become markup."""
    assert texts(drawn(Mark(NOON, "<script>&", "event")))[1] == "<script>&"


def test_long_labels_are_wrapped() -> None:
    """No line is wider than the room beside the line of time, in any script."""
    for label in ("取消" * 40, "cancel " * 30, "x" * 300):
        lines = texts(drawn(Mark(NOON, label, "event")))[1:]
        assert len(lines) > 1
        assert all(sum(13 if ord(c) > 255 else 7.2 for c in line) <= WIDTH - LABEL_AT for line in lines)
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", label)
