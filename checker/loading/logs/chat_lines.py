"""Which messages does a file of chat lines hold: one JSON object a line, the lines of one thread in order?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import orjson

from checker.model.event import Actor
from checker.model.report import DataProblem

MAX_LINE = 16_000_000
_SENDERS = {"buyer": Actor.BUYER, "seller": Actor.SELLER, "platform": Actor.PLATFORM}
_SHAPE = '{"id": "1", "sender": "seller", "text": "..."}'
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One message. `conversation` names its thread, None where it stands alone; `lang` is what the file says."""

    id: str | int
    sender: Actor
    text: str
    lang: str | None = None
    conversation: str | None = None


def chat_lines(stream: BinaryIO, path: str) -> Iterator[ChatLine | DataProblem]:
    """The messages of a stream in order, and a problem for each line that is none; empty lines are passed over."""
    for number, raw in enumerate(_raw_lines(stream), 1):
        if raw is None:
            yield DataProblem(path, number, f"more than {MAX_LINE} bytes", "expected a shorter line")
        elif raw.strip():
            read = _chat_line(raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw)
            yield read if isinstance(read, ChatLine) else DataProblem(path, number, *read, _shown(raw))


def _raw_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines; None for one that is too long to be held."""
    while raw := stream.readline(MAX_LINE + 1):
        whole = len(raw) <= MAX_LINE
        while not raw.endswith(b"\n") and len(raw) > MAX_LINE:
            raw = stream.readline(MAX_LINE + 1)
        yield raw if whole else None


def _chat_line(raw: bytes) -> ChatLine | tuple[str, str]:
    """The message, or what is wrong and what was expected."""
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return f"not JSON: {str(error).lower()}", f"expected {_SHAPE}"
    if not isinstance(data, dict):
        return "not a JSON object", f"expected {_SHAPE}"
    if wrong := _wrong(data):
        return wrong
    thread, lang = data.get("conversation"), data.get("lang")
    return ChatLine(
        id=data["id"],
        sender=_SENDERS[data["sender"]],
        text=data["text"],
        lang=lang,
        conversation=None if thread is None else str(thread),
    )


def _wrong(data: dict[str, object]) -> tuple[str, str] | None:
    for name in ("id", "conversation"):
        value = data.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | (type(None) if name != "id" else str)):
            return f"`{name}` is {_named(value)}", "expected a text or a whole number"
    for name in ("sender", "text"):
        if not isinstance(data.get(name), str):
            return f"`{name}` is {_named(data.get(name))}", "expected a text"
    if data["sender"] not in _SENDERS:
        return f"`sender` is `{_cut(str(data['sender']))}`", "expected `buyer`, `seller` or `platform`"
    if not isinstance(data.get("lang"), str | None):
        return f"`lang` is {_named(data['lang'])}", "expected a text such as `ja`"
    return None


def _named(value: object) -> str:
    return "missing" if value is None else f"`{_cut(orjson.dumps(value).decode())}`"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."


def _shown(raw: bytes) -> str:
    return _cut(raw.decode("utf-8", "replace").strip())
