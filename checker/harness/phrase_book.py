"""Which sentences may a feature say, and which words?"""

from checker.harness.catalogue import LANGUAGES, catalogue
from checker.harness.sentence import SLOT

_HEADINGS = {
    "zh": ("布景与事件", "结论", "括号里的细节", "词语"),
    "ja": ("場面と事象", "判定", "括弧内の詳細", "語"),
    "en": ("What happens", "What is found", "Remarks in brackets", "Words"),
}


def phrase_book(language: str) -> str:
    """All sentences and words of a language, as text to read and copy from."""
    assert language in LANGUAGES, language  # noqa: S101 - click lets no other through
    headings = iter(_HEADINGS[language])
    parts = [_sentences(next(headings), role, language) for role in ("world", "check", "detail")]
    return "\n".join((*parts, _words(next(headings), language)))


def _sentences(heading: str, role: str, language: str) -> str:
    lines = [f"  {sentence.templates[language]}" for sentence in catalogue().sentences[role].values()]
    return "\n".join((heading, *lines, ""))


def _words(heading: str, language: str) -> str:
    lines = [f"  {{{kind}}}  {_listed(kind, language)}" for kind in (*catalogue().words, *_EXAMPLES)]
    return "\n".join((heading, *lines, ""))


_EXAMPLES = {
    "at": "2025-12-01 10:00 · 2025-12-01 10:00:01 · 2025-12-01 24:00",
    "quantity": "48 {hours}",
    "rule": "seller_answers_cancel_request",
    "policy": "tiktok_shop.jp.order_cancellation@2025-10-28",
    "text": '"..."',
}


def _listed(kind: str, language: str) -> str:
    if kind == "quantity":
        return f"48{' ' if language == 'en' else ''}{catalogue().word('unit', 'hours', language)}"
    if kind in _EXAMPLES:
        return _EXAMPLES[kind]
    return " · ".join(word[language] for word in catalogue().words[kind].values())


def snippets(language: str) -> dict[str, dict[str, object]]:
    """The sentences as editor snippets, in the form that VS Code and its kin read."""
    return {
        sentence.templates[language]: {
            "prefix": sentence.id,
            "body": [_with_stops(sentence.templates[language], language)],
            "scope": "feature,gherkin,cucumber",
        }
        for sentence in catalogue().steps()
    }


def _with_stops(template: str, language: str) -> str:
    """The sentence with a tab stop per slot, words to choose from where there are some."""
    text = template.replace("{details}", "")
    for number, slot in enumerate(SLOT.findall(text), start=1):
        words = catalogue().words.get(slot)
        stop = f"|{','.join(word[language] for word in words.values())}|" if words else f":{slot}"
        text = text.replace(f"{{{slot}}}", f"${{{number}{stop}}}", 1)
    return text
