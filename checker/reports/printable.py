"""What of a text from outside may a terminal see?"""

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    r"""The text with everything invisible written out: controls, escapes, bidirectional marks (`\x1b`, `\u202e`)."""
    if text.isprintable():
        return text
    return "".join(_written_out(char) if unicodedata.category(char) in _UNSEEN else char for char in text)


def _written_out(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
