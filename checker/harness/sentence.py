"""What does a sentence say, and how is the same said in another language?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import re2

from checker.harness.catalogue import NEUTRAL, OPEN, Sentence, catalogue, kind_of

PLACEHOLDER = r"<[^<>]+>"
SLOT = re2.compile(r"\{([a-z]+)\}")
_BRACKETS = {"zh": ("（", "，", "）"), "ja": ("（", "、", "）"), "en": (" (", ", ", ")")}
_OPENING = r" ?[（(]"
_CLOSING = r"[）)]"
_SEPARATOR = re2.compile(r'("[^"]*")|[，、,]\s*')


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence understood: the abstract step, the neutral value of each slot, and the details in brackets."""

    step: Sentence
    values: Mapping[str, str]
    details: "tuple[Said, ...]" = ()


@lru_cache(maxsize=65536)
def read_sentence(text: str, language: str) -> Said | None:
    """What a line says, None where no sentence of that language reads it."""
    return next((said for step in catalogue().steps() if (said := _read(step, text, language)) is not None), None)


@lru_cache(maxsize=4096)
def read_detail(text: str, language: str) -> Said | None:
    """What one remark in brackets says."""
    details = catalogue().sentences["detail"].values()
    return next((said for detail in details if (said := _read(detail, text, language)) is not None), None)


def _read(step: Sentence, text: str, language: str) -> Said | None:
    match = pattern(step, language).fullmatch(text)
    if match is None:
        return None
    groups = {name: found for name, found in match.groupdict().items() if found is not None}
    inner = groups.pop("details", "")
    details = tuple(_detail(part, language) for part in split_details(inner))
    if None in details:
        return None
    values = {slot: neutral(kind_of(slot), found, language) for slot, found in groups.items()}
    return Said(step, values, tuple(detail for detail in details if detail is not None))


def _detail(part: str, language: str) -> Said | None:
    if re2.fullmatch(PLACEHOLDER, part):
        return Said(_ANY_DETAIL, {"detail": part})
    return read_detail(part, language)


_ANY_DETAIL = Sentence("placeholder", "detail", dict.fromkeys(("zh", "ja", "en"), "{detail}"))


def split_details(inner: str) -> tuple[str, ...]:
    """The remarks between brackets; a comma inside quotes does not part them."""
    parts, start = list[str](), 0
    for match in _SEPARATOR.finditer(inner):
        if match.group(1) is None:
            parts.append(inner[start : match.start()])
            start = match.end()
    return tuple(part.strip() for part in (*parts, inner[start:]) if part.strip())


def write_sentence(said: Said, language: str) -> str:
    """The same sentence in a language."""
    written = said.step.templates[language]
    for slot, value in said.values.items():
        written = written.replace("{" + slot + "}", spoken(kind_of(slot), value, language))
    opening, comma, closing = _BRACKETS[language]
    details = comma.join(write_sentence(detail, language) for detail in said.details)
    return written.replace("{details}", f"{opening}{details}{closing}" if details else "")


def neutral(kind: str, text: str, language: str) -> str:
    """A slot's text without its language: names for words, `48 hours` for quantities."""
    if re2.fullmatch(PLACEHOLDER, text):
        return text
    if kind == "quantity":
        return _neutral_quantity(text, language)
    if kind == "detail":
        said = read_detail(text, language)
        return text if said is None else write_sentence(said, "en")
    if kind in catalogue().words:
        return _names(kind, language).get(text, text)
    return text


def spoken(kind: str, value: str, language: str) -> str:
    """A neutral value as a language says it."""
    if re2.fullmatch(PLACEHOLDER, value):
        return value
    if kind == "detail":
        said = read_detail(value, "en")
        return value if said is None else write_sentence(said, language)
    if kind == "quantity":
        amount, unit = value.split(" ")
        return f"{amount}{_gap(language, unit)}{catalogue().word('unit', unit, language)}"
    return catalogue().word(kind, value, language) if kind in catalogue().words else value


def _gap(language: str, unit: str) -> str:
    return " " if language == "en" and unit != "percent" else ""


def _neutral_quantity(text: str, language: str) -> str:
    match = re2.fullmatch(r"([\d.]+) ?(.+)", text)
    return text if match is None else f"{match.group(1)} {_names('unit', language)[match.group(2)]}"


@cache
def _names(kind: str, language: str) -> Mapping[str, str]:
    return {words[language]: name for name, words in catalogue().words[kind].items()}


@cache
def pattern(step: Sentence, language: str, loose: str | None = None) -> "re2._Regexp[str]":
    """A pattern with a group per slot; the `loose` one takes anything."""
    written, start = "", 0
    template = step.templates[language]
    for match in SLOT.finditer(template):
        written += re2.escape(template[start : match.start()]) + _group(match.group(1), language, loose)
        start = match.end()
    return re2.compile(written + re2.escape(template[start:]))


def _group(slot: str, language: str, loose: str | None) -> str:
    if slot == "details":
        return rf"(?:{_OPENING}(?P<details>.+){_CLOSING})?"
    accepted = ".+?" if slot == loose else f"{PLACEHOLDER}|{slot_pattern(kind_of(slot), language)}"
    return f"(?P<{slot}>{accepted})"


@cache
def slot_pattern(kind: str, language: str) -> str:
    """What a slot of that kind accepts, placeholders aside."""
    if kind == "quantity":
        return rf"\d+(?:\.\d+)? ?(?:{_alternatives('unit', language)})"
    if kind not in catalogue().words:
        return NEUTRAL[kind]
    closed = _alternatives(kind, language)
    own = f"|{NEUTRAL['token']}" if kind in OPEN else ""
    day = f"|{NEUTRAL['at']}|{NEUTRAL['text']}" if kind == "value" else ""
    return closed + day + own


def _alternatives(kind: str, language: str) -> str:
    words = sorted((word[language] for word in catalogue().words[kind].values()), key=len, reverse=True)
    return "|".join(re2.escape(word) for word in words)
