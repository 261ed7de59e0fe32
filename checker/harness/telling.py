"""How is a claim that is not true told, in the reader's language?"""

from checker.harness.sentence import Said, write_sentence

_WORDS = {
    "zh": ("应为", "实际"),
    "ja": ("期待", "実際"),
    "en": ("expected", "found"),
}


def told(claim: Said, found: Said, language: str) -> str:
    """The claim and what is true instead, one a line."""
    expected, actual = _WORDS[language]
    return f"{expected}: {write_sentence(claim, language)}\n{actual}: {write_sentence(found, language)}"
