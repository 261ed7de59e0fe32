"""How is a claim that is not true told, in the language of its feature?"""

_WORDS = {
    "zh": ("应为", "实际"),
    "ja": ("期待", "実際"),
    "en": ("expected", "found"),
}


def told(claim_text: str, found: str, language: str) -> str:
    """The claim and what is true instead, one a line."""
    expected, actual = _WORDS[language]
    return f"{expected}: {claim_text}\n{actual}: {found}"
