"""In which language is a text written?"""

_KANJI_OF_JAPANESE = (
    "発送",
    "返品",
    "返金",
    "注文",
    "商品代",
    "購入",
    "在庫",
    "申請",
    "対応",
    "払戻",
    "予約",
    "営業日",
    "届",
)
_CHINESE_ONLY = frozenset("的了您你们們请請这這吗嗎吧货貨发發单單")
_HAN = ("\u3400", "\u9fff")
_KANA = ("\u3041", "\u30ff")


def language_of(plain: str) -> str | None:
    """`ja`, `zh` or `en`; None where nothing decides, as in numbers, emoji, or other scripts.

    `plain` is comparable text. Kana beside a mainly Chinese text, or a Latin word, do not change the language.
    """
    kana = 0 if plain.isascii() else sum(_KANA[0] <= c <= _KANA[1] for c in plain)
    han = 0 if plain.isascii() else sum(_HAN[0] <= c <= _HAN[1] for c in plain)
    words = sum(word.isascii() and word.isalpha() for word in plain.split())
    if kana + han < words:
        return "en"
    if kana and kana * 4 >= han:
        return "ja"
    if han:
        return "ja" if not kana and _looks_japanese(plain) else "zh"
    return "en" if any("a" <= c <= "z" for c in plain) else None


def _looks_japanese(plain: str) -> bool:
    """Whether kanji alone are Japanese: words that only Japanese writes so, and nothing only Chinese."""
    return any(word in plain for word in _KANJI_OF_JAPANESE) and _CHINESE_ONLY.isdisjoint(plain)
