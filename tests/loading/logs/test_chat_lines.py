"""Is each line of a chat file a message or a problem?"""

from io import BytesIO

import pytest

from checker.loading.logs.chat_lines import MAX_LINE, ChatLine, chat_lines
from checker.model.event import Actor
from checker.model.report import DataProblem


def read(data: bytes) -> list[ChatLine | DataProblem]:
    return list(chat_lines(BytesIO(data), "chat.jsonl"))


def test_line_is_a_message() -> None:
    """Ids may be numbers and are kept as they are; empty lines and a byte order mark say nothing."""
    data = '\ufeff{"id": 7, "sender": "seller", "text": "hi", "lang": "en", "conversation": 3}\n\n'
    assert read(data.encode()) == [ChatLine(7, Actor.SELLER, "hi", "en", "3")]


@pytest.mark.parametrize(
    ("line", "reason", "hint"),
    [
        ("[1]", "not a JSON object", 'expected {"id": "1", "sender": "seller", "text": "..."}'),
        ('{"sender": "seller", "text": ""}', "`id` is missing", "expected a text or a whole number"),
        ('{"id": true, "sender": "seller", "text": ""}', "`id` is `true`", "expected a text or a whole number"),
        ('{"id": 1, "sender": "bot", "text": ""}', "`sender` is `bot`", "expected `buyer`, `seller` or `platform`"),
        ('{"id": 1, "sender": "seller"}', "`text` is missing", "expected a text"),
        ('{"id": 1, "sender": "seller", "text": "", "lang": 3}', "`lang` is `3`", "expected a text such as `ja`"),
    ],
)
def test_bad_line_is_told_with_its_number(line: str, reason: str, hint: str) -> None:
    """A line that is no message is a problem at its line, and the next is read all the same."""
    problem, message = read(f'{line}\n{{"id": 2, "sender": "buyer", "text": "x"}}'.encode())
    assert problem == DataProblem("chat.jsonl", 1, reason, hint, line[:60] + ("..." if len(line) > 60 else ""))
    assert message == ChatLine(2, Actor.BUYER, "x")


def test_broken_bytes_are_told() -> None:
    """What is not JSON in UTF-8 never stops the reading."""
    (problem,) = read(b'{"id": "\xff"}')
    assert isinstance(problem, DataProblem)
    assert problem.reason.startswith("not json") or problem.reason.startswith("not JSON")


def test_endless_line_is_not_held() -> None:
    """A line over the limit is passed over, however long it is."""
    problem, message = read(b"x" * (3 * MAX_LINE + 5) + b'\n{"id": 2, "sender": "buyer", "text": "x"}')
    assert (problem.line, problem.reason, message.id) == (1, f"more than {MAX_LINE} bytes", 2)
