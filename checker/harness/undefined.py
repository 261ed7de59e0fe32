"""What is wrong with a sentence that nothing reads, and what would be accepted instead?"""

from collections.abc import Sequence
from difflib import get_close_matches

import re2

from checker.harness.catalogue import LANGUAGES, Sentence, catalogue, kind_of
from checker.harness.sentence import (
    SLOT,
    pattern,
    read_detail,
    read_sentence,
    slot_pattern,
    split_details,
    write_sentence,
)

_EXAMPLES = {
    "at": "`2025-12-01 10:00`",
    "quantity": "`48 hours`",
    "text": 'a text in `"..."`',
    "count": "a whole number",
    "day": "`2025-12-01`",
    "zone": "`Asia/Tokyo`",
    "token": "a name or code in Latin letters",
}


def complaint(text: str, language: str, keyword: str = "") -> str:
    """Why the line is no sentence of that language, and what was expected."""
    for other in LANGUAGES:
        if other != language and (said := read_sentence(text, other)) is not None:
            return f"`{text}` is written in `{other}`; expected `{write_sentence(said, language)}`"
    bad = next((wrong for step in catalogue().steps() if (wrong := _bad_word(step, text, language))), None)
    if bad is not None:
        return f"in `{text}` {bad}"
    swallowed = f"{keyword.strip()}{text}" if keyword.strip() not in ("", "*") else text
    closest = _closest(text, language) or _closest(swallowed, language)
    hint = f"; did you mean `{closest}`" if closest else "; `checker spec steps` lists the sentences"
    return f"no sentence reads `{text}`{hint}"


def _bad_word(step: Sentence, text: str, language: str) -> str | None:
    """What is wrong where the line is that sentence but for one word or remark, None where it is not."""
    match = pattern(step, language).fullmatch(text)
    if match is not None:
        bad = [part for part in split_details(match.group("details")) if read_detail(part, language) is None]
        return "; ".join(_bad_detail(part, language) for part in bad)
    for slot in SLOT.findall(step.templates[language]):
        match = None if slot == "details" else pattern(step, language, slot).fullmatch(text)
        if match is not None:
            found = match.group(slot)
            return f"`{found}` is no {kind_of(slot)}; expected {accepted_words(kind_of(slot), language, found)}"
    return None


def _bad_detail(part: str, language: str) -> str:
    templates = [detail.templates[language] for detail in catalogue().sentences["detail"].values()]
    return f"`{part}` is no remark; expected one of {_listed(templates)}"


def accepted_words(kind: str, language: str, found: str = "") -> str:
    """What a slot takes, the nearest word to `found` first."""
    if kind not in catalogue().words:
        return _EXAMPLES.get(kind, kind)
    words = [word[language] for word in catalogue().words[kind].values()]
    near = get_close_matches(found, words, n=1, cutoff=0.3)
    return f"one of {_listed(sorted(words, key=lambda word: word not in near))}"


def _closest(text: str, language: str) -> str | None:
    templates = [step.templates[language].replace("{details}", "") for step in catalogue().steps()]
    found = get_close_matches(text, templates, n=1, cutoff=0.3)
    return found[0] if found else None


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def unsuitable(kind: str, cell: str, language: str) -> str | None:
    """Why a cell of an Examples table does not fit the slot that it fills, None where it does."""
    if kind == "detail":
        return None if read_detail(cell, language) is not None else _bad_detail(cell, language)
    if re2.fullmatch(slot_pattern(kind, language), cell):
        return None
    return f"`{cell}` is no {kind}; expected {accepted_words(kind, language, cell)}"
