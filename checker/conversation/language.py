"""In which language is a text written?"""

import re2

_KANA = re2.compile(r"[\p{Hiragana}\p{Katakana}]")
_HAN = re2.compile(r"\p{Han}")
_LATIN = re2.compile(r"[a-z]+")
_KANJI_ONLY_JAPANESE = re2.compile(r"発送|返品|返金|注文|商品代|購入|在庫|申請|対応|確認済|様$|円$|払戻|予約|営業日|届")
_FEW = 2


def language_of(plain: str) -> str | None:
    """`ja`, `zh` or `en`; None where nothing decides, as in numbers, emoji, or other scripts.

    `plain` is comparable text. Kana beside a mainly Chinese text, or a Latin word, do not change the language.
    """
    kana, han = len(_KANA.findall(plain)), len(_HAN.findall(plain))
    words = len(_LATIN.findall(plain))
    if kana + han < words:
        return "en" if words >= _FEW or not kana + han else None
    if kana and kana * 4 >= han:
        return "ja"
    if han:
        return "ja" if not kana and _KANJI_ONLY_JAPANESE.search(plain) and _no_chinese(plain) else "zh"
    return None


def _no_chinese(plain: str) -> bool:
    return not re2.search(r"[的了您你们們请請这這吗嗎吧货貨发發单單]", plain)
