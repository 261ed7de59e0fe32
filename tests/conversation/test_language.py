"""Is the language of a text told by its script?"""

import pytest

from checker.conversation.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("いつ届きますか", "ja"),
        ("在庫がないのでcancelお願いします", "ja"),
        ("注文確認済", "ja"),
        ("没货了,请取消", "zh"),
        ("訂單請您取消", "zh"),
        ("亲please取消", "zh"),
        ("please cancel the order", "en"),
        ("please 取消 your order", "en"),
        ("ok", "en"),
        ("12345", None),
        ("😀", None),
        ("", None),
        ("привет", None),
    ],
)
def test_script_decides_the_language(text: str, language: str | None) -> None:
    """Kana make a text Japanese, other Han characters Chinese, mostly Latin words English; the rest stays open."""
    assert language_of(text) == language
